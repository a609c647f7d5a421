// What waits for a second person: what it would change, and the two answers to it.

import { drop, getJson, may, post, whoIs } from "./api.js";
import { announce, fill, h } from "./dom.js";
import { showEffect } from "./policyresult.js";
import { date } from "./words.js";

/** Fills the place with what waits, or with nothing; `agreed` is called once something was put in force. */
export async function showApprovals(place, agreed) {
  if (!may("edit")) return fill(place);
  const { approvals } = await getJson("/approvals", { headers: { "Cache-Control": "no-cache" } });
  const again = () => showApprovals(place, agreed);
  fill(
    place,
    approvals.length > 0 && [
      h("h3", {}, "Waiting for a second person"),
      h("p", { class: "quiet" }, "Others would win than cases want, so somebody else has to agree before it is in force."),
      h("ul", { class: "list", "aria-label": "Waiting for a second person" }, approvals.map((each) => entry(each, again, agreed))),
    ],
  );
}

function entry(approval, again, agreed) {
  const more = h("div", { class: "more", "aria-live": "polite" });
  const own = approval.askedBy === whoIs();
  const answer = async (words, send, done) => {
    fill(more, h("p", { class: "waiting" }, words));
    try {
      await send(`/approvals/${encodeURIComponent(approval.id)}`);
      announce(done);
      await again();
    } catch (failure) {
      fill(more, h("p", { class: "problem" }, failure.message));
    }
  };
  const agree = () => answer("Proving it by its cases …", async (path) => (await post(path), agreed()), "In force.");
  const refuse = () => answer("…", drop, own ? "Withdrawn." : "Not agreed to.");
  return h(
    "li",
    {},
    h(
      "div",
      {},
      h("b", {}, approval.what),
      h("p", { class: "quiet" }, approval.reason),
      h("small", { class: "quiet" }, `Asked by ${own ? "you" : approval.askedBy}, ${date(approval.askedAt)}; forgotten ${date(approval.forgottenAt)}`),
    ),
    h(
      "p",
      { class: "buttons" },
      h("button", { type: "button", onclick: () => change(approval, more) }, "What it would change"),
      !own && h("button", { type: "button", class: "first", onclick: agree }, "Agree"),
      h("button", { type: "button", onclick: refuse }, own ? "Withdraw" : "Do not agree"),
    ),
    more,
  );
}

async function change(approval, more) {
  fill(more, h("p", { class: "waiting" }, "Looking it up …"));
  try {
    const asked = await getJson(`/approvals/${encodeURIComponent(approval.id)}`);
    showEffect(more, asked.change);
  } catch (failure) {
    fill(more, h("p", { class: "problem" }, failure.message));
  }
}
