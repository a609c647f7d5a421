// A machine alone: which models it runs, the best first.

import { isAbort, ladder } from "./api.js";
import { byId, fill, h } from "./dom.js";
import * as request from "./request.js";
import { compact, count, fromCode, means, number, plural, seconds } from "./words.js";

const FIRST = 12;
let asking = null;
let shownFor = null;

/** Shown while exactly one machine is compared and no model is said. */
export async function showLadder(answer) {
  const part = byId("ladder-part");
  const [machine] = request.named();
  const wanted = request.named().length === 1 && !request.isSaid("workload.model") && !request.isTraining();
  if (!wanted) {
    part.hidden = true;
    shownFor = null;
    return;
  }
  const use = request.get("workload.use");
  const asked = [machine, use, answer.versions.workspace].join("|");
  part.hidden = false;
  if (asked === shownFor) return;
  asking?.abort();
  asking = new AbortController();
  fill(byId("ladder"), h("p", { class: "waiting" }, "Trying every model on it …"));
  try {
    draw(await ladder(machine, use, asking.signal));
    shownFor = asked;
  } catch (failure) {
    if (!isAbort(failure)) fill(byId("ladder"), h("p", { class: "quiet" }, failure.message));
  }
}

function draw(all) {
  const { models, doNotFit } = all;
  const table = (rows) =>
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Models, to scroll" },
      h(
        "table",
        { "aria-label": "Models for this machine" },
        h("thead", {}, h("tr", {}, [["#", "num"], ["Model"], ["How good", "num"], ["Runs as"], ["Speed", "num"], ["First token", "num"], ["Longest context", "num"], ["Take it", "unseen-head"]].map(([name, kind]) => h("th", { scope: "col", class: kind }, kind === "unseen-head" ? h("span", { class: "unseen" }, name) : name)))),
        h("tbody", {}, rows.map(row)),
      ),
    );
  fill(
    byId("ladder"),
    h("p", { class: "quiet" }, `For ${all.use.replaceAll("-", " ")}, one user at a time; ${number(all.fastEnoughTokensPerSecond)} tok/s are fast enough. How good a model is comes from published tests, of 100.`),
    models.length ? table(models.slice(0, FIRST)) : h("p", {}, "No model of the catalogue fits."),
    models.length > FIRST && h("details", { class: "plain" }, h("summary", {}, plural(models.length - FIRST, "more model")), table(models.slice(FIRST))),
    doNotFit.length > 0 &&
      h(
        "details",
        { class: "plain" },
        h("summary", {}, `${plural(doNotFit.length, "model does", "models do")} not fit`),
        h("ul", { class: "lost" }, doNotFit.map((each) => h("li", {}, h("b", {}, each.name ?? each.model), " ", each.because, each.missingGiB > 0 && h("span", { class: "quiet" }, ` ${number(each.missingGiB)} GiB are missing.`)))),
      ),
  );
}

const STANDING = { good: null, slow: "slow", "low-precision": "only at a precision where losses show", "experts-on-host": "experts in the memory of the host" };

function row(each) {
  const { candidate, estimate } = each;
  return h(
    "tr",
    {},
    h("td", { class: "num" }, each.rank),
    h("th", { scope: "row" }, h("b", {}, each.name), STANDING[each.standing] !== null && h("small", { class: "how quiet" }, STANDING[each.standing] ?? fromCode(each.standing))),
    h("td", { class: "num" }, each.quality ? [count(each.quality.level), h("small", { class: "how quiet" }, `${count(each.quality.low)} to ${count(each.quality.high)}`)] : "no tests"),
    h("td", {}, means(candidate)),
    h("td", { class: "num" }, `${number(estimate.decodeTokensPerSecond?.typical)} tok/s`),
    h("td", { class: "num" }, seconds(estimate.timeToFirstTokenSeconds?.typical)),
    h("td", { class: "num" }, compact(each.longestContextTokens)),
    h("td", {}, h("button", { type: "button", class: "pin", "aria-label": `Take it: ${each.name}`, onclick: () => request.setAll({ "workload.model": each.model, "workload.models": null }, "step") }, "Take it")),
  );
}
