// What has to be known wherever one looks: a lost connection, a newer version, a request that is not understood.

import { byId, fill, h } from "./dom.js";

const all = new Map();

/** Shows a notice under a name, or with no text takes it away. */
export function notice(name, text, button = null) {
  if (text) all.set(name, { text, button });
  else all.delete(name);
  fill(
    byId("notices"),
    [...all].map(([each, { text: words, button: offered }]) =>
      h("p", { class: "notice", role: "alert" }, h("span", {}, words), offered && h("button", { type: "button", onclick: offered.action }, offered.words), h("button", { type: "button", class: "plain-button", "aria-label": "Dismiss", onclick: () => notice(each, null) }, "×")),
    ),
  );
}

let decidedWith = null;

export function seenVersion(id) {
  decidedWith = id;
  notice("version", null);
}

/** @param id of the version in force now */
export function inForce(id, again) {
  if (decidedWith && id !== decidedWith) notice("version", "A newer version of the rules or the catalogue is in force than the one that decided this.", { words: "Decide again", action: again });
}
