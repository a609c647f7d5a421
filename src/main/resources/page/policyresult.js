// What an edited policy would change: cells that are wrong, cases that do not hold, who would win now, gaps in the tables.

import { knowledge, may } from "./api.js";
import { changesTable } from "./changes.js";
import { announce, fill, h } from "./dom.js";
import { count, fromCode, plural, score, sentence } from "./words.js";

const VERBS = { buy: "buy", rent: "rent", owned: "use your own", api: "use" };
const MOST_CHANGES = 60;
const MOST_FINDINGS = 12;

let catalogue = null;

/** From then on machines are called by their names. */
export async function learnNames() {
  catalogue = may("decide") ? await knowledge().catch(() => null) : null;
}

/** "nvidia-l4 × 2 buy vllm fp8" → "Buy 2× NVIDIA L4, vllm fp8" */
function winner(text) {
  const [, id, many, way, how] = /^(\S+)(?: × (\d+))? (buy|rent|owned|api)\b ?(.*)$/.exec(text ?? "") ?? [];
  if (!id) return text ? (catalogue?.hardwareById.get(text)?.name ?? text) : "nothing suitable";
  return `${sentence(VERBS[way])} ${many > 1 ? `${many}× ` : ""}${catalogue?.hardwareById.get(id)?.name ?? id}${how ? `, ${how}` : ""}`;
}

/** One line that stands beside the button: who would win, and what is in the way of publishing. */
export function outcomeWords({ isEdited, preview, reason }) {
  if (!isEdited) return "";
  if (!preview || preview.trying) return "Trying it …";
  const wrong = preview.problems?.length ?? 0;
  if (wrong) return `${plural(wrong, "cell is wrong", "cells are wrong")}: it cannot be published.`;
  const [own] = preview.answers ?? [];
  const yours = own ? (own.changesWinner ? `Your request: ${winner(own.winnerBefore)} → ${winner(own.winnerAfter)}. ` : `Your request: ${winner(own.winnerAfter)} stays first. `) : "";
  const all = `${count(preview.otherWinners)} of ${plural(preview.compared, "request")} with another winner. `;
  const must = (preview.failedCases ?? []).filter((each) => each.kind === "truth").length;
  const gaps = (preview.analysis ?? []).filter((each) => each.level !== "advice").length;
  if (!preview.passes && !preview.needsYes) return yours + all + (must ? `It cannot be published: ${plural(must, "case that must hold does", "cases that must hold do")} not.` : gaps ? `It cannot be published: ${plural(gaps, "gap or row", "gaps and rows")} to mend.` : "It cannot be published: see below.");
  const wanted = (preview.failedCases ?? []).filter((each) => each.needsYes).length;
  return yours + all + (wanted && preview.needsYes ? `${plural(wanted, "case that somebody wanted does", "cases that somebody wanted do")} not hold; publishing says yes to that. ` : "") + (reason ? "" : "Give a reason to publish it.");
}

/** What is wrong, with the sheet and the cell where it is. */
export const problemsOf = (preview) => (preview?.problems ?? []).map((each) => ({ ...each, ...split(each.at) }));

/** "rules/policy.xlsx Weights!A2" */
function split(at) {
  const [, sheet, ref] = /^(?:\S+\.xlsx )?'?(.+?)'?!([A-Z]+\d+)/.exec(String(at ?? "")) ?? [];
  return { sheet, ref };
}

/**
 * @param look tries what is in force, or what is edited
 * @param goTo opens a cell
 */
export function showResult(place, { isEdited, preview, look, goTo }) {
  if (preview?.trying) return fill(place, h("p", { class: "waiting" }, "Deciding all cases and past requests with it …"));
  if (!preview) {
    return isEdited
      ? fill(place, h("p", { class: "waiting" }, "Waiting until you stop typing …"))
      : fill(place, h("p", { class: "quiet" }, "Nothing is edited."), h("p", { class: "buttons" }, h("button", { type: "button", onclick: look }, "Look for gaps and rows that never match")));
  }
  const button = (each) => (each.sheet ? h("button", { type: "button", class: "chip", onclick: () => goTo(each) }, `${each.sheet}!${each.ref}`) : each.at);
  const wrong = problemsOf(preview);
  if (wrong.length) {
    announce(wrong[0].message);
    return fill(place, h("h3", {}, plural(wrong.length, "cell is wrong", "cells are wrong")), h("ul", { class: "findings" }, wrong.map((each) => h("li", { class: "rejection" }, h("b", {}, each.message), " ", button(each)))));
  }
  announce(isEdited ? `${plural(preview.otherWinners, "other winner")}.` : "Looked through.");
  return fill(place, isEdited && effect(preview), analysis(preview, button));
}

/** What something that waits would change: its cells, and who would win then. */
export function showEffect(place, change) {
  const failed = change.failedCases ?? [];
  fill(place, changesTable((change.changedCells ?? []).map((each) => ({ ...each, column: each.column ?? fromCode(each.kind) }))), change.casesRun ? effect(change) : h("ul", { class: "findings" }, failed.map(asFailed)));
}

function effect(preview) {
  const changes = [...(preview.changes ?? [])].sort((one, other) => other.changesWinner - one.changesWinner);
  return [
    h("h3", {}, preview.failedCases?.length ? `${plural(preview.failedCases.length, "case does", "cases do")} not hold` : `All ${plural(preview.casesRun, "case")} hold`),
    h("p", { class: "quiet" }, `${count(preview.answeredDifferently)} of ${plural(preview.compared, "request")} would be answered differently, ${count(preview.otherWinners)} with another winner.`),
    (preview.answers ?? []).map((each) => h("p", {}, h("b", {}, "Your request: "), each.changesWinner ? `${winner(each.winnerBefore)} → ${winner(each.winnerAfter)}` : `${winner(each.winnerAfter)} stays first`, `, ${score(each.before?.score)} → ${score(each.after?.score)}.`)),
    preview.failedCases?.length > 0 && h("ul", { class: "findings" }, preview.failedCases.map(asFailed)),
    preview.needsYes && h("p", {}, "Others would win than these cases want. Publishing with your reason says yes to that."),
    changes.length > 0 &&
      h(
        "details",
        { class: "plain", open: preview.otherWinners > 0 && preview.otherWinners < 12 },
        h("summary", {}, "Who wins now"),
        h(
          "div",
          { class: "scroll", tabindex: "0", role: "region", "aria-label": "Who wins now" },
          h("table", {}, h("thead", {}, h("tr", {}, ["Request", "Before", "After", "Because of"].map((each) => h("th", { scope: "col" }, each)))), h("tbody", {}, changes.slice(0, MOST_CHANGES).map(changed))),
        ),
      ),
  ];
}

/** A case that did not hold before either stops nobody. */
function asFailed(each) {
  const truth = each.kind === "truth";
  const other = each.winnerBefore !== each.winnerAfter;
  return h(
    "li",
    { class: truth ? "rejection" : "warning" },
    h("b", {}, each.statement ?? each.id),
    h("span", { class: "remedy" }, truth ? " This must hold." : each.needsYes ? " Somebody wanted it so." : " It did not hold before either."),
    other && h("span", { class: "quiet" }, ` ${winner(each.winnerBefore)} → ${winner(each.winnerAfter)}`),
    h("small", { class: "how quiet" }, (each.failed ?? []).map((one) => `${one.column}: ${one.expected}`).join("; "), " · ", each.at),
  );
}

function changed(each) {
  const causes = [...new Set((each.causes ?? []).flatMap((cause) => cause.cells ?? []))].slice(0, 2);
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, each.about),
    h("td", {}, winner(each.winnerBefore)),
    h("td", {}, each.changesWinner ? h("b", {}, winner(each.winnerAfter)) : `the same, ${score(each.before?.score)} → ${score(each.after?.score)}`),
    h("td", {}, causes.map((one) => h("small", { class: "how quiet" }, one.replace("rules/policy.xlsx ", "")))),
  );
}

/** Gaps, and rows that never match. */
function analysis(preview, button) {
  const all = (preview.analysis ?? []).map((each) => ({ ...each, ...split(each.at) }));
  const gaps = all.filter((each) => each.level !== "advice"); // nothing is published while one is there
  const advice = all.filter((each) => each.level === "advice");
  const list = (some, kind) => h("ul", { class: "findings" }, some.map((each) => h("li", { class: kind }, each.message, " ", button(each))));
  if (!all.length) return h("p", { class: "quiet" }, "No gap, and no row that never matches.");
  return [
    gaps.length > 0 && [h("h3", {}, `${plural(gaps.length, "gap or row", "gaps and rows")} to mend before it can be published`), list(gaps.slice(0, MOST_FINDINGS), "rejection"), gaps.length > MOST_FINDINGS && h("details", { class: "plain" }, h("summary", {}, `${count(gaps.length - MOST_FINDINGS)} more`), list(gaps.slice(MOST_FINDINGS), "rejection"))],
    advice.length > 0 && h("details", { class: "plain" }, h("summary", {}, plural(advice.length, "hint")), list(advice, "")),
  ];
}
