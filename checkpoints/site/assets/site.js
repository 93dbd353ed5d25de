/* Sorting and filtering. Every page says all it has to say without this file. */
"use strict";

(function () {
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

  /* The filters of the overview: rows of the grid by agency, what stands in them and the findings
     below by year, severity and rule. What is named by data-s and data-r is looked for there. */
  function filters(form) {
    const rows = Array.from(document.querySelectorAll("table.grid tbody tr"));
    const kept = rows.map(row => ({
      row: row,
      name: row.cells[0].textContent.toLowerCase(),
      entries: Array.from(row.querySelectorAll(".entry"), entry =>
        ({ element: entry, year: String(entry.parentElement.cellIndex - 3) })),
    }));
    const articles = Array.from(document.querySelectorAll("article[data-row]"));
    const chosen = form.elements.namedItem("agency");
    kept.forEach(function (each, index) {
      const option = document.createElement("option");
      option.value = index;
      option.textContent = each.row.cells[0].firstElementChild
        ? each.row.cells[0].firstElementChild.textContent : each.row.cells[0].textContent.trim();
      chosen.append(option);
    });

    function has(element, name, wanted) {
      return !wanted || (element.dataset[name] || "").split(" ").includes(wanted);
    }

    function apply() {
      const wanted = Object.fromEntries(new FormData(form));
      const words = wanted.q.trim().toLowerCase();
      const picks = Boolean(wanted.year || wanted.severity || wanted.rule);
      let count = 0;
      const named = kept.map(function (each, index) {
        const isNamed = (!words || each.name.includes(words))
          && (!wanted.agency || wanted.agency === String(index));
        let some = false;
        for (const entry of each.entries) {
          const fits = (!wanted.year || wanted.year === entry.year)
            && has(entry.element, "s", wanted.severity) && has(entry.element, "r", wanted.rule);
          entry.element.classList.toggle("off", picks && !fits);
          some = some || fits;
        }
        each.row.hidden = !isNamed || (picks && !some);
        count += each.row.hidden ? 0 : 1;
        return isNamed;
      });
      for (const article of articles) {
        let some = false;
        for (const item of article.querySelectorAll("li[data-s]")) {
          item.hidden = !has(item, "s", wanted.severity) || !has(item, "r", wanted.rule);
          some = some || !item.hidden;
        }
        article.hidden = !named[article.dataset.row]
          || (wanted.year && wanted.year !== article.dataset.year)
          || ((wanted.severity || wanted.rule) && !some);
      }
      form.querySelector("output").textContent = count + " / " + kept.length;
    }

    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    apply();
  }

  /* What a link leads to is open, and everything is on paper. */
  function openTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const each of target ? target.querySelectorAll("details") : []) each.open = true;
  }

  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", function () {
    for (const each of document.querySelectorAll("details")) each.open = true;
  });

  document.addEventListener("DOMContentLoaded", function () {
    openTarget();
    document.querySelectorAll("table.sortable").forEach(sortable);
    document.querySelectorAll("form[data-filters]").forEach(filters);
  });
})();
