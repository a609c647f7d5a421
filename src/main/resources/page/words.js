// Numbers and terms as people read them.

const LANGUAGE = navigator.language || "en";
const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat(LANGUAGE, { maximumSignificantDigits: 3 });
const short = new Intl.NumberFormat(LANGUAGE, { notation: "compact", maximumSignificantDigits: 3 });
const money = new Intl.NumberFormat(LANGUAGE, { style: "currency", currency: "USD", maximumFractionDigits: 0, currencyDisplay: "narrowSymbol" });
const cents = new Intl.NumberFormat(LANGUAGE, { style: "currency", currency: "USD", maximumFractionDigits: 2, currencyDisplay: "narrowSymbol" });
const shortMoney = new Intl.NumberFormat(LANGUAGE, { style: "currency", currency: "USD", notation: "compact", maximumSignificantDigits: 3, currencyDisplay: "narrowSymbol" });
const moment = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });

const tenths = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const calendar = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeZone: "UTC" });
const months = new Intl.DateTimeFormat(LANGUAGE, { year: "numeric", month: "short", timeZone: "UTC" });

const NONE = "–";
const isNone = (value) => value === null || value === undefined || Number.isNaN(value);

export const count = (value) => (isNone(value) ? NONE : whole.format(value));
export const number = (value) => (isNone(value) ? NONE : Math.abs(value) >= 1000 ? whole.format(value) : three.format(value));
export const compact = (value) => (isNone(value) ? NONE : short.format(value));
export const usd = (value) => (isNone(value) ? NONE : Math.abs(value) > 0 && Math.abs(value) < 20 ? cents.format(value) : money.format(value));
export const usdShort = (value) => (isNone(value) ? NONE : Math.abs(value) < 1000 ? money.format(value) : shortMoney.format(value));
export const score = (value) => (isNone(value) ? NONE : tenths.format(value));
export const percent = (value) => (isNone(value) ? NONE : `${three.format(value)} %`);
export const date = (value) => (isNone(value) ? NONE : moment.format(new Date(value)));

/** "2026-11-30" and "2026-11", as they are written here. */
export function day(text) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return calendar.format(new Date(text));
  return /^\d{4}-\d{2}$/.test(text) ? months.format(new Date(text)) : (text ?? NONE);
}

export function seconds(value) {
  if (isNone(value)) return NONE;
  if (value < 1) return `${Math.max(1, Math.round(value * 1000))} ms`;
  if (value < 120) return `${three.format(value)} s`;
  return value < 7200 ? `${three.format(value / 60)} min` : value > 1e6 ? "never" : `${three.format(value / 3600)} h`;
}

export function hours(value) {
  return isNone(value) ? NONE : value < 1 ? `${three.format(value * 60)} min` : value > 200 ? `${three.format(value / 24)} days` : `${three.format(value)} h`;
}

export const KINDS_OF_WORK = {
  production: "Production service",
  "internal-tool": "Internal tool",
  batch: "Batch work",
  "fine-tuning": "Fine-tuning",
  evaluation: "Evaluation",
};

export const STEPS = {
  fit: "Fit",
  "workload-type": "Kind of work",
  concurrency: "Concurrency",
  budget: "Budget",
  "model-availability": "Model availability",
  "team-expertise": "Team",
  "model-quality": "Model quality",
};

export const VERDICTS = {
  recommended: { mark: "✓", word: "recommended" },
  caution: { mark: "!", word: "caution" },
  "ruled-out": { mark: "✕", word: "ruled out" },
};

export const EVIDENCE = {
  measured: "measured",
  calibrated: "calibrated",
  family: "by family",
  specification: "data sheet only",
};

export const BOUNDS = {
  "memory-bandwidth": "memory bandwidth",
  compute: "compute",
  "kv-cache": "KV cache",
  experts: "experts",
  overhead: "overhead",
  interconnect: "interconnect",
  queue: "queue",
};

const VERBS = { buy: "buy", rent: "rent", owned: "use your own", api: "use" };

/** "6× NVIDIA B200 180GB (3 replicas of 2)": as many as there are in all. */
export function machines(candidate) {
  const name = candidate.name ?? candidate.hardware ?? candidate.offer;
  const devices = candidate.devices ?? 1;
  const replicas = candidate.replicas ?? 1;
  const all = devices * replicas > 1 ? `${count(devices * replicas)}× ` : "";
  return all + name + (replicas > 1 ? ` (${count(replicas)} replicas${devices > 1 ? ` of ${count(devices)}` : ""})` : "");
}

const named = new Map();

/** What answers call by an id is shown by the name that it has in the catalogue. */
export function learnNames({ models = [], engines = [], trainingTools = [], quantizations = [] }) {
  for (const each of [...models, ...engines, ...trainingTools, ...quantizations]) named.set(each.id, each.name);
}

export function nameOf(id) {
  return named.get(id) ?? id;
}

/** "vLLM · FP8", what runs it; nothing of a hosted API. */
export function means(candidate) {
  return [candidate.engine, candidate.quantization].filter(Boolean).map(nameOf).join(" · ");
}

/** The same with the model, where models are ranked too. */
export function what(candidate) {
  return machines(candidate) + (candidate.model ? ` for ${nameOf(candidate.model)}` : "");
}

/** "buy 3× NVIDIA B200 180GB (3 replicas)" */
export function choice(candidate) {
  return `${VERBS[candidate.acquisition] ?? "take"} ${what(candidate)}`;
}

/** "74 (69 to 79) of 100" */
export function level(quality) {
  return quality ? `${number(quality.level)} (${number(quality.low)} to ${number(quality.high)}) of 100` : NONE;
}

export function sentence(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : text;
}

export function plural(n, one, many = `${one}s`) {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** "workload-type-ruled-out" → "Workload type ruled out" */
export function fromCode(code) {
  return sentence(String(code).replaceAll("-", " "));
}

/** "rules/policy.xlsx, sheet Fit, row 38" */
export function place(at) {
  if (!at) return "";
  if (typeof at === "string") return at;
  if (at.sheet) return `${at.file}, sheet ${at.sheet}, row ${at.row}`;
  return at.line ? `${at.file}:${at.line}` : at.file ?? "";
}

/** The first characters of a version, enough to tell it from others. */
export function shortVersion(id) {
  return String(id ?? "").replace("sha256:", "").slice(0, 8);
}

const MAC = "mac", CARD = "card", PC = "pc", SERVER = "server", RENTED = "rented", API = "api";
export const MACHINE_KINDS = { [MAC]: "Mac", [PC]: "Mini PC", [CARD]: "Card", [SERVER]: "Server", [RENTED]: "Rented", [API]: "API" };

/** As an architect sorts them, not by maker; null until the catalogue is known. */
export function machineKind(candidate, catalogue) {
  if (candidate.acquisition === "api") return API;
  if (candidate.acquisition === "rent") return RENTED;
  const hardware = catalogue?.hardwareById.get(candidate.hardware);
  if (!hardware) return candidate.hardware?.startsWith("mac") ? MAC : null;
  if (hardware.family === "apple-silicon") return MAC;
  if (hardware.family?.endsWith("unified")) return PC;
  return hardware.datacentre ? SERVER : CARD;
}
