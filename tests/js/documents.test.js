import assert from "node:assert/strict";
import { test } from "node:test";
import { createDocuments, reduce } from "../../apps/screens/static/screens/documents.js";
import { changes, snapshot } from "./wire.js";

const at = (version, documents = {}) => ({ epoch: "e1", version, documents });

test("news that follow are applied by key, null removes", () => {
  const { outcome, state } = reduce(at(4, { now: 1, gone: 2, kept: 3 }), changes(4, 5, { now: 9, gone: null, new: 7 }));
  assert.equal(outcome, "applied");
  assert.deepEqual(state, at(5, { now: 9, kept: 3, new: 7 }));
});

test("news that overlap with what is known are applied: replacing twice is harmless", () => {
  assert.deepEqual(reduce(at(5, { a: 1 }), changes(3, 7, { a: 2 })), { outcome: "applied", state: at(7, { a: 2 }) });
});

test("old news are dropped", () => {
  const state = at(5, { a: 1 });
  assert.deepEqual(reduce(state, changes(3, 5, { a: 0 })), { outcome: "dropped", state });
});

test("a gap asks for a resync and changes nothing", () => {
  const state = at(5, { a: 1 });
  assert.deepEqual(reduce(state, changes(6, 7, { a: 2 })), { outcome: "resync", state });
  assert.deepEqual(reduce(undefined, changes(0, 1, { a: 2 })), { outcome: "resync", state: undefined });
});

test("a snapshot of another epoch replaces all, an older one of this epoch nothing", () => {
  const state = at(5, { a: 1 });
  assert.deepEqual(reduce(state, snapshot(2, { b: 1 }, { epoch: "e2" })).state, { epoch: "e2", version: 2, documents: { b: 1 } });
  assert.deepEqual(reduce(state, snapshot(4, { b: 1 })), { outcome: "dropped", state });
});

test("the state that was given is never changed", () => {
  const state = Object.freeze(at(1, Object.freeze({ a: Object.freeze({ b: 1 }) })));
  reduce(state, changes(1, 2, { a: null, c: 1 }));
  assert.deepEqual(state, at(1, { a: { b: 1 } }));
});

/** A small random generator with a seed, so that a failure can be repeated (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

test("apply = refetch: lost, doubled and shuffled frames with resyncs end where the server is", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomOf(seed);
    const pick = (count) => Math.floor(random() * count);
    let server = at(0);
    const frames = [];
    for (let step = 0; step < 30; step += 1) {
      const change = { [`k${pick(6)}`]: random() < 0.3 ? null : step };
      const frame = changes(server.version, server.version + 1, change);
      server = reduce(server, frame).state;
      frames.push(frame);
    }
    const arriving = [...frames, ...frames.filter(() => random() < 0.3)].filter(() => random() < 0.8).sort(() => random() - 0.5);
    let client = at(0);
    for (const frame of [...arriving, frames.at(-1)]) {
      const { outcome, state } = reduce(client, frame);
      client = outcome === "resync" ? reduce(undefined, snapshot(server.version, server.documents)).state : state;
    }
    assert.deepEqual(client, server, `seed ${seed}`);
  }
});

test("documents of a screen: signals by stream, cursors to resume from, forgetting", () => {
  const documents = createDocuments({ streams: { public: at(3, { now: { step: 1 } }) } });
  assert.deepEqual(documents.public.value, { now: { step: 1 } });
  assert.equal(documents.take(changes(3, 4, { now: { step: 2 } })), "applied");
  assert.deepEqual(documents.public.value.now, { step: 2 });
  assert.deepEqual(documents.cursors(), { public: { epoch: "e1", since: 4 } });
  assert.deepEqual(documents.behind({ public: 5, me: 0 }), ["public", "me"]);
  documents.forget("public");
  assert.deepEqual(documents.cursors(), {});
  assert.deepEqual(documents.public.value.now, { step: 2 }, "what was shown stays until the snapshot is here");
});

test("a stream this screen does not know is kept apart, not shown", () => {
  const documents = createDocuments();
  assert.equal(documents.take(snapshot(1, { a: 1 }, { stream: "other" })), "applied");
  assert.deepEqual([documents.public.value, documents.crew.value, documents.me.value], [{}, {}, {}]);
});
