// The one door to the service. Every failure becomes a Problem that can be shown where it matters.

import { learnNames } from "./words.js";

const KEY = "quartermaster.key";

/** What went wrong, in the words of the service (RFC 9457) or, where it does not answer, in ours. */
export class Problem extends Error {
  constructor(status, title, detail, errors = [], body = null, wait = 0) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.errors = errors;
    this.body = body;
    this.wait = wait; // seconds until it may go better; 0 where nobody said
  }
}

export function isAbort(failure) {
  return failure?.name === "AbortError";
}

async function send(method, path, { body, type, accept = "application/json", headers = {}, signal } = {}) {
  const all = { Accept: accept, ...headers };
  if (type) all["Content-Type"] = type;
  const key = sessionStorage.getItem(KEY);
  if (key) all.Authorization = `Bearer ${key}`;
  let response;
  try {
    response = await fetch(path, { method, body, headers: all, signal, cache: method === "GET" ? "default" : "no-store" });
  } catch (failure) {
    if (isAbort(failure)) throw failure;
    throw new Problem(0, "No connection", "The service does not answer. Is it still running? What is shown is from before.");
  }
  if (response.status === 401 && (await askForKey(Boolean(key)))) {
    return send(method, path, { body, type, accept, headers, signal });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response) {
  const text = await response.text();
  let body = null;
  try {
    body = JSON.parse(text);
  } catch {
    // not in JSON: the status alone has to do
  }
  const wait = response.headers.get("Retry-After");
  const detail = body?.detail ?? body?.advice ?? `The service answered ${response.status}.`;
  const hint = response.status === 503 && wait ? ` Try again in ${wait} s.` : "";
  return new Problem(response.status, body?.title ?? "Refused", detail + hint, body?.errors ?? [], body, Number(wait) || 0);
}

/** Where the service wants a key: it is kept for this tab alone. */
function askForKey(refused) {
  const dialog = document.getElementById("key-dialog");
  const field = dialog.querySelector("input");
  document.getElementById("key-refused").hidden = !refused;
  if (dialog.open) return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "use"), { once: true }));
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener(
      "close",
      () => {
        const given = dialog.returnValue === "use" && field.value.trim();
        if (given) sessionStorage.setItem(KEY, field.value.trim());
        field.value = "";
        resolve(Boolean(given));
      },
      { once: true },
    ),
  );
}

export async function getJson(path, options) {
  return (await send("GET", path, options)).json();
}

export function get(path, options) {
  return send("GET", path, options);
}

export function put(path, body, options) {
  return send("PUT", path, { body, ...options });
}

export function post(path, body, options) {
  return send("POST", path, { body, ...options });
}

export function drop(path) {
  return send("DELETE", path);
}

let access = null;

/** Asks who is here and what he may do; where the service wants a key, this asks for it. */
export async function askAccess() {
  access = await getJson("/access", { headers: { "Cache-Control": "no-cache" } });
  return access;
}

/** What a key may not do is not offered. */
export const may = (role) => access?.may.includes(role) ?? false;

/** The name of the key; nothing where no keys are wanted. */
export const whoIs = () => access?.name;

/** Puts the key aside, so that another can be used. */
export function forgetKey() {
  sessionStorage.removeItem(KEY);
}

export async function postJson(path, value, signal) {
  const response = await send("POST", path, { body: JSON.stringify(value), type: "application/json", signal });
  return response.json();
}

/** The ranking without advice: a list of one is answered at once. One for each key pressed is not kept. */
export async function rank(request, signal) {
  const [answer] = await postJson("/decide?keep=false", [request], signal);
  if (!answer.outcome) throw new Problem(answer.status ?? 422, answer.title, answer.detail, answer.errors);
  return answer;
}

/** The ranking, and what follows from it; it stands among the decisions. */
export function advise(request, signal) {
  return postJson("/decide", request, signal);
}

/** The same under several requests, to look at; none of them is kept. */
export function rankAll(requests, signal) {
  return postJson("/decide?keep=false", requests, signal);
}

/** The winner at every point of a grid, told as soon as it is known. */
export async function sweep(asked, told, signal) {
  const response = await send("POST", "/sweeps", { body: JSON.stringify(asked), type: "application/json", accept: "application/jsonl, application/json", signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let left = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (left + value).split("\n");
    left = lines.pop();
    lines.filter(Boolean).forEach((line) => told(JSON.parse(line)));
  }
}

/** Which models a machine runs. */
export function ladder(hardware, use, signal) {
  return getJson(`/models?hardware=${encodeURIComponent(hardware)}${use ? `&use=${use}` : ""}`, { signal });
}

let catalogue = null;
/** What can be named; read once and kept. */
export function knowledge() {
  catalogue ??= getJson("/names").then(indexed, (failure) => {
    catalogue = null;
    throw failure;
  });
  return catalogue;
}

export function forgetKnowledge() {
  catalogue = null;
}

function indexed(all) {
  learnNames(all);
  return { ...all, hardwareById: new Map(all.hardware.map((each) => [each.id, each])), modelName: new Map(all.models.map((each) => [each.id, each.name])) };
}
