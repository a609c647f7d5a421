// The view "Workbook": a file in, its summary and what is wrong in it by cell, and the same file back with scores.

import { get, getJson, knowledge, post } from "./api.js";
import { announce, download, fill, h } from "./dom.js";
import { choice, count, fromCode, plural, score, sentence, usd } from "./words.js";
import { verdict } from "./answer.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
let built = false;

export function show(place, context) {
  if (built) return;
  built = true;
  const input = h("input", { type: "file", id: "workbook-file", accept: ".xlsx,.xlsm,.xls,.ods,.csv", onchange: () => input.files[0] && take(input.files[0]) });
  const drop = h(
    "div",
    {
      class: "drop",
      ondragover: (event) => (event.preventDefault(), drop.classList.add("over")),
      ondragleave: () => drop.classList.remove("over"),
      ondrop: (event) => {
        event.preventDefault();
        drop.classList.remove("over");
        if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
      },
    },
    h("label", { for: "workbook-file" }, "Workbook"),
    h("p", { class: "quiet" }, "Drop a file here or choose one: workloads and candidates, in our words or your own."),
    h("p", { class: "buttons" }, input),
  );
  const result = h("div", { "aria-live": "polite" });
  fill(
    place,
    h("div", {}, h("h2", {}, "Workbook"), h("p", { class: "quiet" }, "The same workbook comes back with scores, reasons and charts. Everything else in it stays. ", h("a", { href: "/workbooks/template.xlsx", download: "candidates.xlsx" }, "An empty template"), " has the columns and drop-downs.")),
    drop,
    result,
  );

  async function take(file) {
    const bar = h("progress", { "aria-label": "Scoring" });
    const words = h("p", { class: "quiet" }, `Reading and deciding ${file.name} …`);
    fill(result, h("div", { class: "card" }, words, bar));
    try {
      const body = new FormData();
      body.append("file", file, file.name);
      const response = await post("/workbooks", body);
      const job = response.status === 202 ? await finished(response.headers.get("Location"), bar, words) : null;
      const answers = job ? await (await get(job.result)).json() : await response.json();
      summary(file, answers, job, await knowledge().catch(() => null));
    } catch (failure) {
      fill(result, h("div", { class: "card" }, h("h3", {}, failure.title ?? "Not scored"), h("p", {}, failure.message), problemList((failure.errors ?? []).filter((each) => each.at || each.message !== failure.message))));
    }
  }

  async function finished(address, bar, words) {
    for (;;) {
      const job = await (await get(address)).json();
      if (job.percent !== null && job.percent !== undefined) bar.value = job.percent / 100;
      words.textContent = `${fromCode(job.phase ?? job.status)}: ${count(job.done)}${job.of ? ` of ${count(job.of)}` : ""}`;
      if (job.result) return job;
      if (!["waiting", "running", "queued"].includes(job.status)) throw new Error(job.detail ?? `The job has ended: ${job.status}.`);
      await pause(700);
    }
  }

  function summary(file, answers, job, known) {
    const decided = answers.filter((each) => each.outcome);
    const problems = answers.flatMap((each) => [...(each.problems ?? []), ...(each.errors ?? [])]);
    const names = takenFor(decided, known);
    announce(`${plural(decided.length, "workload")} decided, ${plural(problems.length, "problem")}.`);
    const button = h("button", { type: "button", class: "first", onclick: () => save(file, job, button) }, "Download the scored workbook");
    fill(
      result,
      h(
        "div",
        { class: "card" },
        h("h3", {}, `${file.name}: ${plural(decided.length, "workload")}, ${plural(decided.reduce((sum, each) => sum + each.recommendations.length + each.rejected.length, 0), "candidate")} judged`),
        h("p", { class: "buttons" }, button),
        names.size > 0 &&
          h("details", { class: "plain", open: names.size <= 6 }, h("summary", {}, plural(names.size, "name was", "names were").concat(" taken for another")), h("ul", { class: "taken" }, [...names].map(([name, id]) => h("li", {}, `“${name}” `, h("span", { class: "quiet" }, "as "), h("code", {}, id))))),
        problems.length > 0 && [h("h3", {}, plural(problems.length, "problem")), problemList(problems)],
        h(
          "div",
          { class: "scroll" },
          h(
            "table",
            { "aria-label": "Workloads" },
            h("thead", {}, h("tr", {}, ["Workload", "Model", "First choice", "Verdict"].map((each) => h("th", { scope: "col" }, each)), ["Score", "A month"].map((each) => h("th", { scope: "col", class: "num" }, each)), h("th", { scope: "col" }, h("span", { class: "unseen" }, "Open")))),
            h(
              "tbody",
              {},
              decided.map((each) => {
                const best = each.recommendations[0];
                return h(
                  "tr",
                  {},
                  h("th", { scope: "row" }, each.workload.name ?? each.workload.type),
                  h("td", {}, typeof each.workload.model === "string" ? each.workload.model : each.workload.model?.name),
                  h("td", {}, best ? h("b", {}, sentence(choice(best.candidate))) : "Nothing is suitable"),
                  h("td", {}, best && verdict(best.verdict)),
                  h("td", { class: "num" }, best && score(best.score)),
                  h("td", { class: "num" }, best && (best.job ? `${usd(best.job.usdPerRun)} a run` : usd(best.cost?.monthlyUsd))),
                  h("td", {}, h("button", { type: "button", onclick: () => openIt(each) }, "Open")),
                );
              }),
            ),
          ),
        ),
      ),
    );
  }

  /** With all that its row said, where the service has kept it. */
  async function openIt({ decisionId, workload }) {
    const kept = await getJson(`/decisions/${decisionId}`).catch(() => ({ request: { workload } }));
    context.takeRequest({ ...kept.request, asOf: null });
  }

  async function save(file, job, button) {
    button.disabled = true;
    button.textContent = "Fetching …";
    try {
      const body = new FormData();
      body.append("file", file, file.name);
      const response = job ? await get(job.result, { accept: XLSX }) : await post("/workbooks", body, { accept: XLSX });
      download(await response.blob(), file.name.replace(/(\.\w+)?$/, "-scored.xlsx"));
      button.textContent = "Download again";
    } catch (failure) {
      button.textContent = failure.message;
    }
    button.disabled = false;
  }
}

/** What each written name was taken for, where it is no id. */
function takenFor(answers, known) {
  const names = new Map();
  for (const { value, because } of answers.flatMap((each) => each.assumptions ?? [])) {
    const [, name] = /^taken for "(.+)"$/.exec(because) ?? [];
    if (name && name !== value && known?.modelName.get(value) !== name && known?.hardwareById.get(value)?.name !== name) names.set(name, value);
  }
  return names;
}

function problemList(problems) {
  return h("ul", { class: "findings" }, problems.map((each) => h("li", { class: "warning" }, each.at && h("code", {}, each.at), " ", each.message)));
}
