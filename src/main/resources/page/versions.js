// The view "Versions": what was in force, what changed cell by cell, and the way back.

import { getJson, may, post } from "./api.js";
import { showApprovals } from "./approvals.js";
import { cellByCell, changesTable } from "./changes.js";
import { announce, fill, h } from "./dom.js";
import { date, fromCode, plural, shortVersion } from "./words.js";

let context = null;

export async function show(place, given) {
  context = given;
  const { versions } = await getJson("/versions", { headers: { "Cache-Control": "no-cache" } });
  const waiting = h("section", { id: "approvals", "aria-live": "polite" });
  fill(
    place,
    h("div", {}, h("h2", {}, "Versions"), h("p", { class: "quiet" }, "Every version that was in force: rules, policy, cases and catalogue together. Any of them can be put in force again.")),
    waiting,
    versions.length === 0 ? h("p", { class: "empty" }, "No version is kept yet.") : h("ul", { class: "list" }, versions.map((each) => entry(each, place))),
  );
  await showApprovals(waiting, async () => {
    await show(place, context);
    context.versionChanged();
  });
}

function entry(version, place) {
  const more = h("div", { class: "more", "aria-live": "polite" });
  return h(
    "li",
    {},
    h(
      "div",
      {},
      h("b", {}, h("code", { title: version.id }, shortVersion(version.id))),
      " ",
      version.inForce && h("span", { class: "tag" }, "in force"),
      h("p", { class: "quiet" }, version.reason ?? `${fromCode(version.origin)}, without a reason`),
      h("small", { class: "quiet" }, `${date(version.createdAt)}${version.lastActivatedAt && version.lastActivatedAt !== version.createdAt ? `, last put in force ${date(version.lastActivatedAt)}` : ""} · program ${version.program}${who(version)}`),
    ),
    h("p", { class: "buttons" }, h("button", { type: "button", onclick: () => changes(version, more) }, "Changes"), !version.inForce && may("edit") && h("button", { type: "button", onclick: () => askWhy(version, more, place) }, "Put in force")),
    more,
  );
}

/** Who brought it, and who put it in force last, where the service knows them. */
function who({ actor, activations = [] }) {
  const last = activations[0]?.actor;
  return [actor && ` · by ${actor}`, last && last !== actor && ` · put in force by ${last}`].filter(Boolean).join("");
}

async function changes(version, more) {
  fill(more, h("p", { class: "waiting" }, "Comparing …"));
  try {
    const answer = await getJson(`/versions/${encodeURIComponent(version.id)}/changes`);
    const all = answer.changes.flatMap(cellByCell);
    fill(
      more,
      h("p", { class: "quiet" }, answer.from === answer.to ? "There is no version before it." : `From ${shortVersion(answer.from)} to ${shortVersion(answer.to)}: ${all.length ? plural(all.length, "change") : "no cell and no line"}.`),
      changesTable(all),
    );
  } catch (failure) {
    fill(more, h("p", { class: "problem" }, failure.message));
  }
}

/** Going back is a decision like another: it has a reason, and cases that do not hold need a yes. */
function askWhy(version, more, place, { force = false, told = null } = {}) {
  const id = `reason-${shortVersion(version.id)}`;
  const field = h("input", { id, type: "text", required: true });
  fill(
    more,
    told && h("p", { class: "problem" }, told),
    h(
      "form",
      {
        class: "row",
        onsubmit: async (event) => {
          event.preventDefault();
          const reason = field.value.trim();
          if (!reason) return field.focus();
          const wait = h("p", { class: "waiting" }, "Proving it by its cases …");
          more.append(wait);
          try {
            const response = await post(`/versions/${encodeURIComponent(version.id)}/activate?reason=${encodeURIComponent(reason)}${force ? "&force=true" : ""}`, undefined, { headers: { "If-Match": "*" } });
            const { approval } = await response.json();
            if (approval) {
              announce("A second person has to agree.");
              return show(place, context);
            }
            announce("In force.");
            await show(place, context);
            context.versionChanged();
          } catch (failure) {
            askWhy(version, more, place, { force: failure.status === 409, told: failure.message });
          }
        },
      },
      h("div", { class: "field" }, h("label", { for: id }, "Reason"), field),
      h("p", { class: "buttons" }, h("button", { type: "submit", class: "first" }, force ? "Put in force all the same" : "Put in force"), h("button", { type: "button", onclick: () => fill(more) }, "Not now")),
    ),
  );
  field.focus();
}
