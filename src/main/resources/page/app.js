// Starts the page: the views, which one is open, and what is in force.

import { forgetKnowledge, getJson } from "./api.js";
import { byId, fill, h } from "./dom.js";
import * as decide from "./decide.js";
import { inForce, notice } from "./notices.js";
import { loadFields } from "./request.js";
import { shortVersion } from "./words.js";

const LOOK_AGAIN = 20_000; // ms
const VIEWS = ["decide", "workbook", "policy", "decisions", "versions"];
const loaded = new Map(); // other views are fetched when they are first opened

const tabs = VIEWS.map((name) => byId(`tab-${name}`));

async function open(name, focus = false) {
  for (const [at, each] of VIEWS.entries()) {
    const chosen = each === name;
    tabs[at].setAttribute("aria-selected", String(chosen));
    tabs[at].tabIndex = chosen ? 0 : -1;
    byId(`view-${each}`).hidden = !chosen;
    if (chosen && focus) tabs[at].focus();
  }
  if (name === "decide") return decide.opened();
  const place = byId(`view-${name}`);
  try {
    if (!loaded.has(name)) {
      fill(place, h("p", { class: "waiting" }, "Opening …"));
      loaded.set(name, await import(`/page/${name}.js`));
    }
    await loaded.get(name).show(place, { takeRequest, currentRequest: decide.currentRequest });
  } catch (failure) {
    fill(place, h("p", { class: "notice", role: "alert" }, failure.message));
  }
}

function takeRequest(json) {
  go("decide");
  decide.takeRequest(json);
}

/** The open view stands in the address, so that a link leads to it. */
function go(name) {
  const words = new URLSearchParams(location.hash.slice(1));
  words.delete("decision");
  if (name === "decide") words.delete("tab");
  else words.set("tab", name);
  history.replaceState(null, "", `#${words.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`);
  open(name);
}

const named = () => {
  const tab = new URLSearchParams(location.hash.slice(1)).get("tab");
  return VIEWS.includes(tab) ? tab : "decide";
};

for (const [at, tab] of tabs.entries()) {
  tab.addEventListener("click", () => go(VIEWS[at]));
  tab.addEventListener("keydown", (event) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
}
addEventListener("hashchange", () => open(named()));

let version = null;
async function look() {
  try {
    const status = await getJson("/status");
    const now = status.versions?.workspace;
    if (version && now !== version) forgetKnowledge();
    version = now;
    notice("connection", null);
    notice("broken", status.notInForce && `An edit in the folder is not in force: ${status.notInForce.advice ?? ""}`);
    fill(byId("in-force"), h("span", { title: now }, `Version ${shortVersion(now)}`));
    inForce(now, decide.decideAgain);
  } catch (failure) {
    notice("connection", failure.message);
  }
}

try {
  await loadFields();
  open(named());
  decide.start();
  look();
  setInterval(() => document.visibilityState === "visible" && look(), LOOK_AGAIN);
} catch (failure) {
  notice("connection", failure.message, { words: "Load again", action: () => location.reload() });
}
