// What lost, grouped by its reason, with what would help.

import { byId, fill, h } from "./dom.js";
import { fromCode, place, plural, sentence, what } from "./words.js";

export function showWhyNot(answer) {
  const groups = new Map();
  for (const each of answer.rejected) {
    const first = each.firstFinding ?? each.findings?.[0];
    const code = first?.code ?? "ruled-out";
    if (!groups.has(code)) groups.set(code, []);
    groups.get(code).push({ each, first });
  }
  const sorted = [...groups].sort((one, other) => other[1].length - one[1].length);
  fill(byId("why-not"), sorted.length ? sorted.map(([code, members]) => group(code, members, sorted.length <= 2)) : h("p", { class: "quiet" }, "Nothing was ruled out."));
}

function group(code, members, open) {
  const remedies = [...new Set(members.map(({ first }) => remedy(first)).filter(Boolean))];
  return h(
    "details",
    { class: "reason-group", open },
    h("summary", {}, h("b", {}, fromCode(code)), " ", h("span", { class: "quiet" }, plural(members.length, "candidate")), remedies.length === 1 && h("span", { class: "remedy" }, remedies[0])),
    h("ul", { class: "lost" }, members.map((one) => lost(one, remedies.length > 1))),
  );
}

function lost({ each, first }, withRemedy) {
  const others = (each.findings ?? []).filter((one) => one.severity === "rejection" && one.code !== first?.code);
  const wins = each.winsIf?.[0];
  return h(
    "li",
    {},
    h("b", {}, what(each.candidate)),
    " ",
    h("span", {}, first?.message),
    withRemedy && remedy(first) && h("span", { class: "remedy" }, remedy(first)),
    others.length > 0 && h("span", { class: "remedy" }, "Besides: ", others.map((one) => one.message).join(" ")),
    wins && h("span", { class: "remedy" }, `${sentence(`it would win ${wins.when}`)}.`),
    h("small", { class: "how quiet" }, place(first?.at)),
  );
}

/** What the rule says would help; a row of a table has no more to say than that it may be changed. */
function remedy(first) {
  if (first?.remedy) return first.remedy;
  return first?.at?.sheet ? `The policy prefers it so: sheet ${first.at.sheet}, row ${first.at.row}. Where that is wrong for you, change it there.` : null;
}
