// The one door to the service. Every failure becomes a Problem that can be shown where it matters.

const KEY = "quartermaster.key";

/** What went wrong, in the words of the service (RFC 9457) or, where it does not answer, in ours. */
export class Problem extends Error {
  constructor(status, title, detail, errors = [], body = null) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.errors = errors;
    this.body = body;
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
  if (response.status === 401 && (await askForKey())) {
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
  return new Problem(response.status, body?.title ?? "Refused", detail + hint, body?.errors ?? [], body);
}

/** Where the service wants a key: it is kept for this tab alone. */
function askForKey() {
  const dialog = document.getElementById("key-dialog");
  const field = dialog.querySelector("input");
  if (dialog.open) return Promise.resolve(false);
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

export async function postJson(path, value, signal) {
  const response = await send("POST", path, { body: JSON.stringify(value), type: "application/json", signal });
  return response.json();
}

/** The ranking without advice: a list of one is answered at once. */
export async function rank(request, signal) {
  const [answer] = await postJson("/decide", [request], signal);
  if (!answer.outcome) throw new Problem(answer.status ?? 422, answer.title, answer.detail, answer.errors);
  return answer;
}

/** The ranking, and what follows from it. */
export function advise(request, signal) {
  return postJson("/decide", request, signal);
}

/** One candidate under several requests. */
export function rankAll(requests, signal) {
  return postJson("/decide", requests, signal);
}

let catalogue = null;
/** What exists; read once and kept. */
export function knowledge() {
  catalogue ??= getJson("/catalogue").then(indexed, (failure) => {
    catalogue = null;
    throw failure;
  });
  return catalogue;
}

export function forgetKnowledge() {
  catalogue = null;
}

function indexed(all) {
  return { ...all, hardwareById: new Map(all.hardware.map((each) => [each.id, each])) };
}
