import assert from "node:assert/strict";
import { test } from "node:test";
import { addedUp, draftOf, moved, onTopOf, tidied, wire, withTimes } from "../../apps/community/static/community/draft.js";

const PROGRAMME = {
  title: "Open stage",
  starts_at_local: "23:30",
  ends_at_local: "00:15",
  segments: [
    { id: "a", kind: "icebreaker", title: "Hello", minutes: 20, group_size: { smallest: 2, largest: 3 }, prompts: [{ id: "p", text: "Why?" }] },
    { id: "b", kind: "closing", title: "End", minutes: 25, starts_at_local: "23:50", links: [{ label: "Us", url: "https://example.org/" }] },
  ],
};

test("what the server told goes back as it was", () => {
  assert.deepEqual(wire(tidied(draftOf(PROGRAMME))), PROGRAMME);
});

test("what is left empty is not sent, and what is needed is", () => {
  const draft = draftOf(PROGRAMME);
  draft.segments[0].prompts.push({ key: "new", text: "  " });
  Object.assign(draft.segments[1], { title: "", goal: " ", links: [{ label: "", url: "" }] });
  Object.assign(draft, { hosts: ["", "Hana"], about: { heading: "", points: [""] } });
  const sent = /** @type {any} */ (wire(tidied(draft)));
  assert.deepEqual(sent.segments[0].prompts, [{ id: "p", text: "Why?" }]);
  assert.deepEqual(sent.segments[1], { id: "b", kind: "closing", title: "", minutes: 25, starts_at_local: "23:50" });
  assert.deepEqual([sent.hosts, sent.about], [["Hana"], undefined]);
});

test("times add up, past midnight as well", () => {
  const draft = draftOf(PROGRAMME);
  const fits = (/** @type {string} */ begins) => ({ begins, fits: true });
  assert.deepEqual(addedUp(draft), { rows: [fits("23:30"), fits("23:50")], total: 45, ends: "00:15", fits: true });
  draft.segments[0].minutes = 30;
  const longer = addedUp(draft);
  assert.deepEqual([longer.rows[1], longer.ends, longer.fits], [{ begins: "00:00", fits: false }, "00:25", false]);
  assert.deepEqual(addedUp(withTimes(draft)), { rows: [fits("23:30"), fits("00:00")], total: 55, ends: "00:25", fits: true });
});

test("one thing is moved, and nothing beyond an end", () => {
  assert.deepEqual([moved([1, 2, 3], 0, 2), moved([1, 2, 3], 2, 0), moved([1, 2], 1, 2)], [[2, 3, 1], [3, 1, 2], [1, 2]]);
});

test("mine on top of theirs keeps the ids that there still are", () => {
  const theirs = draftOf({ title: "Theirs", segments: [{ id: "b", kind: "closing", title: "End", minutes: 25 }] });
  const kept = wire(onTopOf(draftOf(PROGRAMME), theirs));
  assert.deepEqual(
    kept.segments.map((/** @type {any} */ one) => [one.id, one.prompts]),
    [[undefined, [{ text: "Why?" }]], ["b", undefined]],
  );
});
