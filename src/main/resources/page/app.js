// Starts the page: who is here, the views, which one is open, and what is in force.

import { askAccess, forgetKey, forgetKnowledge, getJson, may } from "./api.js";
import { byId, fill, h } from "./dom.js";
import * as decide from "./decide.js";
import { inForce, notice } from "./notices.js";
import { loadFields } from "./request.js";
import { shortVersion } from "./words.js";

const LOOK_AGAIN = 20_000; // ms
const VIEWS = ["decide", "workbook", "policy", "decisions", "versions"];
const NEEDS = { decide: "decide", workbook: "decide", policy: "read", decisions: "read", versions: "read" };
const loaded = new Map(); // other views are fetched when they are first opened

const tabOf = (name) => byId(`tab-${name}`);
const allowed = () => VIEWS.filter((name) => may(NEEDS[name]));

async function open(name) {
  for (const each of VIEWS) {
    const chosen = each === name;
    tabOf(each).setAttribute("aria-selected", String(chosen));
    tabOf(each).tabIndex = chosen ? 0 : -1;
    byId(`view-${each}`).hidden = !chosen;
  }
  if (name === "decide") return decide.opened();
  const place = byId(`view-${name}`);
  try {
    if (!loaded.has(name)) {
      fill(place, h("p", { class: "waiting" }, "Opening …"));
      loaded.set(name, await import(`/page/${name}.js`));
    }
    await loaded.get(name).show(place, { takeRequest, currentRequest: decide.currentRequest, versionChanged: look, go });
  } catch (failure) {
    fill(place, h("p", { class: "notice", role: "alert" }, h("span", {}, failure.message), h("button", { type: "button", onclick: () => open(name) }, "Try again")));
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
  words.delete("cell");
  if (name === "decide") words.delete("tab");
  else words.set("tab", name);
  history.replaceState(null, "", `#${words.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`);
  open(name);
}

const named = () => {
  const tab = new URLSearchParams(location.hash.slice(1)).get("tab") ?? "decide";
  return allowed().includes(tab) ? tab : allowed()[0];
};

for (const name of VIEWS) {
  const tab = tabOf(name);
  tab.addEventListener("click", () => go(name));
  tab.addEventListener("keydown", (event) => {
    const all = allowed();
    const at = all.indexOf(name);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabOf(all[(to + all.length) % all.length]);
    next.focus();
    next.click();
  });
}

let version = null;
async function look() {
  try {
    const ready = await getJson("/health/ready", { headers: { "Cache-Control": "no-cache" } });
    const now = ready.versions.workspace;
    if (version && now !== version) forgetKnowledge();
    version = now;
    notice("connection", null);
    notice("broken", ready.notInForce && `An edit in the folder is not in force: ${ready.notInForce.advice ?? ""}`);
    notice("ledger", ready.ledger && "Answers cannot be kept at present: they are right, but are missing among the decisions until the service can write again.");
    fill(byId("in-force"), h("span", { title: now }, `Version ${shortVersion(now)}`));
    inForce(now, decide.decideAgain);
  } catch (failure) {
    notice("connection", failure.message, { words: "Try again", action: look });
  }
}

function showWho({ name }) {
  const button = byId("who");
  button.hidden = !name;
  button.textContent = name ?? "";
  button.title = "Use another key";
  button.setAttribute("aria-label", `${name}: use another key`);
  button.addEventListener("click", () => (forgetKey(), location.reload()));
  for (const each of VIEWS) tabOf(each).hidden = !may(NEEDS[each]);
}

try {
  const [access] = await Promise.all([askAccess(), loadFields()]);
  showWho(access);
  if (!allowed().length) throw new Error(`The key of ${access.name} opens none of these views; it needs the role decide or read.`);
  addEventListener("hashchange", () => open(named()));
  open(named());
  if (may("decide")) decide.start();
  look();
  setInterval(() => document.visibilityState === "visible" && look(), LOOK_AGAIN);
} catch (failure) {
  fill(byId("recommendation-body"), h("p", { class: "quiet" }, "Nothing can be decided now."));
  notice("connection", failure.message, { words: "Load again", action: () => location.reload() });
}
