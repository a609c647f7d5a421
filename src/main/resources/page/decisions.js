// The view "Decisions": what was decided, opened again, proved, and compared with what is known today.

import { getJson, post } from "./api.js";
import { copy, fill, h } from "./dom.js";
import { verdict } from "./answer.js";
import { label } from "./form.js";
import { KINDS_OF_WORK, STEPS, choice, count, date, plural, score, sentence, shortVersion, usd } from "./words.js";

let context = null;
let place = null;

export async function show(where, given) {
  [place, context] = [where, given];
  const id = new URLSearchParams(location.hash.slice(1)).get("decision");
  if (id) return open(id);
  const labelled = h("input", { id: "decision-label", type: "search", autocomplete: "off", placeholder: "all", onchange: async () => fill(body, list(await known(labelled.value.trim()))) });
  const field = h("input", { id: "decision-id", type: "text", autocomplete: "off", placeholder: "01J…" });
  const body = h("div", {}, h("p", { class: "waiting" }, "Looking …"));
  fill(
    place,
    h("div", {}, h("h2", {}, "Decisions"), h("p", { class: "quiet" }, "Each answer is kept with the version that gave it, so it can be made again and compared with today.")),
    h(
      "form",
      { class: "row", onsubmit: (event) => (event.preventDefault(), field.value.trim() && goTo(field.value.trim())) },
      h("div", { class: "field" }, h("label", { for: "decision-label" }, "With the label"), labelled),
      h("div", { class: "field" }, h("label", { for: "decision-id" }, "Open by its id"), field),
      h("p", { class: "buttons" }, h("button", { type: "submit" }, "Open")),
    ),
    body,
  );
  fill(body, list(await known()));
}

/** What was answered with advice: each key pressed was decided too, and nobody looks for those. */
async function known(labelled) {
  const { decisions } = await getJson(`/decisions?advised=true&limit=60${labelled ? `&label=${encodeURIComponent(labelled)}` : ""}`, { headers: { "Cache-Control": "no-cache" } });
  return decisions;
}

function list(all) {
  if (!all.length) return h("p", { class: "empty" }, "Nothing is here yet. Decide something, and it stands here.");
  return h(
    "ul",
    { class: "list" },
    all.map((each) =>
      h(
        "li",
        {},
        h("div", {}, h("b", {}, `${KINDS_OF_WORK[each.type] ?? each.type ?? "Decision"}${each.model ? `, ${each.model.name ?? each.model}` : ""}`), each.name && ` · ${each.name}`, (each.labels ?? []).map((one) => [" ", h("span", { class: "tag" }, one)]), h("p", { class: "quiet" }, each.headline), h("small", { class: "quiet" }, date(each.createdAt))),
        h("p", { class: "buttons" }, h("button", { type: "button", onclick: () => goTo(each.id) }, "Open")),
      ),
    ),
  );
}

function goTo(id) {
  const words = new URLSearchParams(location.hash.slice(1));
  words.set("tab", "decisions");
  words.set("decision", id);
  location.hash = words.toString();
}

function back() {
  const words = new URLSearchParams(location.hash.slice(1));
  words.delete("decision");
  location.hash = words.toString();
}

async function open(id) {
  const leave = h("p", { class: "buttons" }, h("button", { type: "button", onclick: back }, "← All decisions"));
  let record;
  try {
    record = await getJson(`/decisions/${encodeURIComponent(id)}`);
  } catch (failure) {
    fill(place, leave, h("p", { class: "empty" }, failure.message));
    return;
  }
  const { answer, request } = record;
  const outcome = h("div", { "aria-live": "polite" });
  const best = answer.recommendations[0];
  fill(
    place,
    leave,
    h(
      "article",
      { class: "card lead" },
      h("h2", {}, best ? sentence(choice(best.candidate)) : "Nothing was suitable"),
      h("p", { class: "quiet" }, `${date(record.createdAt)} · version ${shortVersion(record.version)} · as of ${answer.asOf}`),
      answer.headline && h("p", { class: "why" }, answer.headline),
      h("h3", {}, "Asked"),
      h("dl", { class: "pairs" }, said(request).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      h(
        "div",
        { class: "scroll" },
        h(
          "table",
          { "aria-label": "Ranking" },
          h("thead", {}, h("tr", {}, ["#", "What", "Verdict", "Score", "A month"].map((each) => h("th", { scope: "col" }, each)))),
          h("tbody", {}, answer.recommendations.slice(0, 8).map((each) => h("tr", {}, h("td", {}, each.rank), h("th", { scope: "row" }, sentence(choice(each.candidate)), h("small", { class: "how quiet" }, [each.candidate.engine, each.candidate.quantization].filter(Boolean).join(" · "))), h("td", {}, verdict(each.verdict)), h("td", { class: "num" }, score(each.score)), h("td", { class: "num" }, usd(each.cost?.monthlyUsd))))),
        ),
      ),
      best?.steps && h("p", { class: "quiet" }, best.steps.map((each) => `${STEPS[each.step] ?? each.step}: ${each.because}`).join(" ")),
      h(
        "p",
        { class: "buttons" },
        h("button", { type: "button", class: "first", onclick: () => context.takeRequest({ ...request, asOf: null }) }, "Decide again today"),
        h("button", { type: "button", onclick: () => replay(id, outcome) }, "Replay"),
        h("button", { type: "button", onclick: (event) => copy(location.href, event.target) }, "Copy link"),
        h("button", { type: "button", onclick: () => print() }, "Print as a brief"),
      ),
      outcome,
    ),
  );
}

/** What the request said, without what it left open. */
function said(request) {
  const rows = [];
  const walk = (value, path) => {
    if (value === null || value === undefined || value === false) return;
    if (Array.isArray(value)) rows.push([path, value.map((each) => (typeof each === "object" ? (each.hardware ?? JSON.stringify(each)) : each)).join(", ")]);
    else if (typeof value === "object") Object.entries(value).forEach(([key, each]) => walk(each, path ? `${path}.${key}` : key));
    else rows.push([path, typeof value === "number" ? count(value) : String(value)]);
  };
  walk({ ...request, explain: null, limit: null, asOf: null }, "");
  return rows.map(([path, value]) => [label(path), path === "workload.type" ? (KINDS_OF_WORK[value] ?? value) : value]);
}

async function replay(id, outcome) {
  fill(outcome, h("p", { class: "waiting" }, "Deciding again with the version of then …"));
  try {
    const result = await (await post(`/decisions/${encodeURIComponent(id)}/replay`)).json();
    fill(
      outcome,
      result.same
        ? h("p", {}, h("span", { class: "tag" }, "✓ the same"), ` Version ${shortVersion(result.version)} gives the same answer, byte for byte but for its id and time.`)
        : [h("p", {}, plural(result.differences.length, "difference")), h("ul", { class: "findings" }, result.differences.map((each) => h("li", { class: "warning" }, typeof each === "string" ? each : JSON.stringify(each))))],
    );
  } catch (failure) {
    fill(outcome, h("p", { class: "problem" }, failure.message));
  }
}
