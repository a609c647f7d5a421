// Which decisions this browser has asked for: their ids and a line each. They stay on this machine.

const PLACE = "quartermaster.decisions";
const MOST = 60;

export function remembered() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? [];
  } catch {
    return [];
  }
}

export function remember(answer, address) {
  const entry = { id: answer.decisionId, at: answer.decidedAt, headline: answer.headline ?? "", type: answer.workload.type, model: typeof answer.workload.model === "string" ? answer.workload.model : "own model", address };
  try {
    localStorage.setItem(PLACE, JSON.stringify([entry, ...remembered().filter((each) => each.address !== address)].slice(0, MOST)));
  } catch {
    // a browser that keeps nothing: the service still does
  }
}
