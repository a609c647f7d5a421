// What was said so far: a value for each field's path. It is the request, and the address of the page in words.

import { getJson } from "./api.js";

const LISTS = new Set(["choices", "texts", "models"]);

let fields = [];
let byPath = new Map();
let nameOf = new Map();
let pathOf = new Map();

export async function loadFields() {
  const all = await getJson("/fields");
  fields = all.request.filter((each) => !["explain", "limit"].includes(each.path));
  byPath = new Map(fields.map((each) => [each.path, each]));
  const taken = new Map();
  for (const { path } of fields) {
    const parts = path.split(".");
    const last = parts.at(-1);
    const name = taken.has(last) ? parts.slice(-2).join(".") : last;
    taken.set(last, path);
    nameOf.set(path, name);
    pathOf.set(name, path);
    pathOf.set(path, path);
    pathOf.set(parts.slice(-2).join("."), path);
  }
}

export const allFields = () => fields;
export const field = (path) => byPath.get(path);
export const isNumeric = ({ kind }) => ["whole-number", "number", "positive-number", "share"].includes(kind);

/** "1,000", "1 000", "10k" and "2M" are numbers; NaN is none. */
export function parseNumber(text) {
  const plain = String(text).trim().replaceAll(/[\s\u00a0\u202f_]/g, "");
  if (plain === "") return null;
  const [, digits, times, hundredth] = /^([\d.,]+)([kKM]?)(%?)$/.exec(plain) ?? [];
  if (!digits) return NaN;
  const ungrouped = /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(digits) ? digits.replaceAll(",", "") : digits;
  if (!/^\d*\.?\d+$|^\d+\.$/.test(ungrouped)) return NaN;
  const value = Number(ungrouped) * ({ k: 1e3, K: 1e3, M: 1e6 }[times] ?? 1);
  return Number((hundredth ? value / 100 : value).toPrecision(12));
}

const MARKS = new Intl.NumberFormat(navigator.language || "en").formatToParts(12345.6);
const POINT = MARKS.find((each) => each.type === "decimal").value;

/**
 * A number as people here write it; the address is written in one way everywhere. "20.000" is twenty to some and twenty
 * thousand to others, so it is no number to anybody.
 */
export function parseTyped(text) {
  const plain = String(text).trim().replaceAll(/[\s\u00a0\u202f'’_]/g, "");
  if (isAmbiguous(plain)) return NaN;
  if (POINT !== ",") return parseNumber(plain);
  const swapped = parseNumber(plain.replaceAll(/[.,]/g, (mark) => (mark === "." ? "," : ".")));
  return Number.isNaN(swapped) ? parseNumber(plain) : swapped;
}

/** Whether its one mark may be a point or part thousands, and not as it is usual here. */
export const isAmbiguous = (text) => (POINT === "," ? /^[1-9]\d{0,2},\d{3}$/ : /^[1-9]\d{0,2}\.\d{3}$/).test(String(text).trim());

/** As it stands in a field. */
export const shown = (value) => (value >= 10_000 ? value.toLocaleString(navigator.language || "en", { maximumFractionDigits: 6 }) : String(value).replace(".", POINT));

/** As it stands in the address. */
function written(value) {
  return Array.isArray(value) ? value.join(",") : value === true ? "yes" : value === false ? "no" : String(value);
}

function read(told, text) {
  if (told.kind === "yes-no") return /^(yes|true|1)$/i.test(text) ? true : /^(no|false|0)$/i.test(text) ? false : text;
  if (LISTS.has(told.kind)) return text.split(",").map((each) => each.trim()).filter(Boolean);
  if (!isNumeric(told)) return text;
  const value = parseNumber(text);
  return Number.isNaN(value) ? text : value; // the service says what is wrong with it
}

const said = new Map();
let compared = [];
let listener = () => {};

export const get = (path) => said.get(path) ?? null;
export const isSaid = (path) => said.has(path);
/** Machines that alone are compared; empty: all of the catalogue. */
export const named = () => compared;

export function onChange(action) {
  listener = action;
}

/** Says or, with null, no longer says a value. */
export function set(path, value, from = null) {
  setAll({ [path]: value }, from);
}

export function setAll(values, from = null) {
  let changed = false;
  for (const [path, value] of Object.entries(values)) {
    const empty = value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    const before = said.get(path);
    if (empty ? before === undefined : before !== undefined && written(before) === written(value)) continue;
    if (empty) said.delete(path);
    else said.set(path, value);
    changed = true;
  }
  if (changed) listener(from);
}

export function setNamed(ids, from = null) {
  compared = ids;
  listener(from);
}

/** type=production&model=llama-3.1-70b&concurrency=200 */
export function toWords() {
  const words = new URLSearchParams();
  for (const told of fields) {
    if (said.has(told.path)) words.set(nameOf.get(told.path), written(said.get(told.path)));
  }
  if (compared.length) words.set("hardware", compared.join(","));
  return words.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/** Takes up an address; returns the words that mean nothing here, which are shown and never dropped in silence. */
export function fromWords(text) {
  const strange = [];
  said.clear();
  compared = [];
  for (const [name, value] of new URLSearchParams(text.replace(/^#/, ""))) {
    const path = pathOf.get(name);
    if (path) {
      const taken = read(byPath.get(path), value);
      if (taken !== null && taken !== "") said.set(path, taken);
    } else if (name === "hardware") compared = value.split(",").filter(Boolean);
    else if (!["tab", "decision", "cell"].includes(name)) strange.push(name);
  }
  return strange;
}

/** Takes up a request as a decision kept it. */
export function fromJson(request) {
  said.clear();
  for (const told of fields) {
    const value = told.path.split(".").reduce((part, key) => part?.[key], request);
    if (value === null || value === undefined || value === false || typeof value === "object" && !Array.isArray(value)) continue;
    if (told.kind === "machines") {
      const text = value.map((each) => (each.hardware ? `${each.hardware} x ${each.count ?? each.devices ?? 1}` : each)).join("; ");
      if (text) said.set(told.path, text);
    } else if (!Array.isArray(value) || value.length) said.set(told.path, value);
  }
  compared = [...new Set((request.candidates ?? []).map((each) => each.hardware).filter(Boolean))];
}

/** The request as the service takes it. */
export function toJson(more = {}) {
  const request = {};
  for (const [path, value] of said) {
    const parts = path.split(".");
    const last = parts.pop();
    const place = parts.reduce((part, key) => (part[key] ??= {}), request);
    place[last] = byPath.get(path).kind === "machines" ? owned(String(value)) : value;
  }
  request.workload ??= {};
  if (compared.length) request.candidates = compared.map((hardware) => ({ hardware }));
  return { ...request, ...more };
}

/** "nvidia-rtx-3090 x 2; Mac Studio M1 Max 64GB" */
function owned(text) {
  return text
    .split(";")
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => {
      const [, hardware, devices] = /^(.*?)(?:\s+[x×]\s*(\d+))?$/.exec(each);
      return devices ? { hardware, devices: Number(devices) } : { hardware };
    });
}

/** What kind of work it is decides which fields matter and which results. */
export const isTraining = () => get("workload.type") === "fine-tuning";
/** Whether models are ranked together with machines. */
export const isModelOpen = () => isSaid("workload.models");
export const isJob = () => get("workload.type") === "batch";
