import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Refused, Unanswered } from "../../apps/screens/static/screens/api.js";
import { createMoves, undoLeft } from "../../apps/screens/static/screens/console/moves.js";
import { createDocuments } from "../../apps/screens/static/screens/documents.js";
import { changes, snapshot } from "./wire.js";

const settle = async () => {
  for (let n = 0; n < 40; n += 1) await null;
};
const later = async (ms) => {
  mock.timers.tick(ms);
  await settle();
};

let documents;
let said;
let asked;
let answer;
let moves;
const step = (version, number) => documents.take(changes(version - 1, version, { now: { step: number } }));

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_700_000_000_000 });
  documents = createDocuments();
  documents.take(snapshot(1, { now: { step: 4 } }));
  documents.take(snapshot(1, { last_move: { id: "m4", verb: "next", undone_at: null } }, { stream: "crew" }));
  [said, asked] = [[], []];
  answer = async () => ({ now: { step: 5 } });
  moves = createMoves({ code: "BCDFG", documents, say: (sentence) => said.push(sentence), send: async (request) => (asked.push(request), answer(request)) });
});
afterEach(() => mock.timers.reset());

test("a press is pending at once, says at which step it was meant, and ends when the truth has come by the socket", async () => {
  moves.press("next");
  assert.deepEqual(moves.pending.value, { verb: "next", minutes: undefined, isSlow: false, number: 1 });
  await settle();
  assert.deepEqual(asked.map(({ url, method, body }) => ({ url, method, body })), [
    { url: "/api/v1/events/BCDFG/moves/", method: "POST", body: { verb: "next", from_step: 4 } },
  ]);
  assert.equal(moves.pending.value?.verb, "next", "the answer alone changes nothing on the screen");
  step(2, 5);
  await settle();
  assert.equal(moves.pending.value, null);
});

test("the truth may come before the answer: the next press need not wait for it", async () => {
  answer = () => new Promise(() => {});
  moves.press("next");
  step(2, 5);
  await later(400);
  moves.press("next");
  await settle();
  assert.deepEqual(asked.map(({ body }) => body.from_step), [4, 5]);
});

test("a double tap on a quick line is one press; minutes add up as fast as they are pressed", async () => {
  moves.press("next");
  step(2, 5);
  await later(399);
  moves.press("next");
  assert.deepEqual([asked.length, moves.pending.value], [1, null]);
  moves.press("next_prompt");
  step(3, 6);
  await settle();
  for (const number of [7, 8]) {
    moves.press("add_minutes", { minutes: 1 });
    step(number - 3, number);
    await settle();
  }
  assert.deepEqual(asked.map(({ body }) => body.verb), ["next", "next_prompt", "add_minutes", "add_minutes"]);
});

test("an answered press whose effect does not arrive is pending for three seconds", async () => {
  moves.press("next");
  await settle();
  await later(2_999);
  assert.equal(moves.pending.value?.verb, "next");
  await later(1);
  assert.equal(moves.pending.value, null);
});

test("a double tap is one press", async () => {
  moves.press("next");
  moves.press("next");
  moves.press("back");
  await settle();
  assert.equal(asked.length, 1);
});

test("a double tap on a switch does not switch it back", async () => {
  moves.press("blank");
  step(2, 5);
  await later(200);
  moves.press("unblank");
  await later(200);
  moves.press("unblank");
  await settle();
  assert.deepEqual(asked.map(({ body }) => body.verb), ["blank", "unblank"]);
});

test("panic does not wait for anything", async () => {
  answer = () => new Promise(() => {});
  moves.press("next");
  moves.press("blank");
  await settle();
  assert.deepEqual(asked.map(({ body }) => body.verb), ["next", "blank"]);
  assert.equal(moves.pending.value?.verb, "blank");
});

test("somebody was faster: their sentence is told, and the press is over", async () => {
  answer = async () => {
    throw new Refused({ code: "somebody_faster", message: "Mo moved on to \u201cOpen-Mic\u201d first." }, 409);
  };
  await moves.press("next");
  assert.deepEqual([said, moves.pending.value, asked.length], [["Mo moved on to \u201cOpen-Mic\u201d first."], null, 1]);
});

test("a silent server is asked three times with one key, then it is told", async () => {
  answer = async () => {
    throw new Unanswered();
  };
  moves.press("add_minutes", { minutes: 5 });
  await settle();
  assert.deepEqual(moves.pending.value, { verb: "add_minutes", minutes: 5, isSlow: true, number: 1 });
  await later(1_000);
  await later(3_000);
  assert.equal(asked.length, 3);
  assert.equal(new Set(asked.map(({ key }) => key)).size, 1);
  assert.deepEqual(said, ["No answer from the server. Press again when the line is back."]);
  assert.equal(moves.pending.value, null);
  answer = async () => ({ now: { step: 5 } });
  moves.press("next");
  await settle();
  assert.notEqual(asked.at(-1).key, asked[0].key, "another press is another key");
});

test("undo takes back the last move, once", async () => {
  answer = async () => ({ now: { step: 4 } });
  await moves.undo();
  assert.deepEqual(asked, [{ url: "/api/v1/events/BCDFG/moves/m4/", method: "DELETE" }]);
  documents.take(changes(1, 2, { last_move: { id: "m4", verb: "next", undone_at: "2026-01-01T00:00:00.000Z" } }, "crew"));
  await moves.undo();
  assert.equal(asked.length, 1);
});

test("how long a move can be taken back", () => {
  const move = { undo_until: "2026-01-01T00:00:05.000Z", undone_at: null };
  const at = Date.parse("2026-01-01T00:00:02.000Z");
  assert.equal(undoLeft(move, at), 3_000);
  assert.equal(undoLeft(move, at + 60_000), 0);
  assert.equal(undoLeft({ ...move, undone_at: "2026-01-01T00:00:03.000Z" }, at), 0);
  assert.equal(undoLeft(undefined, at), 0);
});
