// The view "Decide": while one types, the ranking is asked for at once and the advice a moment later; both stop when one types on.

import { Problem, advise, isAbort, knowledge, may, rank } from "./api.js";
import { announce, byId, copy, fill, h, whenQuiet } from "./dom.js";
import * as answers from "./answer.js";
import * as figures from "./figures.js";
import * as form from "./form.js";
import { showLadder } from "./ladder.js";
import { showMap } from "./map.js";
import { keyOf, onSelect, showRanking } from "./ranking.js";
import * as request from "./request.js";
import { notice, seenVersion } from "./notices.js";
import { count, choice, sentence } from "./words.js";
import { showWhyNot } from "./whynot.js";

const LIMIT = 30;
const BETWEEN_KEYS = 40; // ms, where a ranking is already on its way
const BETWEEN_KEYS_OF_MANY = 400; // where every model is tried on every machine
const BEFORE_FIGURES = 350;
const BEFORE_ADVICE = 900; // it costs the service a hundred times as much
const IS_SLOW = 2_000;

let running = null;
let answer = null;
let known = null;
let chosen = null;
let waiting = false;
let busy = false;
let kept = null; // id of the decision that the log has

const afterKey = whenQuiet(BETWEEN_KEYS, decide);
const afterKeys = whenQuiet(BETWEEN_KEYS_OF_MANY, decide);
const figuresSoon = whenQuiet(BEFORE_FIGURES, () => {
  if (!answer) return;
  figures.showThroughput(answer, current());
  showLadder(answer);
});
const adviseSoon = whenQuiet(BEFORE_ADVICE, adviseNow);
const slow = (text) => (byId("slow").textContent = text);
const sayThatItIsSlow = whenQuiet(IS_SLOW, () => slow("Still deciding …"));

/** The first key does not wait. */
function soon() {
  if (request.isModelOpen() && !request.named().length) afterKeys();
  else if (busy) afterKey();
  else decide();
}

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
  byId("brief").addEventListener("click", () => kept && (location.hash = `#${address()}&tab=decisions&decision=${kept}`));
  byId("start-again").addEventListener("click", () => {
    request.fromWords("type=internal-tool");
    changed();
  });
  addEventListener("hashchange", takeAddress);
  addEventListener("beforeprint", () => document.querySelectorAll("#view-decide details.numbers:not(.long)").forEach((each) => (each.open = true)));
  takeAddress();
  knowledge().then(
    (all) => {
      known = all;
      if (!answer) return;
      answers.showRecommendation(answer, Boolean(kept), known);
      showRanking(answer, known);
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
  const others = ["tab", "decision", "cell"].filter((name) => words.get(name) && words.get(name) !== "decide");
  return request.toWords() + others.map((name) => `&${name}=${encodeURIComponent(words.get(name))}`).join("");
}

/** @param from "step" for what the browser's Back undoes; typing is none */
function changed(from) {
  form.show();
  if (from === "step") history.pushState(null, "", `#${address()}`);
  else history.replaceState(null, "", `#${address()}`);
  adviseSoon.stop();
  running?.abort();
  if (byId("view-decide").hidden) {
    waiting = true; // nobody looks, and the service has other work
    return;
  }
  byId("view-decide").setAttribute("aria-busy", "true");
  soon();
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
  const mine = (running = new AbortController());
  busy = true;
  sayThatItIsSlow();
  byId("view-decide").setAttribute("aria-busy", "true");
  try {
    show(await rank(request.toJson({ explain: "summary", limit: LIMIT }), mine.signal), false);
    figuresSoon();
    adviseSoon();
  } catch (failure) {
    fail(failure);
  }
  if (mine === running) busy = false;
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
  kept = advised && answer.kept !== false ? answer.decisionId : null;
  sayThatItIsSlow.stop();
  slow("");
  byId("answer").classList.remove("unanswered", "from-before");
  byId("view-decide").removeAttribute("aria-busy");
  byId("brief").hidden = !kept || !may("read");
  notice("decide", null);
  seenVersion(answer.versions.workspace);
  form.complain([]);
  form.showAssumptions(answer);
  answers.showRecommendation(answer, advised, known);
  answers.showFlips(answer, advised);
  if (advised) {
    answers.showQuestions(answer);
    answers.showPlan(answer);
  }
  byId("questions-part").classList.toggle("stale", !advised);
  byId("plan-part").classList.toggle("stale", !advised);
  showRanking(answer, known);
  if (!advised) setTimeout(showTheRest, 0, answer); // the ranking is seen first
  const best = answer.recommendations[0];
  const problems = answer.problems ?? [];
  if (problems.length) notice("decide", problems.map((each) => each.message).join(" "));
  announce(best ? `${sentence(choice(best.candidate))}, ${count(answer.recommendations.length)} suitable.` : "Nothing is suitable.");
  document.title = `${best ? sentence(choice(best.candidate)) : "Nothing is suitable"} · Quartermaster`;
}

function showTheRest(of) {
  if (of !== answer) return;
  figures.showMemory(answer);
  figures.showCost(answer);
  figures.showTrade(answer);
  showMap(answer);
  showWhyNot(answer);
}

function fail(failure) {
  if (isAbort(failure)) return;
  sayThatItIsSlow.stop();
  slow("");
  byId("view-decide").removeAttribute("aria-busy");
  if (!(failure instanceof Problem)) throw failure;
  byId("answer").classList.add("from-before");
  document.querySelectorAll("#answer .waiting").forEach((each) => each.remove());
  const rest = form.complain(failure.errors);
  const fields = failure.errors.length - rest.length;
  notice("decide", rest.length ? rest.map((each) => each.message).join(" ") : failure.errors.length ? null : failure.message, failure.errors.length ? null : { words: "Try again", action: changed });
  if (failure.wait > 0 && failure.wait <= 10) setTimeout(() => failure === lastFailure && changed(), failure.wait * 1000);
  lastFailure = failure;
  if (fields || rest.length) {
    fill(byId("recommendation-body"), h("p", { class: "headline" }, "Not decided"), h("p", {}, failure.errors[0].message), answer && h("p", { class: "quiet" }, "What stands below is the answer to the request before."));
    announce(failure.errors[0].message);
  } else if (!answer) fill(byId("recommendation-body"), h("p", { class: "headline" }, "Not decided yet"), h("p", {}, failure.message));
}

let lastFailure = null;
