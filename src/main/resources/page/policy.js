// The view "Policy": weights, thresholds and tables in a grid. Every edit is tried at once; nothing is in force until it is
// published with a reason. Rules in DRL are code and are only listed.

import { get, getJson, isAbort, may, post, put } from "./api.js";
import { announce, download, fill, h, whenQuiet } from "./dom.js";
import { openDraft } from "./draft.js";
import { grid } from "./grid.js";
import { learnNames, outcomeWords, problemsOf, showResult } from "./policyresult.js";
import { count, plural, sentence, shortVersion } from "./words.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const TRY_AFTER = 700; // ms without a key

let draft = null;
let chosen = null;
let page = null;
let cells = null;
let trying = null;
let preview = null;

export async function show(place, context) {
  page = { ...page, place, context };
  await learnNames();
  const cell = /^(.+)!([A-Z]+\d+)$/.exec(new URLSearchParams(location.hash.slice(1)).get("cell") ?? "");
  if (draft?.isEdited) return drawAt(cell); // a draft is never thrown away by looking elsewhere
  const response = await get("/rules/policy", { accept: XLSX, headers: { "Cache-Control": "no-cache" } });
  const version = (response.headers.get("ETag") ?? "").replace(/^W\//, "");
  if (draft?.version !== version) preview = null;
  draft = await openDraft(await response.arrayBuffer(), version);
  chosen ??= draft.sheets[0].name;
  drawAt(cell);
  showRules();
}

/** A link may lead to a cell. */
function drawAt(cell) {
  if (cell && draft.sheets.some(({ name }) => name === cell[1])) goTo({ sheet: cell[1], ref: cell[2] });
  else draw();
}

const tryNow = whenQuiet(TRY_AFTER, tryIt);
const mayEdit = () => may("edit");

function draw() {
  const parts = {
    sheets: h("div", { class: "sheets", role: "group", "aria-label": "Sheets" }),
    grid: h("div", {}),
    tools: h("div", { class: "row publishing" }),
    result: h("div", { class: "card", role: "region", "aria-label": "What it would change" }),
    rules: page.parts?.rules ?? h("div", {}),
  };
  page.parts = parts;
  fill(
    page.place,
    h("div", {}, h("h2", {}, "Policy"), h("p", { class: "quiet" }, "What is preferred: weights, limits, and a table of points for each step. Rows are tried from the top; the first that matches gives the points. ", mayEdit() ? "Edit a cell and see who would win." : "Your key may look, not edit.")),
    parts.sheets,
    parts.grid,
    mayEdit() && parts.tools,
    mayEdit() && parts.result,
    parts.rules,
  );
  drawSheets();
  drawGrid();
  drawTools();
  drawResult();
}

function drawSheets() {
  const wrong = new Set(problemsOf(preview).map((each) => each.sheet));
  fill(
    page.parts.sheets,
    draft.sheets.map(({ name }) => {
      const many = draft.changes(name);
      return h("button", { type: "button", class: "chip", "aria-pressed": String(name === chosen), onclick: () => ((chosen = name), draw()) }, name, many > 0 && h("b", {}, ` · ${count(many)} edited`), wrong.has(name) && h("b", {}, " · wrong"));
    }),
  );
}

function drawGrid(at = null) {
  cells = grid(draft, chosen, { mayEdit: mayEdit(), edited, at });
  fill(page.parts.grid, cells.element);
  cells.mark(problemsOf(preview));
  if (at) cells.focus(at);
}

/** @param at where to go on, when rows have come or gone */
function edited(at = null) {
  preview = draft.isEdited ? preview && { ...preview, trying: true } : null; // nothing is published that was not tried
  if (at) drawGrid(at);
  cells.mark(problemsOf(preview));
  drawSheets();
  drawTools();
  trying?.abort();
  if (draft.isEdited) tryNow();
  else drawResult();
}

function undo() {
  const { name, ref } = draft.undo();
  chosen = name;
  edited(ref);
  announce("Undone.");
}

/** The field for the reason is made once: answers come while somebody writes in it. */
function drawTools() {
  if (!page.parts.tools.childElementCount) buildTools();
  const { publish, undo, away, outcome } = page.parts.buttons;
  publish.disabled = !mayPublish();
  undo.disabled = away.disabled = !draft.isEdited;
  outcome.textContent = outcomeWords({ isEdited: draft.isEdited, preview, reason: page.reason.value.trim() });
}

function buildTools() {
  page.reason = h("input", { id: "policy-reason", type: "text", value: page.reason?.value ?? "", placeholder: "why it should be so", oninput: drawTools });
  const buttons = {
    publish: h("button", { type: "button", class: "first", id: "policy-publish", onclick: publish }, "Publish"),
    undo: h("button", { type: "button", id: "policy-undo", onclick: undo }, "Undo"),
    away: h("button", { type: "button", onclick: throwAway }, "Throw away"),
    outcome: h("p", { class: "outcome", id: "policy-outcome" }),
  };
  page.parts.buttons = buttons;
  fill(
    page.parts.tools,
    buttons.outcome,
    h("div", { class: "field" }, h("label", { for: "policy-reason" }, "Reason"), page.reason, h("p", { class: "help" }, "Needed: it is kept with the version, and whoever looks later finds it there.")),
    h("p", { class: "buttons" }, buttons.publish, buttons.undo, buttons.away, h("button", { type: "button", onclick: () => download(draft.bytes(), "policy.xlsx") }, "Download")),
  );
}

function throwAway() {
  page.reason.value = "";
  return startAgain();
}

const mayPublish = () => draft.isEdited && preview && !preview.trying && !preview.problems?.length && (preview.passes || preview.needsYes) && page.reason.value.trim() !== "";

async function startAgain() {
  draft = null;
  preview = null;
  await show(page.place, page.context);
}

/** What is edited, or what is in force, decided over all cases and past requests. */
async function tryIt() {
  trying?.abort();
  trying = new AbortController();
  preview = { ...preview, trying: true };
  drawResult();
  drawTools();
  const body = new FormData();
  body.append("file", draft.bytes(), "policy.xlsx");
  const asked = page.context.currentRequest();
  if (asked.workload.type) body.append("for", new Blob([JSON.stringify(asked)], { type: "application/json" }), "request.json");
  try {
    preview = await (await post("/rules/policy/preview", body, { signal: trying.signal })).json();
  } catch (failure) {
    if (isAbort(failure)) return;
    preview = { problems: failure.errors?.length ? failure.errors : [{ message: failure.message }] };
  }
  cells.mark(problemsOf(preview));
  drawSheets();
  drawResult();
  drawTools();
}

const drawResult = () => showResult(page.parts.result, { isEdited: draft.isEdited, preview, look: tryIt, goTo });

function goTo({ sheet, ref }) {
  chosen = sheet;
  draw();
  cells.focus(ref);
}

async function publish() {
  const reason = page.reason.value.trim();
  const forced = preview.needsYes;
  fill(page.parts.result, h("p", { class: "waiting" }, "Publishing …"));
  try {
    const answer = await (await put(`/rules/policy?reason=${encodeURIComponent(reason)}${forced ? "&force=true" : ""}`, draft.bytes(), { type: XLSX, headers: { "If-Match": draft.version } })).json();
    page.reason.value = "";
    await startAgain();
    if (answer.approval) {
      fill(page.parts.result, h("p", {}, h("b", {}, "A second person has to agree. "), "Until then it waits, for a day at most. ", h("button", { type: "button", onclick: () => page.context.go("versions") }, "Show what waits")));
      announce("A second person has to agree.");
      return;
    }
    page.context.versionChanged();
    fill(page.parts.result, h("p", {}, h("b", {}, "In force. "), `Version ${shortVersion(answer.inForce.workspace)}. `, h("button", { type: "button", onclick: () => page.context.go("versions") }, "Go back to another")));
    page.parts.result.scrollIntoView({ block: "nearest" });
    announce("Published.");
  } catch (failure) {
    fill(page.parts.result, h("h3", {}, sentence(failure.title ?? "Not published")), h("p", {}, failure.status === 412 ? "Somebody published meanwhile. Download your draft, throw it away here, and edit what is in force now." : failure.message));
  }
}

async function showRules() {
  try {
    const { rules } = await getJson("/rules");
    const byFile = Map.groupBy ? Map.groupBy(rules, (each) => each.at.split(":")[0]) : new Map([["rules", rules]]);
    fill(
      page.parts.rules,
      h(
        "details",
        { class: "plain" },
        h("summary", {}, plural(rules.length, "rule in DRL", "rules in DRL")),
        h("p", { class: "quiet" }, "What is insisted on. They are code: edit them in the folder, where check and preview prove them."),
        [...byFile].map(([file, members]) => [h("h3", {}, file), h("ul", { class: "chips" }, members.map((each) => h("li", {}, h("span", { class: "chip", title: each.at }, each.name))))]),
      ),
    );
  } catch {
    // the grid stands without them
  }
}
