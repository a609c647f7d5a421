// A text field that offers what is known while one types. What is typed is kept as it is: the service judges it.

import { h, fill, newId } from "./dom.js";

const MOST = 12;
const plain = (text) => text.toLowerCase().replaceAll(/[\s._-]/g, "");

/** Entries whose name or id has every typed word, those that begin with it first. */
export function matching(entries, typed) {
  const words = typed.toLowerCase().split(/\s+/).map(plain).filter(Boolean);
  const found = [];
  for (const entry of entries) {
    const text = plain([entry.id, entry.name, ...(entry.aliases ?? [])].join(" "));
    if (words.every((word) => text.includes(word))) found.push(entry);
  }
  const first = words[0] ?? "";
  const rank = (entry) => (plain(entry.name).startsWith(first) || plain(entry.id).startsWith(first) ? 0 : 1);
  return found.sort((one, other) => rank(one) - rank(other));
}

/**
 * @param entries gives a promise of [{id, name, aliases, note}]
 * @param chosen is told an id, or what was typed once it is a name or the field is left
 */
export function suggestField({ id, value = "", placeholder, describedBy, entries, chosen, clearAfter = false }) {
  const listId = newId("suggestions");
  const list = h("ul", { id: listId, role: "listbox", class: "suggestions", hidden: true, "aria-label": "Suggestions" });
  let shown = [];
  let active = -1;
  const input = h("input", {
    id,
    type: "text",
    value,
    placeholder,
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-describedby": describedBy,
    oninput: typed,
    onkeydown: keys,
    onblur: () => {
      setTimeout(close, 120);
      if (!clearAfter) chosen(input.value.trim());
    },
  });

  /** Half a name is not complained of while its whole is offered. */
  async function typed() {
    const known = await open();
    const text = input.value.trim();
    const named = (entry) => [entry.id, entry.name, ...(entry.aliases ?? [])].some((each) => plain(each) === plain(text));
    if (!clearAfter && (!known || text === "" || !shown.length || known.some(named))) chosen(text);
  }

  async function open() {
    let known;
    try {
      known = await entries();
    } catch {
      return null; // the service says elsewhere that it does not answer
    }
    shown = matching(known, input.value).slice(0, MOST);
    if (document.activeElement !== input) return known;
    active = -1;
    fill(
      list,
      shown.map((entry, at) =>
        h(
          "li",
          { role: "option", id: `${listId}-${at}`, "aria-selected": "false", onpointerdown: (event) => (event.preventDefault(), take(entry)) },
          h("span", { class: "name" }, entry.name),
          h("span", { class: "note" }, entry.note ?? entry.id),
        ),
      ),
      shown.length === 0 && h("li", { class: "nothing" }, "Not in the catalogue. Import it: ", h("code", {}, "import-model FILE")),
    );
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    return known;
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function take(entry) {
    input.value = clearAfter ? "" : entry.id;
    close();
    chosen(entry.id);
  }

  function move(to) {
    if (!shown.length) return;
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (to + shown.length) % shown.length;
    const option = list.children[active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function keys(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      if (list.hidden) open();
      else move(active + 1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      move(active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && !list.hidden && shown.length && (active >= 0 || clearAfter)) {
      event.preventDefault();
      take(shown[Math.max(0, active)]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  }

  return { element: h("div", { class: "suggest" }, input, list), input };
}
