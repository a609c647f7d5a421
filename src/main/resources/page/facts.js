// The figures under a recommendation: what it costs, when it comes, how fast it is, how good its model.

import { h } from "./dom.js";
import { valueWords } from "./form.js";
import { count, hours, number, percent, plural, seconds, usd } from "./words.js";

/** What was asked for, whether said or assumed. */
export function need(answer, name) {
  const path = `workload.${name}`;
  return answer.workload[name] ?? answer.assumptions?.find((each) => each.field === path)?.value ?? null;
}

const LOADS = { concurrency: ["request", " at the same time"], namedUsers: ["person", " who may use it", "people"], sessions: ["open session", ""], requestsPerSecond: ["request", " a second"], requestsPerDay: ["request", " a day"] };

/** "200 requests at the same time" */
export function needWords(answer) {
  const { workload } = answer;
  if (workload.job?.items) return `${plural(workload.job.items, "item")} of one run`;
  if (workload.fineTuning?.examples) return `${plural(workload.fineTuning.examples, "example")}`;
  if (workload.type === "fine-tuning") return null;
  const said = Object.keys(LOADS).find((name) => workload[name]);
  const name = said ?? "concurrency";
  const value = need(answer, name);
  if (!value) return null;
  const [one, rest, many] = LOADS[name];
  return `${plural(value, one, many)}${rest}${said ? "" : ", as assumed"}`;
}

/** "6 to 9 weeks", of what is bought. */
function delivery({ candidate }, known) {
  if (candidate.acquisition !== "buy" || !known) return null;
  const hardware = known.hardwareById.get(candidate.hardware);
  const [low, high] = [hardware?.leadTimeLowWeeks, hardware?.leadTimeHighWeeks];
  const supply = { constrained: "hard to get at the moment", discontinued: "sold used or from remaining stock", projected: "announced, not sold yet" }[hardware?.availability] ?? "";
  if (low === null && high === null) return [supply ? "ask" : "not known", supply || "ask for a date"];
  return [low !== null && high !== null && low !== high ? `${count(low)} to ${count(high)} weeks` : plural(high ?? low, "week"), supply || "after the order"];
}

/** @param known names and delivery times; null until they are there */
export function facts(answer, best, known) {
  const { cost = {}, estimate = {}, job, load, quality } = best;
  const rows = [];
  const add = (name, value, note) => value && value !== "–" && rows.push(h("div", {}, h("dt", {}, name), h("dd", {}, h("b", {}, value), note && h("small", {}, note))));
  if (job) {
    add("One run", hours(job.hours?.typical), job.hours && `${hours(job.hours.low)} to ${hours(job.hours.high)}`);
    add("Dollars a run", usd(job.usdPerRun));
    const deadline = answer.workload.job?.deadlineHours ?? answer.workload.fineTuning?.deadlineHours;
    if (deadline) add("Deadline", hours(deadline), [{ yes: "met", tight: "met typically, not at the slow end", no: "missed" }[job.meetsDeadline], best.candidate.replicas > 0 && `by ${plural(best.candidate.replicas * (best.candidate.devices ?? 1), "machine")}`].filter(Boolean).join(", "));
  }
  add("A month", usd(cost.monthlyUsd), cost.monthlyUsdLow !== cost.monthlyUsdHigh ? `${usd(cost.monthlyUsdLow)} to ${usd(cost.monthlyUsdHigh)}` : "everything counted");
  if (cost.purchaseUsd > 0) add("At once", usd(cost.purchaseUsd), "purchase, hosts counted");
  if (cost.firstYearUsd && !job) add("First year", usd(cost.firstYearUsd), cost.purchaseUsd > 0 ? "paid, purchase and all" : "paid, all in all");
  const arrives = delivery(best, known);
  if (arrives) add("Delivery", ...arrives);
  const speed = estimate.decodeTokensPerSecond;
  const serves = !job && answer.workload.type !== "fine-tuning";
  if (speed && serves) {
    const wanted = need(answer, "minDecodeTokensPerSecond");
    add("Speed for each user", `${number(speed.typical)} tok/s`, wanted ? `${number(speed.low)} to ${number(speed.high)}; ${number(wanted)} needed` : `${number(speed.low)} to ${number(speed.high)}`);
  }
  if (estimate.timeToFirstTokenP95Seconds && serves) {
    const allowed = need(answer, "maxTimeToFirstTokenSeconds");
    add("First token", seconds(estimate.timeToFirstTokenP95Seconds), allowed ? `for 95 %; ${seconds(allowed)} allowed` : "for 95 % of requests");
  }
  if (load && serves) add("In flight", count(load.inFlight), [load.requestsPerSecond && `${number(load.requestsPerSecond)} requests a second`, plural(load.replicasForLoad, "replica") + (load.spareReplicas ? ` and ${count(load.spareReplicas)} spare` : "")].filter(Boolean).join("; "));
  if (!serves && estimate.memory) add("Memory free", percent(estimate.memory.headroomPercent), `${number(estimate.memory.requiredGiB)} of ${number(estimate.memory.usableGiB)} GiB needed`);
  if (quality) add("How good", `${count(quality.level)} of 100`, `${count(quality.low)} to ${count(quality.high)} for ${valueWords("workload.use", quality.use)}, ${{ independent: "independent tests", vendor: "its vendor's tests", none: "no tests" }[quality.evidence] ?? quality.evidence}`);
  if (cost.powerWatts > 0) add("Power", `${number(cost.powerWatts)} W`, "under load, with hosts");
  return h("dl", { class: "facts" }, rows);
}

