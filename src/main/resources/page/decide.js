// The view "Decide": while one types, the ranking is asked for at once and the advice a moment later; both stop when one types on.

import { Problem, advise, isAbort, knowledge, rank } from "./api.js";
import { announce, byId, copy, fill, h, whenQuiet } from "./dom.js";
import * as answers from "./answer.js";
import * as figures from "./figures.js";
import * as form from "./form.js";
import { keyOf, onSelect, showRanking, showWhyNot } from "./ranking.js";
import * as request from "./request.js";
import { notice, seenVersion } from "./notices.js";
import { count, choice, sentence } from "./words.js";

const LIMIT = 30;
const BEFORE_RANKING = 40; // ms without a key
const BEFORE_FIGURES = 350;
const BEFORE_ADVICE = 900; // it costs the service a hundred times as much

let running = null;
let answer = null;
let known = null;
let chosen = null;
let waiting = false;

const soon = whenQuiet(BEFORE_RANKING, decide);
const figuresSoon = whenQuiet(BEFORE_FIGURES, () => answer && figures.showThroughput(answer, current()));
const adviseSoon = whenQuiet(BEFORE_ADVICE, adviseNow);

export function start() {
  request.onChange(changed);
  onSelect((key) => {
    chosen = key;
    figuresSoon();
  });
  byId("form").addEventListener("submit", (event) => event.preventDefault());
  byId("copy-link").addEventListener("click", (event) => copy(location.href, event.target));
  byId("copy-json").addEventListener("click", (event) => copy(JSON.stringify(request.toJson(), null, 2), event.target));
  byId("print").addEventListener("click", () => print());
  byId("start-again").addEventListener("click", () => {
    request.fromWords("type=internal-tool");
    changed();
  });
  addEventListener("hashchange", takeAddress);
  addEventListener("beforeprint", () => document.querySelectorAll("#view-decide details.numbers").forEach((each) => (each.open = true)));
  takeAddress();
  knowledge().then(
    (all) => {
      known = all;
      if (answer) showRanking(answer, known);
    },
    () => {},
  );
}

function takeAddress() {
  if (location.hash.slice(1) === address() && request.isSaid("workload.type")) return;
  const strange = request.fromWords(location.hash);
  if (!request.isSaid("workload.type")) request.setAll({ "workload.type": "production" });
  notice("address", strange.length > 0 && `The address says ${strange.join(", ")}, which means nothing here and was left out.`);
  changed();
}

/** The words of other views stay: the tab, and which decision is open. */
function address() {
  const words = new URLSearchParams(location.hash.slice(1));
  const others = ["tab", "decision"].filter((name) => words.get(name) && words.get(name) !== "decide");
  return request.toWords() + others.map((name) => `&${name}=${words.get(name)}`).join("");
}

/** @param from "step" for what the browser's Back undoes; typing is none */
function changed(from) {
  form.show();
  if (from === "step") history.pushState(null, "", `#${address()}`);
  else history.replaceState(null, "", `#${address()}`);
  adviseSoon.stop();
  running?.abort();
  if (byId("view-decide").hidden) waiting = true; // nobody looks, and the service has other work
  else soon();
}

/** The view is looked at. */
export function opened() {
  if (waiting) soon();
  waiting = false;
}

/** Loads a request that a decision kept. */
export function takeRequest(json) {
  request.fromJson(json);
  changed();
}

export const currentRequest = () => request.toJson();
export const decideAgain = () => changed();

async function decide() {
  running?.abort();
  running = new AbortController();
  byId("view-decide").setAttribute("aria-busy", "true");
  try {
    show(await rank(request.toJson({ explain: "summary", limit: LIMIT }), running.signal), false);
    figuresSoon();
    adviseSoon();
  } catch (failure) {
    fail(failure);
  }
}

async function adviseNow() {
  const { signal } = running;
  try {
    show(await advise(request.toJson({ explain: "summary", limit: LIMIT }), signal), true);
  } catch (failure) {
    fail(failure);
  }
}

const current = () => (chosen && answer ? [...answer.recommendations, ...answer.rejected].find((each) => keyOf(each) === chosen) : undefined);

function show(next, advised) {
  answer = next;
  byId("answer").classList.remove("unanswered");
  byId("view-decide").removeAttribute("aria-busy");
  notice("decide", null);
  seenVersion(answer.versions.workspace);
  form.complain([]);
  form.showAssumptions(answer);
  answers.showRecommendation(answer, advised);
  answers.showFlips(answer, advised);
  if (advised) {
    answers.showQuestions(answer);
    answers.showPlan(answer);
  }
  byId("questions-part").classList.toggle("stale", !advised);
  byId("plan-part").classList.toggle("stale", !advised);
  showRanking(answer, known);
  showWhyNot(answer);
  if (!advised) {
    figures.showMemory(answer);
    figures.showCost(answer);
    figures.showTrade(answer);
  }
  const best = answer.recommendations[0];
  const problems = answer.problems ?? [];
  if (problems.length) notice("decide", problems.map((each) => each.message).join(" "));
  announce(best ? `${sentence(choice(best.candidate))}, ${count(answer.recommendations.length)} suitable.` : "Nothing is suitable.");
  document.title = `${best ? sentence(choice(best.candidate)) : "Nothing is suitable"} · Quartermaster`;
}

function fail(failure) {
  if (isAbort(failure)) return;
  byId("view-decide").removeAttribute("aria-busy");
  if (!(failure instanceof Problem)) throw failure;
  const rest = form.complain(failure.errors);
  const fields = failure.errors.length - rest.length;
  notice("decide", rest.length ? rest.map((each) => each.message).join(" ") : failure.errors.length ? null : failure.message, failure.status === 0 ? { words: "Try again", action: changed } : null);
  if (fields || rest.length) {
    fill(byId("recommendation-body"), h("p", { class: "headline" }, "Not decided"), h("p", {}, failure.errors[0].message), answer && h("p", { class: "quiet" }, "What stands below is the answer to the request before."));
    announce(failure.errors[0].message);
  }
}
