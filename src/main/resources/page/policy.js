// The view "Policy": weights, thresholds and tables in a grid. Every edit is tried at once; nothing is in force until it is
// published with a reason. Rules in DRL are code and are only listed.

import { get, getJson, isAbort, post, put } from "./api.js";
import { announce, download, fill, h, whenQuiet } from "./dom.js";
import { openWorkbook, refOf } from "./sheets.js";
import { count, plural, score, sentence, shortVersion } from "./words.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const SKIPPED = new Set(["README"]);
const LONG = /because/i;
const TRY_AFTER = 700; // ms without a key

let book = null;
let version = null;
let chosen = null;
let edits = []; // {sheet, ref, before, after}, oldest first
let page = null;
let trying = null;
let preview = null;

export async function show(place, context) {
  page = { place, context };
  if (book && edits.length) return draw(); // a draft is never thrown away by looking elsewhere
  const response = await get("/rules/policy", { accept: XLSX, headers: { "Cache-Control": "no-cache" } });
  version = (response.headers.get("ETag") ?? "").replace(/^W\//, "");
  book = await openWorkbook(await response.arrayBuffer());
  edits = [];
  preview = null;
  chosen ??= sheets()[0].name;
  draw();
  showRules();
}

const sheets = () => book.sheets.filter((each) => !SKIPPED.has(each.name));
const sheet = () => book.sheets.find((each) => each.name === chosen);
const tryNow = whenQuiet(TRY_AFTER, tryEdits);

function draw() {
  const parts = {
    tools: h("div", { class: "row" }),
    sheets: h("div", { class: "sheets", role: "group", "aria-label": "Sheets" }),
    grid: h("div", { class: "grid-scroll", tabindex: "0", role: "region", "aria-label": "Cells" }),
    result: h("div", { class: "card", role: "region", "aria-label": "What it would change" }),
    rules: h("div", {}),
  };
  page.parts = parts;
  fill(
    page.place,
    h("div", {}, h("h2", {}, "Policy"), h("p", { class: "quiet" }, "What is preferred: weights, limits, and a table of points for each step. Rows are tried from the top; the first that matches gives the points. Edit a cell and see who would win.")),
    parts.sheets,
    parts.grid,
    parts.tools,
    parts.result,
    parts.rules,
  );
  drawSheets();
  drawGrid();
  drawTools();
  drawResult();
}

function drawSheets() {
  const wrong = new Set(problems().map((each) => each.sheet));
  fill(
    page.parts.sheets,
    sheets().map((each) => {
      const many = changedIn(each.name).size;
      return h("button", { type: "button", class: "chip", "aria-pressed": String(each.name === chosen), onclick: () => ((chosen = each.name), draw()) }, each.name, many > 0 && h("b", {}, ` · ${count(many)} edited`), wrong.has(each.name) && h("b", {}, " · wrong"));
    }),
  );
}

const changedIn = (name) => new Set(edits.filter((each) => each.sheet === name).map((each) => each.ref));
const problems = () => (preview?.problems ?? []).map((each) => ({ ...each, ...split(each.at) }));

/** "rules/policy.xlsx Weights!A2" */
function split(at) {
  const [, name, ref] = /^(?:\S+\.xlsx )?'?(.+?)'?!([A-Z]+\d+)$/.exec(String(at ?? "")) ?? [];
  return { sheet: name, ref };
}

function drawGrid() {
  const one = sheet();
  const heads = [];
  for (let column = 1; column <= one.columns; column++) heads.push(one.get(refOf(column, 1)));
  const rows = [];
  for (let row = 2; row <= one.rows; row++) rows.push(row);
  fill(
    page.parts.grid,
    h(
      "table",
      { class: "grid-table", "aria-label": chosen },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("span", { class: "unseen" }, "Row")), heads.map((each) => h("th", { scope: "col" }, each)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row", class: "row-number" }, row), heads.map((head, at) => cell(one, head, refOf(at + 1, row), row))))),
    ),
  );
  mark();
}

function cell(one, head, ref, row) {
  const long = LONG.test(head);
  const formula = one.isFormula(ref);
  const input = h(long ? "textarea" : "input", {
    "aria-label": `${head}, row ${row}`,
    "data-ref": ref,
    value: one.get(ref),
    rows: long ? Math.ceil(one.get(ref).length / 52) || 1 : null,
    type: long ? null : "text",
    readonly: formula,
    spellcheck: long ? null : "false",
    oninput: () => edit(one, ref, input.value),
    onkeydown: (event) => {
      const way = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
      if (!way) return;
      event.preventDefault();
      const { cellIndex, parentElement } = input.parentElement;
      (way > 0 ? parentElement.nextElementSibling : parentElement.previousElementSibling)?.cells[cellIndex]?.querySelector("input, textarea")?.focus();
    },
  });
  return h("td", {}, input);
}

function edit(one, ref, after) {
  const before = one.get(ref);
  if (before === after) return;
  one.set(ref, after);
  const last = edits.at(-1);
  if (last?.sheet === one.name && last.ref === ref) last.after = after;
  else edits.push({ sheet: one.name, ref, before, after });
  edits = edits.filter((each) => each.before !== each.after);
  edited();
}

function edited() {
  preview = edits.length ? preview : null;
  for (const input of page.parts.grid.querySelectorAll("[readonly]")) input.value = sheet().get(input.dataset.ref);
  mark();
  drawSheets();
  drawTools();
  trying?.abort();
  if (edits.length) tryNow();
  else drawResult();
}

function undo() {
  const last = edits.pop();
  const one = book.sheets.find((each) => each.name === last.sheet);
  one.set(last.ref, last.before);
  chosen = last.sheet;
  draw();
  edited();
  page.parts.grid.querySelector(`[data-ref="${last.ref}"]`)?.focus();
}

function mark() {
  const changed = changedIn(chosen);
  const wrong = new Map(problems().filter((each) => each.sheet === chosen).map((each) => [each.ref, each.message]));
  for (const input of page.parts.grid.querySelectorAll("[data-ref]")) {
    const { ref } = input.dataset;
    input.parentElement.className = wrong.has(ref) ? "wrong" : changed.has(ref) ? "changed" : "";
    input.setAttribute("aria-invalid", String(wrong.has(ref)));
    input.title = wrong.get(ref) ?? "";
  }
}

function drawTools() {
  const had = page.reason?.value ?? "";
  page.reason = h("input", { id: "policy-reason", type: "text", value: had, placeholder: "why it should be so", oninput: () => (publishButton.disabled = !mayPublish()) });
  const publishButton = h("button", { type: "button", class: "first", disabled: !mayPublish(), onclick: publish }, "Publish");
  fill(
    page.parts.tools,
    h("div", { class: "field" }, h("label", { for: "policy-reason" }, "Reason"), page.reason, h("p", { class: "help" }, "Kept with the version; needed where others would win than cases want.")),
    h("p", { class: "buttons" }, publishButton, h("button", { type: "button", disabled: !edits.length, onclick: undo }, "Undo"), h("button", { type: "button", disabled: !edits.length, onclick: startAgain }, "Throw away"), h("button", { type: "button", onclick: () => download(book.save(), "policy.xlsx") }, "Download")),
  );
}

const mayPublish = () => edits.length > 0 && preview && !preview.trying && !preview.problems?.length && (preview.passes || (preview.needsYes && page.reason.value.trim() !== ""));

async function startAgain() {
  edits = [];
  await show(page.place, page.context);
}

async function tryEdits() {
  trying?.abort();
  trying = new AbortController();
  preview = { ...(preview ?? {}), trying: true };
  drawResult();
  const body = new FormData();
  body.append("file", book.save(), "policy.xlsx");
  const asked = page.context.currentRequest();
  if (asked.workload.type) body.append("for", new Blob([JSON.stringify(asked)], { type: "application/json" }), "request.json");
  try {
    preview = await (await post("/rules/policy/preview", body, { signal: trying.signal })).json();
  } catch (failure) {
    if (isAbort(failure)) return;
    preview = { problems: failure.errors?.length ? failure.errors : [{ message: failure.message }] };
  }
  mark();
  drawSheets();
  drawResult();
  drawTools();
}

function drawResult() {
  const place = page.parts.result;
  if (!edits.length) return fill(place, h("p", { class: "quiet" }, "Nothing is edited."));
  if (!preview || preview.trying) return fill(place, h("p", { class: "waiting" }, "Deciding all cases and past requests with it …"));
  const wrong = problems();
  if (wrong.length) {
    announce(wrong[0].message);
    return fill(place, h("h3", {}, plural(wrong.length, "cell is wrong", "cells are wrong")), h("ul", { class: "findings" }, wrong.map((each) => h("li", { class: "rejection" }, h("b", {}, each.message), " ", each.sheet ? h("button", { type: "button", class: "chip", onclick: () => goTo(each) }, `${each.sheet}!${each.ref}`) : each.at))));
  }
  const gaps = (preview.analysis ?? []).filter((each) => each.level !== "advice");
  const advice = (preview.analysis ?? []).filter((each) => each.level === "advice");
  const changes = [...(preview.changes ?? [])].sort((one, other) => other.changesWinner - one.changesWinner);
  announce(`${plural(preview.otherWinners, "other winner")}.`);
  fill(
    place,
    h("h3", {}, preview.failedCases?.length ? `${plural(preview.failedCases.length, "case does", "cases do")} not hold` : `All ${plural(preview.casesRun, "case")} hold`),
    h("p", { class: "quiet" }, `${count(preview.answeredDifferently)} of ${plural(preview.compared, "request")} would be answered differently, ${count(preview.otherWinners)} with another winner.`),
    preview.failedCases?.length > 0 && h("ul", { class: "findings" }, preview.failedCases.map((each) => h("li", { class: each.needsYes ? "warning" : "rejection" }, h("b", {}, each.name ?? each.about ?? each.case), " ", each.message ?? each.says ?? "", each.winnerBefore && h("span", { class: "quiet" }, ` ${each.winnerBefore} → ${each.winnerAfter}`)))),
    preview.needsYes && h("p", {}, "Others would win than these cases want. Publishing with your reason says yes to that."),
    (preview.answers ?? []).map((each) => h("p", {}, h("b", {}, "Your request: "), each.changesWinner ? `${each.winnerBefore} → ${each.winnerAfter}` : `${each.winnerAfter} stays first`, `, ${score(each.before?.score)} → ${score(each.after?.score)}.`)),
    changes.length > 0 &&
      h(
        "details",
        { open: preview.otherWinners > 0 && preview.otherWinners < 12 },
        h("summary", {}, "Who wins now"),
        h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, ["Request", "Before", "After", "Because of"].map((each) => h("th", { scope: "col" }, each)))), h("tbody", {}, changes.slice(0, 60).map((each) => h("tr", {}, h("th", { scope: "row" }, each.about), h("td", {}, each.winnerBefore), h("td", {}, each.changesWinner ? h("b", {}, each.winnerAfter) : `the same, ${score(each.before?.score)} → ${score(each.after?.score)}`), h("td", {}, [...new Set((each.causes ?? []).flatMap((cause) => cause.cells ?? []))].slice(0, 2).map((one) => h("small", { class: "how quiet" }, one.replace("rules/policy.xlsx ", ""))))))))),
      ),
    gaps.length > 0 && h("ul", { class: "findings" }, gaps.map((each) => h("li", { class: "warning" }, h("b", {}, each.message), h("small", { class: "how quiet" }, each.at)))),
    advice.length > 0 && h("details", {}, h("summary", {}, plural(advice.length, "hint")), h("ul", { class: "findings" }, advice.map((each) => h("li", {}, each.message, h("small", { class: "how quiet" }, each.at))))),
  );
}

function goTo({ sheet: name, ref }) {
  chosen = name;
  draw();
  const input = page.parts.grid.querySelector(`[data-ref="${ref}"]`);
  input?.scrollIntoView({ block: "center" });
  input?.focus();
}

async function publish() {
  const reason = page.reason.value.trim();
  const forced = preview.needsYes;
  const result = page.parts.result;
  fill(result, h("p", { class: "waiting" }, "Publishing …"));
  try {
    const answer = await (await put(`/rules/policy?reason=${encodeURIComponent(reason)}${forced ? "&force=true" : ""}`, book.save(), { type: XLSX, headers: { "If-Match": version } })).json();
    edits = [];
    book = null;
    page.reason.value = "";
    await show(page.place, page.context);
    if (answer.approval) {
      fill(page.parts.result, h("p", {}, h("b", {}, "A second person has to agree. "), `POST /approvals/${answer.approval.id} with another key puts it in force.`));
      announce("A second person has to agree.");
      return;
    }
    fill(page.parts.result, h("p", {}, h("b", {}, "In force. "), `Version ${shortVersion(answer.inForce.workspace)}. It can be gone back from under Versions.`));
    announce("Published.");
  } catch (failure) {
    fill(result, h("h3", {}, sentence(failure.title ?? "Not published")), h("p", {}, failure.status === 412 ? "Somebody published meanwhile. Download your draft, throw it away here, and edit what is in force now." : failure.message));
  }
}

async function showRules() {
  try {
    const { rules } = await getJson("/rules");
    fill(page.parts.rules, h("details", { class: "plain" }, h("summary", {}, plural(rules.length, "rule in DRL", "rules in DRL")), h("p", { class: "quiet" }, "What is insisted on. They are code: edit them in the folder, where check and preview prove them."), h("ul", { class: "chips" }, rules.map((each) => h("li", {}, h("span", { class: "chip", title: each.at }, each.name))))));
  } catch {
    // the grid stands without them
  }
}
