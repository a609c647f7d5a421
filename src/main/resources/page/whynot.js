// What lost, grouped by its reason, with what would help.

import { may } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { fieldWords } from "./form.js";
import { fromCode, place, plural, sentence, what } from "./words.js";

let shown = null;
let asked = "";

export function showWhyNot(answer) {
  shown = answer;
  const place = byId("why-not");
  if (!answer.rejected.length) return fill(place, h("p", { class: "quiet" }, "Nothing was ruled out."));
  if (!byId("why-not-name")) {
    const name = h("input", { id: "why-not-name", type: "search", autocomplete: "off", placeholder: "part of its name, e.g. Mac", oninput: () => ((asked = name.value), draw()) });
    fill(place, h("div", { class: "field why-not-name" }, h("label", { for: "why-not-name" }, "Why did it lose?"), name), h("div", { id: "why-not-groups" }));
  }
  draw();
}

function draw() {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map();
  for (const each of shown.rejected) {
    if (!words.every((word) => `${what(each.candidate)} ${each.candidate.hardware}`.toLowerCase().includes(word))) continue;
    const first = each.firstFinding ?? each.findings?.[0];
    const code = first?.code ?? "ruled-out";
    if (!groups.has(code)) groups.set(code, []);
    groups.get(code).push({ each, first });
  }
  const sorted = [...groups].sort((one, other) => other[1].length - one[1].length);
  const isRanked = words.length > 0 && shown.recommendations.some((each) => words.every((word) => what(each.candidate).toLowerCase().includes(word)));
  fill(
    byId("why-not-groups"),
    words.length > 0 && sorted.length === 0 && h("p", { class: "quiet" }, isRanked ? "It did not lose: it stands in the ranking." : "No candidate that lost has that in its name."),
    sorted.map(([code, members]) => group(code, members, sorted.length <= 2 || words.length > 0)),
  );
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
    h("small", { class: "how quiet" }, origin(first?.at)),
  );
}

/** Of the policy it is a link, so that one can try another row. */
function origin(at) {
  if (!at?.sheet || !at.file?.endsWith("policy.xlsx") || !may("read")) return place(at);
  const words = new URLSearchParams(location.hash.slice(1));
  words.set("tab", "policy");
  words.set("cell", `${at.sheet}!A${at.row}`);
  return h("a", { href: `#${words}` }, place(at));
}

/** What the rule says would help; a row of a table has no more to say than that it may be changed. */
function remedy(first) {
  if (first?.remedy) return fieldWords(first.remedy);
  return first?.at?.sheet ? `The policy prefers it so: sheet ${first.at.sheet}, row ${first.at.row}. Where that is wrong for you, change it there.` : null;
}
