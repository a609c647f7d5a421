// The view "Decisions": what was decided, opened again, proved, and compared with what is known today.

import { get, getJson, knowledge, may, post, postJson } from "./api.js";
import { copy, fill, h } from "./dom.js";
import { certaintyWords, finding, verdict } from "./answer.js";
import { facts } from "./facts.js";
import { label, valueWords } from "./form.js";
import { KINDS_OF_WORK, STEPS, choice, count, date, day, means, plural, score, sentence, shortVersion, usd, what } from "./words.js";

const AT_ONCE = 50;
const MOST_ROWS = 6; // a brief is one page

let context = null;
let place = null;

export async function show(where, given) {
  [place, context] = [where, given];
  const id = new URLSearchParams(location.hash.slice(1)).get("decision");
  if (id) return open(id);
  const look = () => search(body, { label: labelled.value.trim(), since: since.value, until: dayAfter(until.value) });
  const labelled = h("input", { id: "decision-label", type: "search", autocomplete: "off", placeholder: "all", onchange: look });
  const since = h("input", { id: "decision-since", type: "date", onchange: look });
  const until = h("input", { id: "decision-until", type: "date", onchange: look });
  const field = h("input", { id: "decision-id", type: "text", autocomplete: "off", placeholder: "01J…" });
  const body = h("div", {}, h("p", { class: "waiting" }, "Looking …"));
  fill(
    place,
    h("div", {}, h("h2", {}, "Decisions"), h("p", { class: "quiet" }, "Each answer is kept with the version that gave it, so it can be made again and compared with today.")),
    h(
      "form",
      { class: "row", onsubmit: (event) => (event.preventDefault(), field.value.trim() && goTo(field.value.trim())) },
      h("div", { class: "field" }, h("label", { for: "decision-label" }, "With the label"), labelled),
      h("div", { class: "field" }, h("label", { for: "decision-since" }, "From"), since),
      h("div", { class: "field" }, h("label", { for: "decision-until" }, "Until"), until),
      h("div", { class: "field" }, h("label", { for: "decision-id" }, "Open by its id"), field),
      h("p", { class: "buttons" }, h("button", { type: "submit" }, "Open")),
    ),
    body,
  );
  await look();
}

/** The first moment that is no longer of this day; the service asks until when. */
function dayAfter(day) {
  if (!day) return "";
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

/** What was answered with advice; older ones follow when they are asked for. */
async function search(body, said) {
  const words = new URLSearchParams({ advised: "true", limit: String(AT_ONCE) });
  for (const [name, value] of Object.entries(said)) if (value) words.set(name, value);
  await page(`/decisions?${words}`, Object.values(said).some(Boolean));

  async function page(address, isNarrowed, shown = []) {
    try {
      const response = await get(address, { headers: { "Cache-Control": "no-cache" } });
      const all = [...shown, ...(await response.json()).decisions];
      const next = /<([^>]+)>; rel="next"/.exec(response.headers.get("Link") ?? "")?.[1];
      fill(body, list(all, isNarrowed), next && h("p", { class: "buttons" }, h("button", { type: "button", onclick: () => page(next, isNarrowed, all) }, "Older ones")));
    } catch (failure) {
      fill(body, h("p", { class: "empty" }, failure.message));
    }
  }
}

function list(all, isNarrowed) {
  if (!all.length) return h("p", { class: "empty" }, isNarrowed ? "Nothing was decided with that label or in that time." : "Nothing is here yet. Decide something, and it stands here.");
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
  const known = await knowledge().catch(() => null); // a key that may only read has none
  const outcome = h("div", { "aria-live": "polite" });
  const best = answer.recommendations[0];
  fill(
    place,
    leave,
    h(
      "article",
      { class: "card lead" },
      h("h2", {}, best ? sentence(choice(best.candidate)) : "Nothing was suitable"),
      h("p", { class: "quiet" }, `${date(record.createdAt)} · version ${shortVersion(record.version)} · as of ${day(answer.asOf)}`),
      answer.headline && h("p", { class: "why" }, answer.headline),
      best && facts(answer, best, known),
      stability(answer),
      h("h3", {}, "Asked"),
      h("dl", { class: "pairs" }, said(request).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      h(
        "div",
        { class: "scroll" },
        h(
          "table",
          { "aria-label": "Ranking" },
          h("thead", {}, h("tr", {}, ["#", "What", "Verdict"].map((each) => h("th", { scope: "col" }, each)), ["Score", "A month"].map((each) => h("th", { scope: "col", class: "num" }, each)))),
          h("tbody", {}, answer.recommendations.slice(0, MOST_ROWS).map((each) => h("tr", {}, h("td", {}, each.rank), h("th", { scope: "row" }, sentence(choice(each.candidate)), h("small", { class: "how quiet" }, means(each.candidate))), h("td", {}, verdict(each.verdict)), h("td", { class: "num" }, score(each.score)), h("td", { class: "num" }, usd(each.cost?.monthlyUsd))))),
        ),
      ),
      best?.steps && [h("h3", {}, "Why it is first"), h("ul", { class: "because" }, best.steps.map((each) => h("li", {}, h("b", {}, STEPS[each.step] ?? each.step), ` ${score(each.score)} of ${score(each.weight)}. ${each.because}`)))],
      best?.findings?.some((each) => each.severity !== "note") && [h("h3", {}, "To know"), h("ul", { class: "findings" }, best.findings.filter((each) => each.severity !== "note").map(finding))],
      answer.questions?.length > 0 && [h("h3", {}, "Find out first"), h("ul", { class: "because" }, answer.questions.slice(0, 4).map((each) => h("li", {}, h("b", {}, each.question ?? label(each.field)), ` ${each.because}`)))],
      answer.assumptions?.length > 0 && h("p", { class: "quiet" }, "Assumed: ", answer.assumptions.map((each) => `${label(each.field)} ${valueWords(each.field, each.value)}`).join(", "), "."),
      h(
        "p",
        { class: "buttons" },
        may("decide") && h("button", { type: "button", class: "first", onclick: () => compare(record, outcome) }, "Compare with today"),
        may("decide") && h("button", { type: "button", onclick: () => context.takeRequest({ ...request, asOf: null }) }, "Open in Decide"),
        h("button", { type: "button", onclick: () => replay(id, outcome) }, "Replay"),
        h("button", { type: "button", onclick: (event) => copy(location.href, event.target) }, "Copy link"),
        h("button", { type: "button", onclick: () => print() }, "Print as a brief"),
      ),
      outcome,
    ),
  );
}

const stability = (answer) => answer.stability && h("p", { class: "quiet" }, certaintyWords(answer.stability));

/** The same request, with what is known today; the answer is not kept. */
async function compare({ answer: then, request }, outcome) {
  fill(outcome, h("p", { class: "waiting" }, "Deciding with what is known today …"));
  try {
    const [now] = await postJson("/decide?keep=false", [{ ...request, asOf: null, explain: "summary" }]);
    if (!now.outcome) throw new Error(now.detail);
    const [before, today] = [then.recommendations[0], now.recommendations[0]];
    const there = (of, one) => one && [...of.recommendations, ...of.rejected].find((each) => sameMachine(each.candidate, one.candidate));
    const line = (name, one, other) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, one ?? "–"), h("td", {}, other ?? "–"));
    const figures = (one) => one && `${one.rank ? `${count(one.rank)}.` : "ruled out"}, ${score(one.score)} points, ${usd(one.cost?.monthlyUsd)} a month`;
    const isSame = before && today && sameMachine(before.candidate, today.candidate);
    fill(
      outcome,
      h("p", {}, h("b", {}, isSame ? "The same would be first today." : "Another would be first today."), ` Then version ${shortVersion(then.versions.workspace)}, as of ${day(then.asOf)}; now ${shortVersion(now.versions.workspace)}, as of ${day(now.asOf)}.`),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": "Then and today" },
        h(
          "table",
          { "aria-label": "Then and today" },
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("span", { class: "unseen" }, "What")), h("th", { scope: "col" }, "Then"), h("th", { scope: "col" }, "Today"))),
          h("tbody", {}, line("First", before && sentence(choice(before.candidate)), today && sentence(choice(today.candidate))), before && line(`${sentence(what(before.candidate))}`, figures(before), figures(there(now, before))), today && !isSame && line(`${sentence(what(today.candidate))}`, figures(there(then, today)), figures(today))),
        ),
      ),
    );
  } catch (failure) {
    fill(outcome, h("p", { class: "problem" }, failure.message));
  }
}

const sameMachine = (one, other) => ["hardware", "offer", "acquisition", "model"].every((name) => (one[name] ?? null) === (other[name] ?? null));

/** What the request said, without what it left open. */
function said(request) {
  const rows = [];
  const walk = (value, path) => {
    if (value === null || value === undefined || value === false) return;
    if (Array.isArray(value)) rows.push([path, value.map((each) => (typeof each === "object" ? (each.hardware ?? JSON.stringify(each)) : each)).join(", ")]);
    else if (typeof value === "object") Object.entries(value).forEach(([key, each]) => walk(each, path ? `${path}.${key}` : key));
    else rows.push([path, valueWords(path, value)]);
  };
  walk({ ...request, explain: null, limit: null, asOf: null }, "");
  return rows.map(([path, value]) => [path === "candidates" ? "Only these machines" : label(path), value]);
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
