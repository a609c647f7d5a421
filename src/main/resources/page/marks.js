// Small marks that stand in tables and legends.

import { s } from "./dom.js";
import { STEPS, number, score } from "./words.js";

export function swatch(name) {
  return s("svg", { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" }, s("rect", { width: 10, height: 10, rx: 2, class: name }));
}

/** A score of 100 is the whole width; each step has its part. */
export function scoreBar(each) {
  let from = 0;
  const words = each.steps.map((step) => `${STEPS[step.step] ?? step.step} ${score(step.score)} of ${number(step.weight)}`).join(", ");
  return s(
    "svg",
    { class: "score-bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", role: "img", "aria-label": words },
    s("rect", { class: "track", width: 100, height: 8 }),
    each.steps.map((step, at) => {
      const bar = s("rect", { class: `step-${at + 1}`, x: from, width: Math.max(0, step.score - 0.35), height: 8 }, s("title", {}, `${STEPS[step.step] ?? step.step}: ${score(step.score)} of ${number(step.weight)}`));
      from += step.score;
      return bar;
    }),
  );
}
