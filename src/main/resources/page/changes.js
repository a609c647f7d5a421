// What changed between two versions, cell by cell.

import { h } from "./dom.js";
import { count, fromCode } from "./words.js";

const MOST_CHANGES = 200;

/** A row that came, went or moved is one change; of one that was edited, each cell is. */
export function cellByCell(change) {
  if (change.cells?.length) return change.cells.map((each) => ({ ...each, row: change.row ?? "" }));
  return { ...change, at: change.at ?? change.before ?? change.file, row: change.row ?? "", column: fromCode(change.kind ?? "changed"), before: change.kind === "moved" ? change.before : null, after: change.kind === "moved" ? change.at : null };
}

/** @param all changes of single cells and lines */
export function changesTable(all) {
  if (!all.length) return null;
  return [
    h(
      "div",
      { class: "scroll" },
      h(
        "table",
        { "aria-label": "Changes" },
        h("thead", {}, h("tr", {}, ["Where", "Row", "Column", "Before", "After"].map((each) => h("th", { scope: "col" }, each)))),
        h("tbody", {}, all.slice(0, MOST_CHANGES).map((each) => h("tr", {}, h("td", {}, h("code", {}, each.at)), h("td", {}, each.row), h("td", {}, each.column ?? ""), h("td", {}, each.before ?? "–"), h("td", {}, each.after ?? "–")))),
      ),
    ),
    all.length > MOST_CHANGES && h("p", { class: "quiet" }, `${count(all.length - MOST_CHANGES)} more.`),
  ];
}
