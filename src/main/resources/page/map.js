// The winner map: who wins over two fields. Each cell is a decision of the service, asked for when somebody wants to see it.

import { isAbort, knowledge, sweep } from "./api.js";
import { announce, byId, fill, h } from "./dom.js";
import { label, valueWords } from "./form.js";
import * as request from "./request.js";
import { choice, count, plural, score, sentence, usd } from "./words.js";

const ACROSS = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];
const DOWN = [1 / 4, 1 / 2, 1, 2, 4];
const SHARES = [0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
const COLOURS = 8;
const NEVER = new Set(["constraints.spareReplicas", "workload.fineTuning.batch", "constraints.maxMachines"]);

let x = null;
let y = null;
let running = null;
let drawnFor = null;
let assumed = new Map();
let known = null;

/** Offers the map, and keeps the one that is drawn while its request stands. */
export async function showMap(answer) {
  assumed = new Map((answer.assumptions ?? []).map((each) => [each.field, each.value]));
  const now = JSON.stringify(request.toJson());
  if (now === drawnFor) return;
  running?.abort();
  drawnFor = null;
  const all = request.allFields().filter((each) => request.isNumeric(each) && !NEVER.has(each.path) && fits(each.path));
  const paths = all.map((each) => each.path);
  const [first, second] = usual(paths);
  if (!paths.includes(x)) x = first;
  if (!paths.includes(y) || y === x) y = second;
  const pick = (name, value, set) =>
    h("label", {}, `${name} `, h("select", { "aria-label": name, onchange: (event) => set(event.target.value) }, all.map((each) => h("option", { value: each.path, selected: each.path === value }, label(each.path)))));
  const place = h("div", { "aria-live": "polite" });
  fill(
    byId("map"),
    h(
      "p",
      { class: "map-tools" },
      pick("Across", x, (path) => (x = path)),
      pick("Down", y, (path) => (y = path)),
      h("button", { type: "button", id: "draw-map", onclick: () => draw(place) }, "Draw it"),
      h("span", { class: "quiet" }, `${count(ACROSS.length * DOWN.length)} decisions around what is asked`),
    ),
    place,
  );
}

const fits = (path) => (request.isTraining() ? !path.startsWith("workload.job") : request.isJob() ? !path.startsWith("workload.fineTuning") : !/^workload\.(job|fineTuning)/.test(path));

function usual(paths) {
  const said = ["workload.concurrency", "workload.namedUsers", "workload.sessions", "workload.requestsPerSecond", "workload.requestsPerDay"].find((path) => request.isSaid(path)) ?? "workload.concurrency";
  const [one, other] = request.isTraining() ? ["workload.fineTuning.examples", "workload.fineTuning.deadlineHours"] : request.isJob() ? ["workload.job.items", "workload.job.deadlineHours"] : [said, "workload.inputTokens"];
  return [paths.includes(one) ? one : paths[0], paths.includes(other) ? other : paths[1]];
}

/** Values around what is said or assumed, each once. */
function around(path, factors) {
  const told = request.field(path);
  if (told.kind === "share") return SHARES;
  const now = Number(request.get(path) ?? assumed.get(path) ?? told.example) || 1;
  const values = factors.map((each) => now * each).map((each) => (told.kind === "whole-number" ? Math.round(each) : Number(each.toPrecision(3))));
  return [...new Set(values.map((each) => Math.min(told.most ?? Infinity, Math.max(told.least ?? 0, each, told.kind === "whole-number" ? 1 : 0))))];
}

async function draw(place) {
  if (x === y) return fill(place, h("p", { class: "quiet" }, "Choose two different fields."));
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const asked = request.toJson({ explain: "none", limit: 1 });
  drawnFor = JSON.stringify(request.toJson());
  known = await knowledge().catch(() => null);
  const [across, down] = [around(x, ACROSS), around(y, DOWN)];
  const winners = new Map();
  const points = new Map();
  const bar = h("progress", { "aria-label": "Deciding", max: across.length * down.length, value: 0 });
  fill(place, bar, h("p", { class: "buttons" }, h("button", { type: "button", onclick: () => running.abort() }, "Stop")));
  let drawn = 0;
  const show = (done) => fill(place, table(across, down, points, winners), !done && bar, !done && h("p", { class: "buttons" }, h("button", { type: "button", onclick: () => running.abort() }, "Stop")), source(points));
  try {
    await sweep(
      { request: asked, vary: { [x]: across, [y]: down } },
      (line) => {
        if (line.point === undefined) return;
        const key = line.winner ? [line.acquisition, line.hardware, line.model].join("|") : "none";
        if (!winners.has(key)) winners.set(key, { number: winners.size + 1, words: wordsOf(line) });
        points.set(`${line[x]}|${line[y]}`, { ...line, key });
        bar.value = points.size;
        if (performance.now() - drawn < 300) return;
        drawn = performance.now();
        show(false);
      },
      signal,
    );
    show(true);
    announce(`${plural(winners.size, "winner")} on the map.`);
  } catch (failure) {
    if (isAbort(failure)) return signal === running.signal && points.size ? show(true) : fill(place);
    fill(place, h("p", { class: "quiet" }, failure.message));
  }
}

/** How many of it stands in its cell. */
function wordsOf(line) {
  if (!line.winner) return "Nothing is suitable";
  const name = known?.hardwareById.get(line.hardware)?.name;
  return name ? sentence(choice({ name, acquisition: line.acquisition, model: line.model })) : sentence(line.winner);
}

function table(across, down, points, winners) {
  return [
    h("ul", { class: "legend", "aria-label": "Winners" }, [...winners.values()].map((each) => h("li", {}, h("span", { class: `win win-${((each.number - 1) % COLOURS) + 1}` }, each.number), " ", each.words))),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Winner map, to scroll" },
      h(
        "table",
        { class: "map", "aria-label": "Winner map" },
        h("caption", {}, `${label(y)} (down) and ${label(x)} (across)`),
        h("thead", {}, h("tr", {}, h("td", {}), across.map((value) => h("th", { scope: "col", class: "num" }, valueWords(x, value))))),
        h("tbody", {}, [...down].reverse().map((second) => h("tr", {}, h("th", { scope: "row", class: "num" }, valueWords(y, second)), across.map((first) => h("td", {}, cell(points.get(`${first}|${second}`), winners, first, second)))))),
      ),
    ),
  ];
}

function cell(point, winners, first, second) {
  if (!point) return null;
  const winner = winners.get(point.key);
  const machines = point.winner ? (point.replicas ?? 1) * (point.devices ?? 1) : 0;
  const many = machines > 1 && point.acquisition !== "api" ? ` ${count(machines)}×` : "";
  const words = [sentence(point.winner ?? "nothing is suitable"), point.score && `${score(point.score)} points`, point.monthlyUsd && `${usd(point.monthlyUsd)} a month`, point.runnerUp && `next: ${point.runnerUp}`].filter(Boolean).join(", ");
  return h("button", { type: "button", class: `win win-${((winner.number - 1) % COLOURS) + 1}`, title: words, "aria-label": `${winner.number}${many}: ${words}. Take these values.`, onclick: () => request.setAll({ [x]: first, [y]: second }, "step") }, winner.number, many && h("small", {}, many));
}

const source = (points) => h("p", { class: "quiet" }, `${plural(points.size, "decision")} of the service, none of them kept. The small figure is how many machines; press a cell to take its values.`);
