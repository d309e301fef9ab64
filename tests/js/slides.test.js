import assert from "node:assert/strict";
import { test } from "node:test";
import { captionLength } from "../../apps/pictures/static/pictures/caption.js";
import { TURN_SLIDE, slideAfter, slideAt } from "../../apps/pictures/static/pictures/turns.js";

/** Approved in the middle of a turn. @param {string} id @param {number} turn */
const approved = (id, turn) => ({ id, by: null, width: 4, height: 3, caption: "", approved_at: new Date((turn + 0.5) * TURN_SLIDE).toISOString() });
/** @param {any[]} pictures @param {number} from @param {number} to */
const turns = (pictures, from, to) => Array.from({ length: to - from + 1 }, (_one, index) => slideAt(pictures, from + index)?.id).join("");

test("pictures go round, and the first one is not waited for", () => {
  assert.equal(slideAt([], 7), undefined);
  assert.equal(turns([approved("a", 9)], 9, 12), "aaaa");
  const three = ["a", "b", "c"].map((id) => approved(id, 0));
  assert.equal(turns(three, 30, 35), "abcabc");
});

test("a new one comes next, several in the order of their approval, and none changes the present turn", () => {
  const old = ["a", "b", "c"].map((id) => approved(id, 0));
  const more = [...old, approved("x", 30), approved("y", 30), approved("z", 31)];
  assert.equal(slideAt(more, 30)?.id, slideAt(old, 30)?.id);
  assert.equal(turns(more, 31, 33), "xyz");
  assert.deepEqual([...turns(more, 36, 41)].sort(), ["a", "b", "c", "x", "y", "z"]);
});

test("a picture stays for its turn unless it is itself gone", () => {
  const all = ["a", "b", "c", "d"].map((id) => approved(id, 0));
  const without = (/** @type {string} */ gone) => all.filter(({ id }) => id !== gone);
  const at = 30 * TURN_SLIDE;
  const present = slideAfter(all, { turn: 29, shown: all[0] }, at);
  assert.equal(present.shown?.id, "c");
  for (const gone of ["a", "b", "d"]) assert.equal(slideAfter(without(gone), present, at + 1_000).shown?.id, "c");
  assert.equal(slideAfter(without("c"), present, at + 1_000).shown?.id, "a");
  assert.deepEqual(slideAfter(all, present, at - 20), present);
  assert.equal(slideAfter(all, present, at + TURN_SLIDE).shown?.id, "d");
});

test("a caption's characters are counted as people count them", () => {
  assert.equal(captionLength("👩‍👩‍👧‍👦".repeat(80)), 80);
});
