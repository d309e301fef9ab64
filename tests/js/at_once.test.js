import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_AT_ONCE, approveAll, undoAll } from "../../apps/tips/static/tips/at_once.js";

const card = (id) => ({ id, written_at: `${id} was written`, text: "Be kind" });
const tips = (count) => Array.from({ length: count }, (_none, place) => `tip${place}`);

/** A wall that keeps what it was sent and answers `answer(body)`. */
function createWall(answer) {
  const sent = [];
  const send = async (path, method, body) => (sent.push([path, method, body]), answer(body));
  return { sent, send };
}

test("more than one request decides: the first of them are approved", async () => {
  const wall = createWall(({ tips }) => ({ approved: tips }));
  const all = tips(MOST_AT_ONCE + 1);
  assert.deepEqual(await approveAll(wall.send, all.map(card)), { approved: all.slice(0, -1) });
  const [[path, method, body]] = wall.sent;
  assert.deepEqual([path, method, body.tips, wall.sent.length], ["approvals/", "POST", all.slice(0, -1), 1]);
});

test("the server hears which words of each were read", async () => {
  const wall = createWall(({ tips }) => ({ approved: tips }));
  await approveAll(wall.send, tips(2).map(card));
  assert.deepEqual(wall.sent, [["approvals/", "POST", { tips: tips(2), seen: { tip0: "tip0 was written", tip1: "tip1 was written" } }]]);
});

test("what was approved in one request is taken back in one", async () => {
  const wall = createWall(({ tips }) => ({ undone: tips, left: {} }));
  assert.equal(await undoAll(wall.send, tips(MOST_AT_ONCE)), 0);
  assert.deepEqual(wall.sent, [["undoings/", "POST", { tips: tips(MOST_AT_ONCE) }]]);
});

test("more go in portions, each once and in order; of none there is no request", async () => {
  const wall = createWall(({ tips }) => ({ undone: tips, left: {} }));
  await undoAll(wall.send, tips(MOST_AT_ONCE * 2 + 1));
  assert.deepEqual(wall.sent.map(([, , body]) => body.tips.length), [MOST_AT_ONCE, MOST_AT_ONCE, 1]);
  assert.deepEqual(wall.sent.flatMap(([, , body]) => body.tips), tips(MOST_AT_ONCE * 2 + 1));
  assert.equal(await undoAll(wall.send, []), 0);
  assert.equal(wall.sent.length, 3);
});

test("those that stay decided are counted over all portions", async () => {
  const wall = createWall(({ tips: [first] }) => ({ undone: [], left: { [first]: "too_late_to_undo" } }));
  assert.equal(await undoAll(wall.send, tips(MOST_AT_ONCE + 1)), 2);
  assert.equal(await undoAll(wall.send, tips(1)), 1);
});

test("of a refused request nothing is counted", async () => {
  const wall = createWall(() => undefined);
  assert.equal(await undoAll(wall.send, tips(3)), 0);
  assert.equal(wall.sent.length, 1);
});
