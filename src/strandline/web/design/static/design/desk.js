// What a script adds to pages that work without it.
import { initAll } from "./govuk-frontend/govuk-frontend.min.js";

initAll();
enhance(document);
document.body.classList.add("desk-ready");
document.body.addEventListener("htmx:afterSwap", (event) => {
  initAll({ scope: event.target });
  enhance(event.target);
});

function enhance(root) {
  root.querySelectorAll(".desk-table").forEach(watchRegion);
  root.querySelectorAll("table[data-sorts]").forEach(sortInPage);
  root.querySelectorAll("[data-prints]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  root.querySelectorAll("[data-submits]").forEach((control) => {
    control.addEventListener("change", () => control.form.requestSubmit());
  });
  root.querySelectorAll("form[method=post]").forEach(submitOnce);
}

// A frame that does not scroll is no stop for the Tab key.
function watchRegion(region) {
  if (!region.hasAttribute("tabindex")) return;
  const settle = () => {
    const scrolls = region.scrollWidth > region.clientWidth + 1 || region.scrollHeight > region.clientHeight + 1;
    const framed = scrolls && getComputedStyle(region).overflowX !== "visible";
    region.classList.toggle("desk-table--scrolls", framed);
    if (framed) region.setAttribute("tabindex", "0");
    else region.removeAttribute("tabindex");
  };
  new ResizeObserver(settle).observe(region);
  settle();
}

// Headings become buttons that order the rows shown; what is missing stays last either way.
function sortInPage(table) {
  const said = document.createElement("p");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  table.closest(".desk-table").after(said);
  table.querySelectorAll("th[data-sortable]").forEach((heading) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk-sort";
    button.append(...heading.childNodes);
    heading.append(button);
    heading.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("th[aria-sort]").forEach((other) => other.setAttribute("aria-sort", "none"));
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      order(table, heading.cellIndex, descending);
      said.textContent = `Sorted by ${button.textContent.trim()}, ${descending ? "descending" : "ascending"}`;
    });
  });
}

function order(table, column, descending) {
  const words = new Intl.Collator("en-GB", { numeric: true });
  const value = (row) => {
    const cell = row.cells[column];
    if (cell.querySelector(".desk-missing, .desk-mark--unknown")) return null;
    const given = cell.dataset.sortValue ?? cell.textContent.trim();
    return given !== "" && !Number.isNaN(Number(given)) ? Number(given) : given;
  };
  const rows = [...table.tBodies[0].rows].map((row) => [value(row), row]);
  rows.sort(([first], [second]) => {
    if (first === null || second === null) return (first === null) - (second === null);
    const both = typeof first === "number" && typeof second === "number";
    const compared = both ? first - second : words.compare(String(first), String(second));
    return descending ? -compared : compared;
  });
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

// A second press of a button sends nothing twice. The form's own key guards it on the server as well.
function submitOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}

// Paper shows what is folded away.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  unfolded.forEach((one) => (one.open = true));
});
window.addEventListener("afterprint", () => unfolded.forEach((one) => (one.open = false)));
