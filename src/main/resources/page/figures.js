// Charts that answer a question each: does it fit, when is it too slow, what does it cost by then, what do I get for more.

import { byId, fill, h, s } from "./dom.js";
import { rankAll } from "./api.js";
import { isJobAnswer } from "./answer.js";
import { need } from "./facts.js";
import { band, dot, frame, legend, level, line, linear, logarithmic, numbers, post } from "./charts.js";
import * as request from "./request.js";
import { EVIDENCE,  number, choice, compact, count, day, hours, nameOf, percent, plural, seconds, sentence, usd, usdShort, what } from "./words.js";

const MOST_BARS = 6;
const say = (id, text) => fill(byId(id), h("p", { class: "quiet" }, text));

/** The parts of memory of the first candidates, against what may be used. */
export function showMemory(answer) {
  const seen = new Set();
  const isNew = ({ candidate, estimate: { memory } }) => {
    const key = [candidate.name, candidate.devices, candidate.model, memory.requiredGiB, memory.usableGiB].join("|");
    return !seen.has(key) && seen.add(key); // bought or rented, it is the same memory
  };
  const rows = [...answer.recommendations, ...answer.rejected].filter((each) => each.estimate?.memory).filter(isNew).slice(0, MOST_BARS);
  if (!rows.length) return say("memory", "A hosted API alone: its memory is its provider's affair.");
  const most = Math.max(...rows.map(({ estimate: { memory } }) => Math.max(1, memory.requiredGiB / memory.usableGiB)));
  const scale = Math.min(most, 1.5);
  const parts = (memory) => [
    ["weights", memory.weightsGiB],
    ["cache", memory.kvCacheGiB],
    ["working", memory.overheadGiB],
    ["free", Math.max(0, memory.usableGiB - memory.requiredGiB)],
  ];
  const training = request.isTraining();
  fill(
    byId("memory"),
    legend([["weights", "Weights"], ["cache", training ? "Training state" : "KV cache"], ["working", "Working memory"], ["free", "Free"]]),
    h(
      "ul",
      { class: "memory-bars" },
      rows.map((each) => {
        const { memory } = each.estimate;
        let from = 0;
        const bar = s(
          "svg",
          { class: "memory-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": parts(memory).map(([name, size]) => `${name} ${number(size)} GiB`).join(", ") },
          parts(memory).map(([name, size]) => {
            const width = Math.min(100 - from, ((size / memory.usableGiB) * 100) / scale);
            const rect = s("rect", { class: name, x: from, width: Math.max(0, width), height: 10 }, s("title", {}, `${name}: ${number(size)} GiB`));
            from += width;
            return rect;
          }),
          s("rect", { class: "limit", x: 100 / scale - 0.4, width: 0.8, height: 10 }),
        );
        const fits = memory.requiredGiB <= memory.usableGiB;
        return h("li", {}, h("span", { class: "bar-name" }, (each.candidate.devices > 1 ? `${each.candidate.devices}× ` : "") + each.candidate.name + (each.candidate.model ? ` · ${each.candidate.model}` : "")), bar, h("span", { class: `bar-note quiet${fits ? "" : " misses"}` }, `${number(memory.requiredGiB)} of ${number(memory.usableGiB)} GiB; ${fits ? `${percent(memory.headroomPercent)} free` : "does not fit"}`));
      }),
    ),
    !training && contextSlider(answer),
    numbers(
      "Memory of one replica, GiB",
      ["Candidate", "Weights", training ? "Training state" : "KV cache", "Working", "Needed", "Usable", "Free"],
      rows.map(({ candidate, estimate: { memory } }) => [what(candidate), number(memory.weightsGiB), number(memory.kvCacheGiB), number(memory.overheadGiB), number(memory.requiredGiB), number(memory.usableGiB), percent(memory.headroomPercent)]),
      "Estimated from the model's shape and the engine's constants in the catalogue; open a row of the ranking for its evidence.",
    ),
  );
}

function contextSlider(answer) {
  const path = "workload.contextTokens";
  const now = answer.workload.contextTokens ?? 4096;
  const words = h("output", { for: "context-slider" }, `${count(now)} tokens`);
  const slider = h("input", {
    id: "context-slider",
    type: "range",
    min: 9,
    max: 20,
    step: 0.25,
    value: Math.log2(now),
    "aria-valuetext": `${count(now)} tokens`,
    oninput: () => {
      words.textContent = `${count(tokens())} tokens`;
      slider.setAttribute("aria-valuetext", words.textContent);
    },
    onchange: () => request.set(path, tokens()),
  });
  const tokens = () => {
    const exact = 2 ** Number(slider.value);
    const step = 2 ** Math.max(0, Math.floor(Math.log2(exact)) - 3);
    return Math.round(exact / step) * step;
  };
  return h("p", { class: "slider" }, h("label", { for: "context-slider" }, "Context"), slider, words);
}

let sweeping = null;

/** One candidate under more and more requests at the same time; asked of the service, never computed here. */
export async function showThroughput(answer, chosen) {
  sweeping?.abort();
  if (isJobAnswer(answer)) return showHours(answer);
  const all = [...answer.recommendations, ...answer.rejected];
  const one = chosen ?? all.find((each) => each.estimate?.decodeTokensPerSecond && each.rank) ?? all.find((each) => each.estimate?.decodeTokensPerSecond);
  if (!one?.estimate?.decodeTokensPerSecond) return say("throughput", "A hosted API alone: how fast it answers is its provider's affair.");
  if (request.isTraining()) return say("throughput", "This answer has no hours for the run. Say how many examples there are; some machines and methods have no estimate.");
  const place = byId("throughput");
  if (!place.querySelector("svg")) say("throughput", "Asking for more and fewer requests …");
  place.setAttribute("aria-busy", "true");
  const now = Math.max(1, one.load?.inFlight ?? answer.workload.concurrency ?? 1);
  const replicas = one.candidate.replicas ?? 1;
  const most = Math.max(8, now * 4, one.estimate.maxConcurrency * replicas * 1.3);
  const steps = 9;
  const points = [...new Set([...Array.from({ length: steps }, (_, at) => Math.max(1, Math.round(most ** (at / (steps - 1))))), now])].sort((a, b) => a - b);
  sweeping = new AbortController();
  const { candidate } = one;
  const fixed = Object.fromEntries(["hardware", "devices", "replicas", "acquisition", "offer", "engine", "quantization", "model"].filter((name) => candidate[name] !== null && candidate[name] !== undefined).map((name) => [name, candidate[name]]));
  let answers;
  try {
    answers = await rankAll(points.map((concurrency) => atConcurrency(concurrency, fixed)), sweeping.signal);
  } catch (failure) {
    if (failure.name !== "AbortError") say("throughput", failure.message);
    return;
  }
  place.removeAttribute("aria-busy");
  const rows = points.map((at, index) => ({ at, estimate: [...(answers[index].recommendations ?? []), ...(answers[index].rejected ?? [])][0]?.estimate })).filter((each) => each.estimate?.decodeTokensPerSecond);
  if (rows.length < 2) return say("throughput", `${sentence(what(candidate))} could not be tried under other loads.`);
  drawThroughput(answer, candidate, one, rows, now, replicas);
}

function atConcurrency(concurrency, { model, ...candidate }) {
  const asked = request.toJson({ explain: "summary", limit: 1 });
  const workload = { ...asked.workload, concurrency };
  if (model) {
    workload.model = model;
    for (const other of ["models", "atLeastAsGoodAs", "modality"]) delete workload[other];
  }
  for (const other of ["namedUsers", "sessions", "thinkSeconds", "requestsPerSecond", "requestsPerDay"]) delete workload[other];
  return { ...asked, workload, candidates: [candidate] };
}

function drawThroughput(answer, candidate, one, rows, now, replicas) {
  const x = { scale: logarithmic(rows[0].at, rows.at(-1).at), label: "requests at the same time, all replicas together", words: compact };
  const speeds = rows.flatMap(({ estimate: { decodeTokensPerSecond: each } }) => [each.low, each.high]);
  const wanted = need(answer, "minDecodeTokensPerSecond");
  const allowed = need(answer, "maxTimeToFirstTokenSeconds");
  const capacity = one.estimate.maxConcurrency * replicas;
  const marks = (toX, box) => [post(toX(now), box, `${count(now)} asked for`, "now"), capacity && capacity < rows.at(-1).at && post(toX(capacity), { ...box, top: box.top + 14 }, `room for ${count(capacity)}`, "capacity")];
  const speed = frame({
    title: `Speed for each user of ${what(candidate)}`,
    x,
    y: { scale: linear(0, Math.max(...speeds, wanted ?? 0) * 1.08), label: "tok/s for each user", words: number },
    draw: (toX, toY, box) => [
      band(rows.map((each) => [toX(each.at), toY(each.estimate.decodeTokensPerSecond.high)]), rows.map((each) => [toX(each.at), toY(each.estimate.decodeTokensPerSecond.low)]), "one"),
      line(rows.map((each) => [toX(each.at), toY(each.estimate.decodeTokensPerSecond.typical)]), "one"),
      wanted && level(toY(wanted), box, `${number(wanted)} needed`),
      marks(toX, box),
    ],
  });
  const waits = rows.filter((each) => each.estimate.timeToFirstTokenP95Seconds > 0 && each.estimate.timeToFirstTokenP95Seconds < 3600);
  const times = waits.map((each) => each.estimate.timeToFirstTokenP95Seconds);
  const first =
    waits.length > 1 &&
    frame({
      title: `First token of ${what(candidate)}`,
      x,
      height: 190,
      y: { scale: logarithmic(Math.min(...times, allowed ?? Infinity) / 1.3, Math.max(...times, allowed ?? 0) * 1.5), label: "first token, 95 % of requests", words: seconds },
      draw: (toX, toY, box) => [line(waits.map((each) => [toX(each.at), toY(each.estimate.timeToFirstTokenP95Seconds)]), "two"), allowed && level(toY(allowed), box, `${seconds(allowed)} allowed`), post(toX(now), box, "", "now")],
    });
  fill(
    byId("throughput"),
    h("p", { class: "quiet" }, h("b", {}, sentence(choice(candidate))), candidate.engine && ` with ${nameOf(candidate.engine)} at ${nameOf(candidate.quantization)}. `, "Open another row of the ranking to see that one."),
    speed,
    first,
    numbers(
      "Under more and fewer requests at the same time",
      ["Requests", "tok/s each, low", "typical", "high", "tok/s of a replica", "First token, 95 %"],
      rows.map(({ at, estimate: each }) => [count(at), number(each.decodeTokensPerSecond.low), number(each.decodeTokensPerSecond.typical), number(each.decodeTokensPerSecond.high), number(each.throughputTokensPerSecond?.typical), seconds(each.timeToFirstTokenP95Seconds)]),
      `Each row is an answer of the service. Evidence: ${EVIDENCE[one.estimate.evidence.class]}, ${plural(one.estimate.evidence.measurements, "measurement")}.`,
    ),
  );
}

/** Of a job and a training run it is the hours that count. */
function showHours(answer) {
  const rows = [...answer.recommendations, ...answer.rejected].filter((each) => each.job?.hours && each.job.hours.typical < 1e5).slice(0, 8);
  if (!rows.length) return say("throughput", "No candidate has a time for this run.");
  const deadline = answer.workload.job?.deadlineHours ?? answer.workload.fineTuning?.deadlineHours;
  const most = Math.max(...rows.map((each) => each.job.hours.high), deadline ?? 0);
  const at = (value) => (value / most) * 100;
  fill(
    byId("throughput"),
    h("p", { class: "quiet" }, "Hours of one run, from the low to the high end", deadline && `; ${hours(deadline)} are allowed`, "."),
    h(
      "ul",
      { class: "memory-bars" },
      rows.map(({ candidate, job }) =>
        h(
          "li",
          {},
          h("span", { class: "bar-name" }, what(candidate)),
          s("svg", { class: "memory-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, s("rect", { class: "free", width: 100, height: 10 }), s("rect", { class: "working", x: at(job.hours.low), width: Math.max(0.5, at(job.hours.high) - at(job.hours.low)), height: 10 }), s("rect", { class: "weights", x: at(job.hours.typical) - 0.5, width: 1, height: 10 }), deadline && s("rect", { class: "limit", x: at(deadline) - 0.4, width: 0.8, height: 10 })),
          h("span", { class: "bar-note quiet" }, `${hours(job.hours.typical)}, ${usd(job.usdPerRun)} a run`),
        ),
      ),
    ),
    numbers("One run", ["Candidate", "Low", "Typical", "High", "Tokens a second", "USD a run"], rows.map(({ candidate, job }) => [what(candidate), hours(job.hours.low), hours(job.hours.typical), hours(job.hours.high), number(job.tokensPerSecond?.typical), usd(job.usdPerRun)]), "Estimated; open a row of the ranking for its evidence."),
  );
}

const WAYS = [["buy", "one"], ["rent", "two"], ["api", "three"], ["owned", "four"]];

/** Paid by the end of each month, by the best candidate of each way to get hardware. What is bought is worth something at the end. */
export function showCost(answer) {
  const horizon = answer.assumptions?.find((each) => each.field === "budget.horizonMonths")?.value ?? request.get("budget.horizonMonths") ?? 36;
  const losers = [...answer.rejected].sort((one, other) => other.score - one.score);
  const priced = (way) => (each) => each.candidate.acquisition === way && each.cost?.monthlyUsd > 0 && each.cost.breakdown;
  const chosen = WAYS.map(([way, name]) => ({ name, one: answer.recommendations.find(priced(way)) ?? losers.find(priced(way)) })).filter((each) => each.one);
  if (!chosen.length) return say("cost", "No suitable candidate has a price.");
  const series = chosen.map(({ name, one }) => {
    const { breakdown, purchaseUsd } = one.cost;
    const running = Object.entries(breakdown).filter(([part]) => !["hardwareUsd", "residualUsd", "hostUsd"].includes(part)).reduce((sum, [, value]) => sum + (value ?? 0), 0);
    return { name, one, running, upfront: purchaseUsd ?? 0, at: (month) => (purchaseUsd ?? 0) + running * month };
  });
  const most = Math.max(...series.map((each) => each.at(horizon)));
  const crossings = [];
  for (const bought of series.filter((each) => each.upfront > 0)) {
    for (const other of series.filter((each) => each.upfront === 0 && each.running > bought.running)) {
      const month = bought.upfront / (other.running - bought.running);
      if (month > 0 && month <= horizon) crossings.push({ month, paid: bought.at(month), other });
    }
  }
  const ends = [...new Set([Math.min(12, horizon), horizon])];
  fill(
    byId("cost"),
    legend(series.map(({ name, one, at }) => [`fill-${name}`, [sentence(choice(one.candidate)) + (one.rank ? "" : " (ruled out)"), h("span", { class: "quiet paid" }, ends.map((month) => `${usd(at(month))} in ${count(month)} months`).join(", "))]])),
    frame({
      title: "Cost over months",
      x: { scale: linear(0, horizon), label: "months", words: count },
      y: { scale: linear(0, most * 1.08 || 1), label: "paid so far, USD", words: usdShort },
      draw: (toX, toY) => [
        series.map((each) => line([[toX(0), toY(each.upfront)], [toX(horizon), toY(each.at(horizon))]], each.one.rank ? each.name : `${each.name} ruled`)),
        crossings.map(({ month, paid, other }) => [dot(toX(month), toY(paid), "crossing", `break-even after ${number(month)} months`, 5), s("text", { class: "mark-text", x: toX(month) + 8, y: toY(paid) + 16 }, `even with ${other.one.candidate.acquisition === "api" ? "the API" : "renting"} at ${number(month)} months`)]),
      ],
    }),
    !crossings.length && series.some((each) => each.upfront > 0) && series.length > 1 && h("p", { class: "quiet" }, `Within ${count(horizon)} months buying does not catch up.`),
    numbers(
      "Paid by the end of a month, USD",
      ["Paid", ...series.map((each) => what(each.one.candidate) + (each.one.rank ? "" : " (ruled out)"))],
      [
        ["at once", ...series.map((each) => usd(each.upfront))],
        ["each month", ...series.map((each) => usd(each.running))],
        ...[6, 12, 24, 36].filter((month) => month <= horizon).map((month) => [`${month} months`, ...series.map((each) => usd(each.at(month)))]),
        ["worth at the end", ...series.map((each) => usd(Math.abs((each.one.cost.breakdown.residualUsd ?? 0) * horizon)))],
      ],
      `Prices as of ${[...new Set(series.map((each) => day(each.one.cost.asOf)))].join(", ")}. What is bought has a value at the end that the line does not show; the ranking's cost a month takes it off.`,
      "across",
    ),
  );
}

/** What more money buys. */
export function showTrade(answer) {
  const job = isJobAnswer(answer);
  const speed = (each) => (job ? each.job?.hours?.typical : each.estimate?.decodeTokensPerSecond?.typical);
  const price = (each) => (job ? each.job?.usdPerRun : each.cost?.monthlyUsd);
  const rows = [...answer.rejected, ...answer.recommendations].filter((each) => speed(each) > 0 && speed(each) < 1e5 && price(each) > 0);
  if (rows.length < 2) return say("trade", "Too few candidates have both a speed and a price.");
  const [prices, speeds] = [rows.map(price), rows.map(speed)];
  const wanted = job ? (answer.workload.job?.deadlineHours ?? answer.workload.fineTuning?.deadlineHours) : need(answer, "minDecodeTokensPerSecond");
  const budget = request.get("budget.monthlyUsd");
  const names = { buy: "one", rent: "two", api: "three", owned: "four" };
  fill(
    byId("trade"),
    legend([["fill-one", "Bought"], ["fill-two", "Rented"], ["hollow", "Ruled out"]]),
    frame({
      title: "Speed against cost of all candidates",
      x: { scale: logarithmic(Math.min(...prices) / 1.3, Math.max(...prices) * 1.3), label: job ? "USD a run" : "USD a month", words: usdShort },
      y: { scale: logarithmic(Math.min(...speeds, wanted || Infinity) / 1.4, Math.max(...speeds) * 1.4), label: job ? "hours a run" : "tok/s for each user", words: number },
      draw: (toX, toY, box) => [
        wanted && level(toY(wanted), box, `${number(wanted)} ${job ? "hours allowed" : "needed"}`),
        budget && !job && budget > Math.min(...prices) && budget < Math.max(...prices) && post(toX(budget), box, "budget", "now"),
        rows.map((each) => dot(toX(price(each)), toY(speed(each)), `${each.rank ? `fill-${names[each.candidate.acquisition]}` : "hollow"}${each.rank === 1 ? " winner" : ""}`, `${each.rank ? `${each.rank}. ` : ""}${what(each.candidate)}: ${number(speed(each))} ${job ? "h" : "tok/s"}, ${usd(price(each))}`, each.rank === 1 ? 7 : 4.5)),
        rows.filter((each) => each.rank === 1).map((each) => label(toX(price(each)), toY(speed(each)), each, box)),
      ],
    }),
    numbers(
      "All candidates",
      ["Candidate", "Rank", job ? "Hours a run" : "tok/s for each user", job ? "USD a run" : "USD a month"],
      [...rows].sort((one, other) => (one.rank ?? 999) - (other.rank ?? 999)).map((each) => [sentence(choice(each.candidate)), count(each.rank), number(speed(each)), usd(price(each))]),
      "Speeds are typical ones, prices midpoints of their ranges; open a row of the ranking for evidence and dates.",
      "long",
    ),
  );
}

function label(x, y, each, box) {
  const left = x > (box.left + box.right) / 2;
  return s("text", { class: "dot-name", x: x + (left ? -11 : 11), y: y + (each.rank === 1 ? -8 : 14), "text-anchor": left ? "end" : "start" }, each.candidate.name);
}
