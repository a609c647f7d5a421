// Elements without templates: what is shown is text, never markup, so an answer cannot bring a script with it.

const SVG = "http://www.w3.org/2000/svg";
const AS_PROPERTY = new Set(["value", "checked", "disabled", "hidden", "selected", "open", "indeterminate"]);

/** h("p", {class: "note"}, "text", child): null, undefined and false children are left out. */
export function h(tag, props, ...children) {
  return filled(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function s(tag, props, ...children) {
  return filled(document.createElementNS(SVG, tag), props, children);
}

function filled(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (AS_PROPERTY.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Puts these children in the place of those that were there. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

let ids = 0;
/** An id that no other element has. */
export function newId(stem) {
  return `${stem}-${++ids}`;
}

/** Calls once nobody has asked again for so long; `now` does not wait, `stop` forgets it. */
export function whenQuiet(milliseconds, action) {
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
  wait.stop = () => clearTimeout(timer);
  return wait;
}

/** Tells somebody who cannot see that something has happened. */
export function announce(text) {
  const place = byId("announcements");
  if (place.textContent !== text) place.textContent = text;
}

/** A file that the browser saves. */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Copies a text and says so on the button that was pressed. */
export async function copy(text, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed to copy";
  }
  announce(button.textContent);
  setTimeout(() => (button.textContent = before), 1800);
}
