// A sheet of the policy as a grid of fields, with rows that come and go.

import { h } from "./dom.js";
import { refOf } from "./sheets.js";

const LONG = /because/i;
const [WIDER_FROM, WRAPS_FROM] = [9, 15]; // characters: a name that is cut names nothing

/**
 * @param edited is told that something has changed, and where to go on when rows have come or gone
 * @param at the cell to begin with
 */
export function grid(draft, name, { mayEdit, edited, at }) {
  const sheet = draft.sheet(name);
  const heads = [];
  for (let column = 1; column <= sheet.columns; column++) heads.push(sheet.get(refOf(column, 1)));
  const rows = [];
  for (let row = 2; row <= sheet.rows; row++) rows.push(row);
  const longest = heads.map((head, at) => Math.max(0, ...rows.map((row) => sheet.get(refOf(at + 1, row)).length)));
  let current = Number(at?.replace(/^[A-Z]+/, "") ?? 2);

  const table = h(
    "table",
    { class: "grid-table", "aria-label": name, onfocusin: (event) => choose(Number(event.target.dataset.ref?.replace(/^[A-Z]+/, "")) || current) },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("span", { class: "unseen" }, "Row")), heads.map((each) => h("th", { scope: "col" }, each)))),
    h("tbody", {}, rows.map((row) => h("tr", { "data-row": row }, h("th", { scope: "row", class: "row-number" }, row), heads.map((head, at) => h("td", {}, field(head, refOf(at + 1, row), row, longest[at])))))),
  );
  const which = h("span", { class: "quiet" });
  const tools =
    mayEdit && draft.hasRows(name)
      ? h(
          "p",
          { class: "buttons row-tools" },
          which,
          h("button", { type: "button", onclick: () => insert(current) }, "Row above"),
          h("button", { type: "button", onclick: () => insert(current + 1) }, "Row below"),
          h("button", { type: "button", disabled: rows.length < 2, onclick: remove }, "Delete row"),
        )
      : null;
  choose(current);

  function choose(row) {
    current = row;
    which.textContent = `Row ${row}`;
    for (const each of table.tBodies[0].rows) each.classList.toggle("current", tools !== null && Number(each.dataset.row) === row);
  }

  function insert(row) {
    draft.insert(name, row);
    edited(refOf(1, row));
  }

  function remove() {
    draft.remove(name, current);
    edited(refOf(1, Math.min(current, sheet.rows)));
  }

  function field(head, ref, row, characters) {
    const wide = LONG.test(head);
    const long = wide || characters > WRAPS_FROM;
    const input = h(long ? "textarea" : "input", {
      "aria-label": `${head}, row ${row}`,
      "data-ref": ref,
      value: sheet.get(ref),
      class: wide ? null : long ? "narrow" : characters > WIDER_FROM ? "short" : null,
      rows: long ? Math.ceil(sheet.get(ref).length / (wide ? 52 : 24)) || 1 : null,
      type: long ? null : "text",
      readonly: !mayEdit || sheet.isFormula(ref),
      spellcheck: long ? null : "false",
      oninput: () => {
        draft.write(name, ref, wide ? input.value : input.value.replaceAll(/\s*\n\s*/g, " "));
        for (const each of table.querySelectorAll("[readonly]")) each.value = sheet.get(each.dataset.ref);
        edited();
      },
      onkeydown: (event) => {
        const way = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
        if (!way) return;
        event.preventDefault();
        const { cellIndex, parentElement } = input.parentElement;
        (way > 0 ? parentElement.nextElementSibling : parentElement.previousElementSibling)?.cells[cellIndex]?.querySelector("input, textarea")?.focus();
      },
    });
    return input;
  }

  /** Shows which cells are edited and which are wrong. */
  function mark(problems) {
    const wrong = new Map(problems.filter((each) => each.sheet === name).map((each) => [each.ref, each.message]));
    for (const input of table.querySelectorAll("[data-ref]")) {
      const { ref } = input.dataset;
      input.parentElement.className = wrong.has(ref) ? "wrong" : draft.isEdited && draft.isChanged(name, ref) ? "changed" : "";
      input.setAttribute("aria-invalid", String(wrong.has(ref)));
      input.title = wrong.get(ref) ?? "";
    }
  }

  function focus(ref) {
    const input = table.querySelector(`[data-ref="${ref}"]`);
    input?.scrollIntoView({ block: "nearest" });
    input?.focus();
  }

  return { element: h("div", {}, tools, h("div", { class: "grid-scroll", tabindex: "0", role: "region", "aria-label": "Cells" }, table)), mark, focus };
}
