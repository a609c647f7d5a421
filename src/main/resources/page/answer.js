// The recommendation and what hangs on it: picks, questions, what would change it, and the plan.

import { byId, copy, fill, h } from "./dom.js";
import { facts, needWords } from "./facts.js";
import { label, touch, valueWords } from "./form.js";
import * as request from "./request.js";
import { isNumeric, parseTyped } from "./request.js";
import { VERDICTS, choice, count, nameOf, number, percent, plural, sentence, usd } from "./words.js";

const MOST_FLIPS = 6;
const MOST_QUESTIONS = 4;
const PICKS = { best: "Best", runnerUp: "Runner-up", cheapest: "Cheapest", fastest: "Fastest", simplest: "Simplest to run", owned: "What you own", bestQuality: "Best answers", smallestGoodEnough: "Smallest that is good enough", bestModelOwned: "Best on what you own" };

export const isJobAnswer = (answer) => [...answer.recommendations, ...answer.rejected].some((each) => each.job);

export function verdict(word) {
  const known = VERDICTS[word] ?? { mark: "", word };
  return h("span", { class: `verdict ${word}` }, h("span", { class: "mark", "aria-hidden": "true" }, known.mark), h("span", { class: "word" }, ` ${known.word}`));
}

/**
 * @param advised whether advice stands in it, or is still on its way
 * @param known names and delivery times; null until they are there
 */
export function showRecommendation(answer, advised, known) {
  const best = answer.recommendations[0];
  const place = byId("recommendation-body");
  if (!best) {
    const [, first, rest] = /^(.+?\.)(?:\s+(.+))?$/s.exec(answer.headline ?? "Nothing is suitable.") ?? [];
    fill(place, h("p", { class: "headline" }, first), rest && h("p", { class: "why" }, rest), h("p", { class: "quiet" }, advised ? "See below what would have to change, and why each was ruled out." : "Looking for the smallest change that would help …"));
    return;
  }
  fill(
    place,
    h("p", { class: "headline" }, machineLine(best.candidate)),
    h("p", { class: "subline" }, verdict(best.verdict), subline(answer, best, known)),
    facts(answer, best, known),
    advised && answer.headline ? h("p", { class: "why" }, answer.headline) : h("p", { class: "why quiet" }, best.steps?.find((each) => each.step === "fit")?.because ?? ""),
    certainty(answer, advised),
    picks(answer),
    best.findings?.length > 0 && warnings(best),
    startIt(best),
  );
}

/** "vLLM at NVFP4, running Llama 3.1 70B for 200 requests at the same time" */
function subline(answer, { candidate }, known) {
  const model = candidate.model ?? answer.workload.model;
  const asked = needWords(answer);
  return [
    candidate.engine && [" · ", h("b", {}, nameOf(candidate.engine)), candidate.quantization && [" at ", h("b", {}, nameOf(candidate.quantization))]],
    model && [" · running ", h("b", {}, known?.modelName.get(model) ?? modelName(model))],
    asked && ` for ${asked}`,
  ];
}

const modelName = (model) => (typeof model === "string" ? model : (model.name ?? model.id ?? "your model"));
/** Without the model, which stands in the line below. */
const machineLine = (candidate) => sentence(choice({ ...candidate, model: null }));

function certainty(answer, advised) {
  if (!advised) return h("p", { class: "waiting" }, "Trying what would change it …");
  const stability = answer.stability;
  if (!stability) return null;
  return h(
    "p",
    { class: "certainty" },
    h("meter", { min: 0, max: 100, low: 50, high: 75, optimum: 100, value: stability.staysFirstPercent, "aria-label": "How often it stays first" }),
    " ",
    h("span", {}, certaintyWords(stability)),
  );
}

export function certaintyWords(stability) {
  const rival = stability.rival ? ` ${sentence(choice(stability.rival))} takes its place in ${count(stability.rivalFirstPercent)} %.` : "";
  return `Stays first in ${count(stability.staysFirstPercent)} % of ${plural(stability.draws, "draw")} of speeds, prices and weights.${rival}${stability.coinFlip ? " A coin flip." : ""}`;
}

function picks(answer) {
  const entries = Object.entries(answer.picks ?? {}).filter(([name, rank]) => rank && PICKS[name] && name !== "best");
  const same = entries.filter(([, rank]) => rank === 1).map(([name]) => PICKS[name].toLowerCase());
  const others = entries.map(([name, rank]) => [name, answer.recommendations.find((each) => each.rank === rank && rank !== 1)]).filter(([, one]) => one);
  return [
    same.length > 0 && h("p", { class: "same" }, "Also: ", same.join(", "), "."),
    others.length > 0 &&
      h(
        "ul",
        { class: "picks" },
        others.map(([name, one]) =>
          h(
            "li",
            {},
            h("span", { class: "pick-name" }, PICKS[name]),
            h("b", {}, sentence(choice(one.candidate))),
            one.cost && h("span", { class: "quiet" }, one.job ? `${usd(one.job.usdPerRun)} a run` : `${usd(one.cost.monthlyUsd)} a month`),
            answer.pickReasons?.[name] && h("span", { class: "quiet reason" }, sentence(answer.pickReasons[name].replace(/^(Buy|Rent|Use)[^:]*: /, ""))),
          ),
        ),
      ),
  ];
}

function warnings(best) {
  const order = { rejection: 0, warning: 1, note: 2 };
  const sorted = [...best.findings].sort((one, other) => order[one.severity] - order[other.severity]);
  const warned = sorted.filter((each) => each.severity !== "note");
  const notes = sorted.filter((each) => each.severity === "note");
  return [
    warned.length > 0 && h("ul", { class: "findings" }, warned.map(finding)),
    notes.length > 0 && h("details", { class: "plain" }, h("summary", {}, plural(notes.length, "note")), h("ul", { class: "findings" }, notes.map(finding))),
  ];
}

/** The command that starts it, to be copied; nothing runs it for you. */
export function startIt({ start }) {
  if (!start?.command) return null;
  const text = (written, name) => [h("pre", { tabindex: "0", role: "group", "aria-label": name }, h("code", {}, written)), h("p", { class: "buttons" }, h("button", { type: "button", onclick: (event) => copy(written, event.target) }, `Copy ${name.toLowerCase()}`))];
  return h(
    "details",
    { class: "plain start" },
    h("summary", {}, "How it is started"),
    text(start.command, "Command"),
    start.manifest && h("details", { class: "plain" }, h("summary", {}, "Manifest for Kubernetes"), text(start.manifest, "Manifest")),
    h("p", { class: "quiet" }, [start.engineVersion && `For version ${start.engineVersion}`, start.checked].filter(Boolean).join(", ")),
  );
}

export function finding(one) {
  return h("li", { class: one.severity }, h("b", {}, one.message), " ", one.remedy && h("span", { class: "remedy" }, one.remedy));
}

export function showQuestions(answer) {
  const all = answer.questions ?? [];
  byId("questions-part").hidden = all.length === 0;
  const list = (some) => h("ol", { class: "questions" }, some.map((each) => h("li", {}, h("p", { class: "question" }, each.question ?? label(each.field)), h("p", { class: "quiet" }, each.because), h("div", { class: "buttons" }, replies(each)))));
  fill(byId("questions"), list(all.slice(0, MOST_QUESTIONS)), all.length > MOST_QUESTIONS && h("details", { class: "plain" }, h("summary", {}, plural(all.length - MOST_QUESTIONS, "more question")), list(all.slice(MOST_QUESTIONS))));
}

/** Says something new as a step that the browser can go back from, and shows what comes of it. */
function take(path, value) {
  request.set(path, value, "step");
  byId("recommendation").focus({ preventScroll: true });
  byId("recommendation").scrollIntoView({ block: "nearest" });
}

/** Ways to answer on the spot. */
function replies({ field: path, flipsAt }) {
  const told = request.field(path);
  if (!told) return null;
  const say = (text, value, first) => h("button", { type: "button", class: first ? "first" : "", onclick: () => take(path, value) }, text);
  if (told.kind === "yes-no") return [say(`${label(path)}: yes`, true), say(`${label(path)}: no`, false)];
  const own = isNumeric(told) ? ownNumber(told) : h("button", { type: "button", onclick: () => touch(path, flipsAt) }, told.kind === "choices" ? "Say which" : "Another value …");
  if (flipsAt === null || flipsAt === undefined || typeof flipsAt === "object" && !Array.isArray(flipsAt)) return own;
  return [say(answerWords(told, flipsAt), flipsAt), own];
}

/** A number of one's own, said where it is asked. */
function ownNumber(told) {
  const input = h("input", { type: "text", inputmode: "decimal", size: 9, "aria-label": `${label(told.path)}: another value`, placeholder: told.unit ?? "other" });
  return h(
    "form",
    {
      class: "own",
      onsubmit: (event) => {
        event.preventDefault();
        const value = parseTyped(input.value);
        const isNumber = value !== null && !Number.isNaN(value);
        input.setAttribute("aria-invalid", String(!isNumber));
        if (isNumber) take(told.path, value);
        else input.focus();
      },
    },
    input,
    h("button", { type: "submit" }, "Say it"),
  );
}

function answerWords(told, value) {
  if (typeof value !== "number") return valueWords(told.path, value);
  if (told.path.endsWith("Usd")) return usd(value);
  return told.kind === "share" || !told.unit ? valueWords(told.path, value) : `${valueWords(told.path, value)} ${told.unit}`;
}

export function showFlips(answer, advised) {
  const place = byId("flips");
  const flips = answer.flips ?? [];
  if (!advised) {
    place.setAttribute("aria-busy", "true");
    if (!place.childElementCount) fill(place, h("p", { class: "waiting" }, "Trying one change at a time …"));
    return;
  }
  place.removeAttribute("aria-busy");
  if (!flips.length) {
    fill(place, h("p", { class: "quiet" }, "No single change that was tried gives another winner."));
    return;
  }
  const list = (some) =>
    h(
      "ul",
      { class: "flips" },
      some.map((each) =>
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", class: "flip", disabled: !request.field(each.field), onclick: () => take(each.field, each.to) },
            h("span", { class: "when" }, sentence(each.when ?? `${label(each.field)} ${valueWords(each.field, each.to)}`)),
            h("span", { class: "becomes" }, each.becomes ? sentence(choice(each.becomes)) : "Nothing is suitable", each.coinFlip && h("small", { class: "quiet" }, " · a coin flip")),
          ),
        ),
      ),
    );
  fill(place, list(flips.slice(0, MOST_FLIPS)), flips.length > MOST_FLIPS && h("details", { class: "plain" }, h("summary", {}, `${plural(flips.length - MOST_FLIPS, "more change")}`), list(flips.slice(MOST_FLIPS))));
}

export function showPlan(answer) {
  const plan = answer.plan;
  const stages = plan?.stages ?? [];
  byId("plan-part").hidden = stages.length === 0;
  fill(
    byId("plan"),
    h(
      "ol",
      { class: "timeline" },
      stages.map((each) =>
        h(
          "li",
          {},
          h("span", { class: "from" }, sentence(each.from ?? "now"), each.until && ` until ${each.until}`),
          h("b", {}, each.do),
          h("span", { class: "quiet" }, each.monthlyUsd !== null && each.monthlyUsd !== undefined && `${usd(each.monthlyUsd)} a month. `, each.trigger && sentence(each.trigger)),
        ),
      ),
    ),
    h(
      "p",
      { class: "quiet" },
      plan?.breakEvenMonths && `Buying breaks even with renting after ${number(plan.breakEvenMonths)} months. `,
      plan?.breakEvenUtilization && `The two cost the same when busy ${percent(plan.breakEvenUtilization * 100)} of the time. `,
      plan?.costOfChoosingWrongUsd && `Choosing wrongly costs about ${usd(plan.costOfChoosingWrongUsd)} over the horizon.`,
    ),
  );
}
