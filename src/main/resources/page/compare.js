// Up to four candidates side by side, down to the rule and the cell.

import { byId, fill, h } from "./dom.js";
import { finding, verdict } from "./answer.js";
import { scoreBar } from "./marks.js";
import { STEPS, hours, level, means, number, percent, place, score, seconds, sentence, usd, what } from "./words.js";

export function showComparison(pinned) {
  byId("comparison-part").hidden = pinned.length === 0;
  const line = (name, value) => h("tr", {}, h("th", { scope: "row" }, name), pinned.map((each) => h("td", {}, value(each))));
  const steps = pinned[0]?.steps ?? [];
  fill(
    byId("comparison"),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Side by side, to scroll" },
      h(
        "table",
        { class: "comparison", "aria-label": "Side by side" },
        h("thead", {}, h("tr", {}, h("td", {}), pinned.map((each) => h("th", { scope: "col" }, sentence(what(each.candidate)), h("small", { class: "how quiet" }, [each.candidate.acquisition, means(each.candidate)].filter(Boolean).join(" · ")))))),
        h(
          "tbody",
          {},
          line("Verdict", (each) => verdict(each.verdict)),
          line("Score", (each) => [h("b", {}, score(each.score)), each.steps && scoreBar(each)]),
          steps.map((step) =>
            line(STEPS[step.step] ?? step.step, (each) => {
              const one = each.steps?.find((other) => other.step === step.step);
              return one && [h("b", {}, score(one.score)), " ", one.because, h("small", { class: "how quiet" }, place(one.at))];
            }),
          ),
          line("Speed for each user", (each) => each.estimate?.decodeTokensPerSecond && `${number(each.estimate.decodeTokensPerSecond.typical)} tok/s (${number(each.estimate.decodeTokensPerSecond.low)} to ${number(each.estimate.decodeTokensPerSecond.high)})`),
          line("First token, 95 %", (each) => seconds(each.estimate?.timeToFirstTokenP95Seconds)),
          line("Memory free", (each) => percent(each.estimate?.memory?.headroomPercent)),
          pinned.some((each) => each.quality) && line("How good", (each) => level(each.quality)),
          pinned.some((each) => each.job) && line("One run", (each) => each.job && `${hours(each.job.hours?.typical)}, ${usd(each.job.usdPerRun)}`),
          line("At once", (each) => usd(each.cost?.purchaseUsd)),
          line("A month", (each) => usd(each.cost?.monthlyUsd)),
          line("Power", (each) => (each.cost?.powerWatts ? `${number(each.cost.powerWatts)} W` : "–")),
          pinned.some((each) => each.findings?.some((one) => one.severity !== "note")) && line("Findings", (each) => h("ul", { class: "findings" }, (each.findings ?? []).filter((one) => one.severity !== "note").map(finding))),
        ),
      ),
    ),
  );
}
