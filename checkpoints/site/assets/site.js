/* The language switch, sorting and filtering. Every page says all it has to say without this file. */
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

  /* Tables with class "sortable": every th that has data-sort gets a button. A cell sorts by its
     data-value where it has one, else by its text; data-sort="number" begins with the largest. */
  function value(row, index) {
    const cell = row.cells[index];
    return cell ? (cell.dataset.value ?? cell.textContent.trim()) : "";
  }

  function sortable(table) {
    const compare = new Intl.Collator("zh-CN", { numeric: true }).compare;
    for (const head of table.querySelectorAll("th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", function () {
        const falling = head.dataset.sort === "number";
        const was = head.getAttribute("aria-sort");
        const order = was ? (was === "ascending" ? "descending" : "ascending")
          : (falling ? "descending" : "ascending");
        for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const index = head.cellIndex;
        for (const body of table.tBodies) {
          const rows = Array.from(body.rows).map(row => [value(row, index), row]);
          rows.sort((a, b) => sign * (falling ? Number(a[0]) - Number(b[0]) : compare(a[0], b[0])));
          body.append(...rows.map(pair => pair[1]));
        }
      });
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    inform(root.dataset.lang);
    languageSwitch();
    document.querySelectorAll("table.sortable").forEach(sortable);
  });
})();
