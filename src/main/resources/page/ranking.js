// All candidates in order: score by step, speed as a range against the need, cost, verdict and evidence.

import { byId, fill, h, s } from "./dom.js";
import { finding, isJobAnswer, startIt, verdict } from "./answer.js";
import { showComparison } from "./compare.js";
import { need } from "./facts.js";
import { scoreBar, swatch } from "./marks.js";
import { BOUNDS, EVIDENCE, MACHINE_KINDS, STEPS, count, day, fromCode, hours, level, machineKind, machines, means, number, percent, place, plural, score, seconds, usd, usdShort, what } from "./words.js";

const MOST_PINNED = 4;
const FIRST_ROWS = 12;
const state = { whole: false, sort: "rank", up: true, kind: "all", out: false, open: new Set(), pinned: [] };
let shown = null;
let catalogue = null;
let selected = () => {};

/** A candidate is the same from one answer to the next where it is the same machine, way to get it, engine and precision. */
export const keyOf = ({ candidate }) => [candidate.hardware, candidate.offer, candidate.acquisition, candidate.engine, candidate.quantization, candidate.devices, candidate.model].join("|");

export function onSelect(action) {
  selected = action;
}

export function showRanking(answer, known) {
  shown = answer;
  catalogue = known;
  draw();
}

const typical = (range) => range?.typical ?? null;
const ORDERS = {
  rank: (each) => each.rank ?? 1000 - each.score,
  score: (each) => each.score,
  speed: (each) => (each.job ? typical(each.job.hours) : shown.workload.type === "fine-tuning" ? each.estimate?.memory?.headroomPercent : typical(each.estimate?.decodeTokensPerSecond)),
  first: (each) => each.estimate?.timeToFirstTokenP95Seconds,
  cost: (each) => (each.job ? each.job.usdPerRun : each.cost?.monthlyUsd),
  evidence: (each) => Object.keys(EVIDENCE).indexOf(each.estimate?.evidence?.class),
};

/** Draws everything anew, and leaves the keyboard where it was. */
function draw() {
  const focused = document.activeElement?.dataset?.focus;
  drawTable();
  const all = [...shown.recommendations, ...shown.rejected];
  showComparison(state.pinned.map((key) => all.find((each) => keyOf(each) === key)).filter(Boolean));
  if (focused) [...document.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === focused)?.focus();
}

function drawTable() {
  const answer = shown;
  const all = [...answer.recommendations, ...answer.rejected];
  const kinds = new Map();
  const visible = (each) => state.out || each.rank || answer.recommendations.length === 0;
  for (const each of all.filter(visible)) {
    const kind = machineKind(each.candidate, catalogue);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const rows = all.filter(visible).filter((each) => state.kind === "all" || machineKind(each.candidate, catalogue) === state.kind);
  sort(rows);
  const job = isJobAnswer(answer);
  const training = !job && answer.workload.type === "fine-tuning"; // nobody waits for its tokens
  const scale = speedScale(rows, answer, job);
  fill(
    byId("ranking"),
    h(
      "div",
      { class: "table-tools" },
      h("div", { class: "filter", role: "group", "aria-label": "Kind of machine" }, filterButton("all", "All", all.filter(visible).length), Object.entries(MACHINE_KINDS).map(([kind, name]) => kinds.has(kind) && filterButton(kind, name, kinds.get(kind)))),
      answer.rejected.length > 0 && answer.recommendations.length > 0 && h("label", { class: "quiet" }, h("input", { type: "checkbox", "data-focus": "out", checked: state.out, onchange: (event) => ((state.out = event.target.checked), draw()) }), ` with ${plural(answer.rejected.length, "ruled out", "ruled out")}`),
    ),
    legend(answer),
    h(
      "div",
      { class: "scroll" },
      h(
        "table",
        { class: "ranking", "aria-label": "Ranking" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            header("rank", "#", "num"),
            h("th", { scope: "col" }, "What"),
            h("th", { scope: "col" }, "Verdict"),
            header("score", "Score"),
            header("speed", job ? "Hours a run" : training ? "Memory free" : "Speed for each user", "c-speed"),
            !job && !training && header("first", "First token, 95 %", "num c-first"),
            header("cost", job ? "USD a run" : "USD a month", "num"),
            header("evidence", "Evidence", "c-evidence"),
            h("th", { scope: "col", class: "c-pin" }, h("span", { class: "unseen" }, "Compare")),
          ),
        ),
        h("tbody", {}, rows.slice(0, state.whole ? rows.length : FIRST_ROWS).map((each) => row(each, scale, job, training))),
      ),
    ),
    state.sort === "rank" && rows.some((each, at) => each.rank && rows[at + 1]?.rank && rows[at + 1].score > each.score) && h("p", { class: "quiet level" }, "Those as many whole points behind the best are level: recommended ones stand first, then the cheaper."),
    rows.length > FIRST_ROWS && h("p", { class: "buttons" }, h("button", { type: "button", "data-focus": "whole", "aria-expanded": String(state.whole), onclick: () => ((state.whole = !state.whole), draw()) }, state.whole ? "Show fewer" : `Show all ${count(rows.length)}`)),
    rows.length === 0 && h("p", { class: "quiet" }, "None of this kind is left. "),
  );
}

function sort(rows) {
  const value = ORDERS[state.sort];
  const sign = state.up ? 1 : -1;
  const last = (each) => each === null || each === undefined || Number.isNaN(each);
  rows.sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    return last(a) ? (last(b) ? 0 : 1) : last(b) ? -1 : sign * (a - b) || (one.rank ?? 999) - (other.rank ?? 999);
  });
}

function header(name, text, kind = "") {
  const chosen = state.sort === name;
  return h(
    "th",
    { scope: "col", class: kind, "aria-sort": chosen ? (state.up ? "ascending" : "descending") : "none" },
    h(
      "button",
      {
        type: "button",
        class: "sort",
        onclick: () => {
          state.up = chosen ? !state.up : !["score", "speed"].includes(name);
          state.sort = name;
          draw();
        },
        "data-focus": `sort ${name}`,
      },
      text,
      h("span", { "aria-hidden": "true", class: "arrow" }, chosen ? (state.up ? " ↑" : " ↓") : ""),
    ),
  );
}

function filterButton(kind, name, many) {
  return h("button", { type: "button", class: "chip", "data-focus": `kind ${kind}`, "aria-pressed": String(state.kind === kind), onclick: () => ((state.kind = kind), draw()) }, name, " ", h("span", { class: "quiet" }, count(many)));
}

function legend(answer) {
  const steps = (answer.recommendations[0] ?? answer.rejected[0])?.steps;
  if (!steps) return null;
  return h("ul", { class: "legend", "aria-label": "Steps of the score" }, steps.map((each, at) => h("li", {}, swatch(`step-${at + 1}`), STEPS[each.step] ?? each.step, h("span", { class: "quiet" }, ` ${number(each.weight)}`))));
}

/** Of what is hosted the speed is not estimated at all, unless an offer says it. */
const evidence = ({ candidate, estimate }) => (candidate.acquisition === "api" && !estimate?.decodeTokensPerSecond ? "price list" : (EVIDENCE[estimate?.evidence?.class] ?? "–"));

function row(each, scale, job, training) {
  const key = keyOf(each);
  const open = state.open.has(key);
  const pinned = state.pinned.includes(key);
  const id = `detail-${key.replaceAll(/[^\w]/g, "-")}`;
  const { candidate, cost, estimate } = each;
  const out = !each.rank;
  const main = h(
    "tr",
    { class: out ? "out" : each.rank === 1 ? "first" : "" },
    h("td", { class: "num rank" }, each.rank ?? "–"),
    h(
      "th",
      { scope: "row" },
      h(
        "button",
        { type: "button", class: "expand", "data-focus": `row ${key}`, "aria-expanded": String(open), "aria-controls": open ? id : null, onclick: () => toggle(key) },
        h("span", { class: "what" }, machines(candidate)),
        candidate.model && h("span", { class: "model" }, ` ${catalogue?.modelName.get(candidate.model) ?? candidate.model}`),
      ),
      h("span", { class: "quiet how" }, [{ buy: "bought", rent: "rented", owned: "owned", api: "hosted" }[candidate.acquisition], means(candidate), each.quality && `good to ${level(each.quality)}`].filter(Boolean).join(" · ")),
      out && each.firstFinding && h("span", { class: "quiet how" }, each.firstFinding.message),
    ),
    h("td", {}, verdict(each.verdict)),
    h("td", { class: "score" }, h("span", { class: "number" }, score(each.score)), each.steps && scoreBar(each)),
    h("td", { class: "speed c-speed" }, training ? h("span", { class: "number" }, percent(estimate?.memory?.headroomPercent)) : job ? [h("span", { class: "number" }, hours(typical(each.job?.hours))), rangeBar(each.job?.hours, scale)] : [h("span", { class: "number" }, number(typical(estimate?.decodeTokensPerSecond)), estimate?.decodeTokensPerSecond && h("small", {}, " tok/s")), rangeBar(estimate?.decodeTokensPerSecond, scale)]),
    !job && !training && h("td", { class: "num c-first" }, seconds(estimate?.timeToFirstTokenP95Seconds)),
    h("td", { class: "num" }, job ? usd(each.job?.usdPerRun) : usd(cost?.monthlyUsd), !job && cost?.purchaseUsd > 0 && h("small", { class: "how quiet" }, `${usdShort(cost.purchaseUsd)} at once`)),
    h("td", { class: "c-evidence" }, evidence(each), estimate?.evidence?.measurements > 0 && h("small", { class: "how quiet" }, plural(estimate.evidence.measurements, "run"))),
    h("td", { class: "c-pin" }, h("button", { type: "button", class: "pin", "aria-pressed": String(pinned), disabled: !pinned && state.pinned.length >= MOST_PINNED, "data-focus": `pin ${key}`, "aria-label": `${pinned ? "Pinned" : "Pin"}: ${what(candidate)}`, onclick: () => pin(key) }, pinned ? "Pinned" : "Pin")),
  );
  return open ? [main, h("tr", { class: "detail", id }, h("td", { colspan: job || training ? 8 : 9 }, detail(each)))] : main;
}

function toggle(key) {
  if (!state.open.delete(key)) {
    state.open.add(key);
    selected(key);
  }
  draw();
}

function pin(key) {
  state.pinned = state.pinned.includes(key) ? state.pinned.filter((each) => each !== key) : [...state.pinned, key];
  draw();
}

/** All speeds on one scale, so that bars can be compared down the column. */
function speedScale(rows, answer, job) {
  const ranges = rows.map((each) => (job ? each.job?.hours : each.estimate?.decodeTokensPerSecond)).filter(Boolean);
  const wanted = job ? (answer.workload.job?.deadlineHours ?? answer.workload.fineTuning?.deadlineHours ?? null) : need(answer, "minDecodeTokensPerSecond");
  const ends = [...ranges.flatMap((each) => [each.low, each.high]), wanted].filter((each) => each > 0 && each < 1e6);
  const low = Math.log(Math.min(...ends));
  const high = Math.log(Math.max(...ends));
  return { at: (value) => Math.min(100, Math.max(0, ((Math.log(value) - low) / (high - low || 1)) * 96 + 2)), wanted, fewerIsBetter: job };
}

function rangeBar(range, scale) {
  if (!range) return null;
  const [low, mid, high] = [scale.at(range.low), scale.at(range.typical), scale.at(range.high)];
  const misses = scale.wanted !== null && (scale.fewerIsBetter ? range.typical > scale.wanted : range.typical < scale.wanted);
  return s(
    "svg",
    { class: `range-bar${misses ? " misses" : ""}`, viewBox: "0 0 100 8", preserveAspectRatio: "none", role: "img", "aria-label": `${number(range.low)} to ${number(range.high)}${scale.wanted ? `, ${number(scale.wanted)} needed` : ""}` },
    s("rect", { class: "track", y: 3, width: 100, height: 2 }),
    s("rect", { class: "range", x: low, y: 2, width: Math.max(0.8, high - low), height: 4 }),
    s("rect", { class: "typical", x: mid - 0.8, y: 0.5, width: 1.6, height: 7 }),
    scale.wanted !== null && s("rect", { class: "need", x: scale.at(scale.wanted) - 0.4, width: 0.8, height: 8 }, s("title", {}, `${number(scale.wanted)} needed`)),
  );
}

/** Down to the rule and the cell. */
function detail(each) {
  const { estimate, cost, load, job } = each;
  const memory = estimate?.memory;
  const parts = Object.entries(cost?.breakdown ?? {}).filter(([, value]) => value);
  const facts = [
    memory && ["Memory", `${number(memory.requiredGiB)} of ${number(memory.usableGiB)} GiB on each replica; ${percent(memory.headroomPercent)} free`],
    estimate?.boundBy && ["Bound by", BOUNDS[estimate.boundBy] ?? estimate.boundBy],
    estimate?.maxConcurrency && ["Capacity", `${plural(estimate.maxConcurrency, "request")} at the same time on each replica`],
    estimate?.throughputTokensPerSecond && ["Throughput", `${number(estimate.throughputTokensPerSecond.typical)} tok/s on each replica (${number(estimate.throughputTokensPerSecond.low)} to ${number(estimate.throughputTokensPerSecond.high)})`],
    each.quality && ["How good", `${level(each.quality)} for ${each.quality.use}; ${each.quality.tests ?? 0} tests, evidence: ${each.quality.evidence}`],
    load && ["In flight", `${count(load.inFlight)}; ${plural(load.replicasForLoad, "replica")} for it, ${count(load.spareReplicas)} spare`],
    job && ["A run", `${hours(job.hours?.low)} to ${hours(job.hours?.high)}, ${usd(job.usdPerRun)}, ${number(job.tokens)} tokens`],
    cost?.usdPerMillionOutputTokens && ["A million output tokens", usd(cost.usdPerMillionOutputTokens)],
    cost?.firstYearUsd && ["Paid in the first year", usd(cost.firstYearUsd)],
    cost?.horizonUsd && ["Over the horizon", usd(cost.horizonUsd)],
    estimate?.evidence && ["Evidence", `${evidence(each)}${estimate.evidence.errorPercent ? `, typically ${percent(estimate.evidence.errorPercent)} off` : ""}, as of ${day(estimate.evidence.asOf)}`],
    parts.length > 0 && ["A month is", parts.map(([name, value]) => `${name.replace(/Usd$/, "")} ${usd(value)}`).join(" + ").replaceAll("+ residual -", "− residual ")],
  ].filter(Boolean);
  return h(
    "div",
    { class: "detail-body" },
    h(
      "table",
      { class: "steps" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Step"), h("th", { scope: "col", class: "num" }, "Points"), h("th", { scope: "col", class: "num" }, "Score"), h("th", { scope: "col" }, "Because"))),
      h("tbody", {}, (each.steps ?? []).map((step, at) => h("tr", {}, h("th", { scope: "row" }, swatch(`step-${at + 1}`), STEPS[step.step] ?? step.step), h("td", { class: "num" }, number(step.points)), h("td", { class: "num" }, `${score(step.score)} of ${number(step.weight)}`), h("td", {}, step.because, h("small", { class: "how quiet" }, place(step.at)))))),
    ),
    h("dl", { class: "pairs" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    each.findings?.length > 0 && h("ul", { class: "findings" }, each.findings.map((one) => h("li", { class: one.severity }, h("b", {}, one.message), " ", one.remedy && h("span", { class: "remedy" }, one.remedy), h("small", { class: "how quiet" }, `${fromCode(one.code)} · ${place(one.at)}`)))),
    startIt(each),
    each.winsIf?.length > 0 && h("p", { class: "quiet" }, "It would win ", each.winsIf.slice(0, 4).map((one) => one.when).join("; "), "."),
  );
}
