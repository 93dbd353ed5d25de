/* The language switch. Without this file a page shows the language it was written in. */
"use strict";

(function () {
  const root = document.documentElement;

  function remembered() {
    try { return localStorage.getItem("gouji-language"); } catch (error) { return null; }
  }

  function remember(language) {
    try { localStorage.setItem("gouji-language", language); } catch (error) { /* not allowed here */ }
  }

  function inform(language) {
    root.dataset.lang = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
    for (const element of document.querySelectorAll("[data-zh][data-en]")) {
      const text = element.dataset[language];
      if (element.dataset.of) element.setAttribute(element.dataset.of, text);
      else element.textContent = text;
    }
  }

  /* Before anything is drawn: what the reader chose, else what the browser asks for. */
  const known = ["zh", "en"];
  let first = remembered();
  if (!known.includes(first)) {
    const asked = (navigator.language || "").slice(0, 2).toLowerCase();
    first = known.includes(asked) ? asked : root.dataset.lang;
  }
  root.dataset.lang = first;

  function languageSwitch() {
    for (const button of document.querySelectorAll("button.language")) {
      button.hidden = false;
      button.addEventListener("click", function () {
        const next = root.dataset.lang === "zh" ? "en" : "zh";
        remember(next);
        inform(next);
      });
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    inform(root.dataset.lang);
    languageSwitch();
  });
})();
