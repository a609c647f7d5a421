// What is asked. Three fields stand open, a few more follow from the kind of work, the rest is folded; what was assumed is a
// chip that becomes a field when it is touched. The fields themselves come from the service.

import { byId, fill, h, newId } from "./dom.js";
import { knowledge } from "./api.js";
import { suggestField } from "./suggest.js";
import * as request from "./request.js";
import { KINDS_OF_WORK, compact, machineKind, MACHINE_KINDS, number, percent, sentence } from "./words.js";

const LABELS = {
  "workload.type": "Kind of work",
  "workload.model": "Model",
  "workload.concurrency": "Requests at the same time",
  "workload.models": "Model",
  "workload.use": "What for",
  "workload.namedUsers": "People who may use it",
  "workload.sessions": "Open sessions or agents",
  "workload.requestsPerSecond": "Requests a second",
  "workload.requestsPerDay": "Requests a day",
  "workload.job.items": "Items of one run",
  "workload.job.deadlineHours": "Deadline (hours)",
  "workload.job.timesPerMonth": "Runs a month",
  "workload.fineTuning.method": "Method",
  "workload.fineTuning.examples": "Examples",
  "workload.fineTuning.tokensPerExample": "Tokens of an example",
  "workload.fineTuning.epochs": "Passes over the data",
  "workload.fineTuning.deadlineHours": "Deadline (hours)",
  "workload.fineTuning.timesPerMonth": "Runs a month",
  "budget.monthlyUsd": "Monthly budget (USD)",
  "budget.purchaseUsd": "Purchase budget (USD)",
  "team.skills": "Skills",
};

const LOADS = ["workload.concurrency", "workload.namedUsers", "workload.sessions", "workload.requestsPerSecond", "workload.requestsPerDay"];
const JOB = ["workload.job.items", "workload.job.deadlineHours", "workload.job.timesPerMonth"];
const SESSIONS = ["workload.thinkSeconds", "workload.cachedPromptShare"];
const SEVERAL_MODELS = ["workload.use", "workload.atLeastAsGoodAs"];
const TRAINING = ["method", "examples", "tokensPerExample", "epochs", "deadlineHours", "timesPerMonth"].map((each) => `workload.fineTuning.${each}`);
const OPEN = new Set(["workload.type", "workload.model", "workload.models", "budget.monthlyUsd", "team.skills"]);
const SKILLS = { macos: "macOS", "python-ml": "Python ML", linux: "Linux", cuda: "CUDA", kubernetes: "Kubernetes" };

const NAMES = { qlora: "QLoRA", lora: "LoRA", api: "Hosted API" };

const GROUPS = [
  ["The work", (path) => path.startsWith("workload.") && !path.startsWith("workload.job") && !path.startsWith("workload.fineTuning")],
  ["The run", (path) => path.startsWith("workload.job")],
  ["The training", (path) => path.startsWith("workload.fineTuning")],
  ["Money", (path) => path.startsWith("budget.")],
  ["Place and supply", (path) => path.startsWith("constraints.")],
  ["Other", () => true],
];

const controls = new Map();
const touched = new Set();
let load = LOADS[0];
let layout = "";

export const label = (path) => LABELS[path] ?? request.field(path)?.label ?? path;

/** Says what a value means in a chip or a sentence. */
export function valueWords(path, value) {
  if (path === "workload.type") return KINDS_OF_WORK[value] ?? value;
  if (NAMES[value]) return NAMES[value];
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return value.map((each) => SKILLS[each] ?? each).join(", ") || "none";
  if (typeof value === "number" && request.field(path)?.kind === "share") return percent(value * 100);
  return typeof value === "number" ? (value >= 100_000 ? compact(value) : number(value)) : String(value);
}

/** Builds the form anew where the kind of work asks for other fields, and else only brings it up to date. */
export function show() {
  load = LOADS.find((path) => request.isSaid(path)) ?? load;
  const wanted = [request.isTraining() ? "training" : request.isJob() ? "job" : "service", hasLoad(), load, request.isModelOpen(), [...touched].sort()].join("|");
  if (wanted !== layout) {
    layout = wanted;
    build();
  }
  for (const [path, control] of controls) control.update(request.get(path));
  showNamed();
}

/** A run counts its items, not requests at the same time, unless those are said. */
const hasLoad = () => !request.isTraining() && (!request.isJob() || LOADS.some((path) => request.isSaid(path)));

function build() {
  const { id: focused, value: typed, selectionStart, selectionEnd } = document.activeElement ?? {};
  controls.clear();
  const training = request.isTraining();
  const open = [
    ...(training ? TRAINING : request.isJob() ? JOB : load === "workload.sessions" ? SESSIONS : []),
    ...(request.isModelOpen() ? SEVERAL_MODELS : []),
    ...[...touched].filter((path) => !OPEN.has(path) && !LOADS.includes(path)),
  ];
  const shownOpen = [...new Set(open)];
  fill(
    byId("fields"),
    control("workload.type"),
    control("workload.model"),
    shownOpen.filter((path) => JOB.includes(path)).map((path) => control(path)),
    hasLoad() && loadField(),
    shownOpen.filter((path) => !JOB.includes(path)).map((path) => control(path)),
    control("budget.monthlyUsd"),
    control("team.skills"),
  );
  const taken = new Set([...OPEN, ...shownOpen, ...(hasLoad() ? [load] : [])]);
  const left = request.allFields().filter((each) => !taken.has(each.path));
  const groups = GROUPS.map(([title, holds]) => {
    const members = left.filter((each) => !taken.has(each.path) && holds(each.path));
    members.forEach((each) => taken.add(each.path));
    return members.length && h("fieldset", { class: "group" }, h("legend", {}, title), members.map((each) => control(each.path)));
  });
  fill(byId("more-fields"), namedField(), groups);
  for (const [path, control] of controls) control.update(request.get(path));
  const again = focused && byId("form").querySelector(`#${focused}`);
  if (!again) return;
  if (again.matches("input[type=text]")) {
    again.value = typed; // left empty, it would take back what was said in it
    again.setSelectionRange(selectionStart, selectionEnd);
  }
  again.focus();
}

/** The help of a field stays while a pointer is down: what is pressed below must not move away under it. */
let isDown = false;
function showHelp() {
  if (isDown) return;
  const wanted = document.activeElement?.closest("#fields .field");
  for (const each of document.querySelectorAll("#fields .helped")) if (each !== wanted) each.classList.remove("helped");
  wanted?.classList.add("helped");
}
const soonHelp = () => setTimeout(showHelp);
for (const type of ["focusin", "focusout"]) document.addEventListener(type, soonHelp);
document.addEventListener("pointerdown", () => (isDown = true), true);
for (const type of ["pointerup", "pointercancel", "dragend"]) document.addEventListener(type, () => ((isDown = false), soonHelp()), true);

/** One number, and what it counts. */
function loadField() {
  const units = h(
    "select",
    {
      "aria-label": "Counted as",
      class: "counted-as",
      onchange: () => {
        const value = request.get(load);
        const before = load;
        load = units.value;
        request.setAll({ [before]: null, [load]: value });
        show();
        document.getElementById(idOf(load)).focus();
      },
    },
    LOADS.map((path) => h("option", { value: path, selected: path === load }, label(path))),
  );
  return h("div", { class: "load" }, control(load), h("label", { class: "quiet" }, "counted as ", units));
}

/** The columns of a workbook have other names than these fields. */
const asCalledHere = (text) => LOADS.reduce((words, path) => words.replaceAll(request.field(path)?.label ?? label(path), label(path)), text);

/** "Set constraints.allowProjected": a field as it is called here. */
export const fieldWords = (text) => text?.replaceAll(/\b(?:workload|budget|constraints|team)(?:\.[A-Za-z]+)+/g, (path) => (request.field(path) ? `“${label(path)}”` : path));

const idOf = (path) => `field-${path.replaceAll(".", "-")}`;

function control(path) {
  const told = request.field(path);
  if (!told) return null;
  const id = idOf(path);
  const helpId = `${id}-help`;
  const problem = h("p", { class: "problem", id: `${id}-problem`, hidden: true });
  const made = (makers[path === "workload.model" ? "model" : told.lookup && told.kind === "text" ? "lookup" : told.kind] ?? makers.text)(told, id, helpId);
  controls.set(path, {
    update: made.update,
    complain: (text) => {
      problem.textContent = text ?? "";
      problem.hidden = !text;
      made.input.setAttribute("aria-invalid", text ? "true" : "false");
    },
  });
  const help = told.help && h("p", { class: "help", id: helpId }, asCalledHere(told.help));
  if (made.group) return h("fieldset", { class: "field", "aria-label": label(path) }, h("legend", { "aria-hidden": "true" }, label(path)), made.element, help, problem);
  if (told.kind === "yes-no") return h("div", { class: "field check" }, h("label", { for: id }, made.element, label(path)), help, problem);
  return h("div", { class: "field" }, h("label", { for: id }, label(path)), made.element, help, problem);
}

const makers = {
  text(told, id, helpId) {
    const input = h("input", {
      id,
      type: "text",
      autocomplete: "off",
      "aria-describedby": helpId,
      placeholder: told.kind === "machines" ? told.example : null,
      oninput: () => request.set(told.path, told.kind === "texts" ? input.value.split(",").map((each) => each.trim()).filter(Boolean) : input.value.trim(), id),
    });
    return { element: input, input, update: (value) => keep(input, Array.isArray(value) ? value.join(", ") : (value ?? "")) };
  },

  date(told, id, helpId) {
    const input = h("input", { id, type: "date", "aria-describedby": helpId, oninput: () => request.set(told.path, input.value, id) });
    return { element: input, input, update: (value) => keep(input, value ?? "") };
  },

  numeric(told, id, helpId) {
    const input = h("input", {
      id,
      type: "text",
      inputmode: told.kind === "whole-number" ? "numeric" : "decimal",
      autocomplete: "off",
      "aria-describedby": helpId,
      oninput: () => {
        const value = request.parseTyped(input.value);
        const wrong = Number.isNaN(value);
        const expected = request.isAmbiguous(input.value) ? "it may mean thousands or not: write it without the mark" : `expected a number, e.g. ${told.example}`;
        controls.get(told.path).complain(wrong ? `Found “${input.value.trim()}”; ${expected}.` : null);
        if (!wrong) request.set(told.path, value, id);
      },
      onkeydown: (event) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        const value = request.parseTyped(input.value) || told.least || 1;
        const size = told.kind === "whole-number" ? Math.max(1, 10 ** Math.floor(Math.log10(Math.max(1, value)) - (event.shiftKey ? 0 : 1))) : value / 10;
        const next = Math.min(told.most, Math.max(told.least, value + (event.key === "ArrowUp" ? size : -size)));
        const rounded = Number(next.toPrecision(6));
        input.value = request.shown(rounded);
        request.set(told.path, rounded, id);
      },
    });
    return { element: input, input, update: (value) => keep(input, typeof value === "number" ? request.shown(value) : (value ?? "")) };
  },

  "yes-no"(told, id, helpId) {
    const input = h("input", { id, type: "checkbox", "aria-describedby": helpId, onchange: () => request.set(told.path, input.checked || null, id) });
    return { element: input, input, update: (value) => (input.checked = value === true) };
  },

  choice(told, id, helpId) {
    const names = told.path === "workload.type" ? KINDS_OF_WORK : {};
    const order = told.path === "workload.type" ? Object.keys(KINDS_OF_WORK).filter((each) => told.choices.includes(each)) : told.choices;
    const input = h(
      "select",
      { id, "aria-describedby": helpId, onchange: () => request.set(told.path, input.value, id) },
      !told.required && h("option", { value: "" }, "not said"),
      order.map((each) => h("option", { value: each }, names[each] ?? NAMES[each] ?? sentence(each.replaceAll("-", " ")))),
    );
    return { element: input, input, update: (value) => (input.value = value ?? "") };
  },

  choices(told, id) {
    const boxes = told.choices.map((each) =>
      h("label", { class: "toggle" }, h("input", { type: "checkbox", value: each, onchange: () => request.set(told.path, checked(), id) }), h("span", {}, SKILLS[each] ?? each)),
    );
    const element = h("div", { class: "toggles", id }, boxes);
    const inputs = () => [...element.querySelectorAll("input")];
    const checked = () => inputs().filter((each) => each.checked).map((each) => each.value);
    return { element, input: element, group: true, update: (value) => inputs().forEach((each) => (each.checked = value?.includes(each.value) ?? false)) };
  },

  model(told, id, helpId) {
    const { element, input } = suggestField({
      id,
      describedBy: helpId,
      placeholder: "the usual one for this work",
      entries: async () => [ANY_MODEL, ...(await knowledge()).models.map((each) => ({ ...each, note: modelNote(each) }))],
      chosen: (text) => {
        const several = text === ANY_MODEL.id || text.includes(",") ? text.split(",").map((each) => each.trim()).filter(Boolean) : null;
        request.setAll({ "workload.model": several ? null : text, "workload.models": several }, id);
      },
    });
    return { element, input, update: (value) => keep(input, request.get("workload.models")?.join(", ") ?? value ?? "") };
  },

  lookup(told, id, helpId) {
    const { element, input } = suggestField({
      id,
      describedBy: helpId,
      placeholder: told.example,
      entries: async () => {
        const all = await knowledge();
        return (all[{ quantizations: "quantizations", "kv-cache-types": "quantizations", hardware: "hardware", offers: "offers", engines: "engines" }[told.lookup]] ?? []).map((each) => ({ ...each, name: each.name ?? each.id }));
      },
      chosen: (value) => request.set(told.path, value, id),
    });
    return { element, input, update: (value) => keep(input, value ?? "") };
  },
};
for (const kind of ["whole-number", "number", "positive-number", "share"]) makers[kind] = makers.numeric;

function modelNote(model) {
  const size = model.activeParametersB && model.activeParametersB < model.totalParametersB ? `${number(model.totalParametersB)} B, ${number(model.activeParametersB)} B active` : `${number(model.totalParametersB)} B`;
  return `${size} · ${model.licence ?? "licence unknown"}`;
}

const ANY_MODEL = { id: "any", name: "Any model", aliases: ["any", "open", "all"], note: "models are ranked together with machines" };

/** A field is not rewritten under somebody's hands. */
function keep(input, value) {
  if (document.activeElement !== input && input.value !== String(value)) input.value = value;
}

/** Which machines alone are compared. */
function namedField() {
  const id = newId("named");
  const { element } = suggestField({
    id,
    placeholder: "add one by part of its name",
    entries: async () => {
      const all = await knowledge();
      return all.hardware.map((each) => ({ ...each, note: [MACHINE_KINDS[machineKind({ hardware: each.id, acquisition: "buy" }, all)], each.memoryGiB && `${number(each.memoryGiB)} GiB`, each.bandwidthGBps && `${number(each.bandwidthGBps)} GB/s`].filter(Boolean).join(" · ") }));
    },
    chosen: (value) => value && !request.named().includes(value) && request.setNamed([...request.named(), value], id),
    clearAfter: true,
  });
  return h("div", { class: "field named" }, h("label", { for: id }, "Compare only these machines"), element, h("ul", { class: "chips", id: "named-machines" }), h("p", { class: "help" }, "None: everything in the catalogue is considered."));
}

function showNamed() {
  const place = byId("named-machines");
  if (!place) return;
  fill(
    place,
    request.named().map((each) =>
      h("li", {}, h("button", { type: "button", class: "chip", "aria-label": `Remove ${each}`, onclick: () => request.setNamed(request.named().filter((other) => other !== each)) }, each, " ", h("span", { "aria-hidden": "true" }, "×"))),
    ),
  );
}

/** What was taken because nobody said it. */
export function showAssumptions(answer) {
  const all = answer.assumptions ?? [];
  byId("assumed").hidden = all.length === 0;
  fill(
    byId("assumptions"),
    all.map(({ field: path, value, because }) =>
      h(
        "li",
        {},
        request.field(path)
          ? h("button", { type: "button", class: "chip", title: because, onclick: () => touch(path, value) }, h("span", { class: "chip-name" }, label(path)), " ", h("b", {}, valueWords(path, value)))
          : h("span", { class: "chip", title: because }, path, " ", h("b", {}, valueWords(path, value))),
      ),
    ),
  );
}

/** A chip becomes a field, holding what was assumed, and waits to be changed. */
export function touch(path, value = null) {
  if (path === "workload.models") path = "workload.model";
  if (LOADS.includes(path) && !request.isTraining()) load = path;
  else touched.add(path);
  layout = "";
  show();
  const input = document.getElementById(idOf(path));
  if (!input) return;
  const target = input.matches("input, select") ? input : input.querySelector("input");
  if (target === input && input.type === "text" && input.value === "" && typeof value !== "object" && value !== null) input.value = typeof value === "number" ? request.shown(value) : value;
  target?.focus();
  if (target?.select) target.select();
}

/** Says beside each field what the service found wrong; the rest is returned. */
export function complain(errors) {
  for (const control of controls.values()) control.complain(null);
  const rest = [];
  for (const each of errors) {
    const path = String(each.at ?? "").replace(/^\/(\d+\/)?/, "").replaceAll("/", ".");
    const control = controls.get(path);
    if (control) control.complain(each.message);
    else rest.push(each);
  }
  return rest;
}
