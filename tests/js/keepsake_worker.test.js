/** The worker of a keepsake, with a server and a cache of a test's own: what it keeps, and when it lets go. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../apps/keepsake/static/keepsake/worker.js", import.meta.url), "utf8");
const PAGE = "http://a.test/BCDFG/keepsake/";

/** A worker whose device keeps the page until a day. `serve` answers for the server, or throws without a network. */
function worker(/** @type {string} */ until, /** @type {() => any} */ serve) {
  const kept = new Map([[PAGE, { kept: true, status: 200, headers: new Headers({ "Keepsake-Until": until }) }]]);
  const state = { kept, isRegistered: true };
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const self = {
    location: { href: `${PAGE}worker.js` },
    registration: { unregister: async () => (state.isRegistered = false) },
    addEventListener: (/** @type {string} */ name, /** @type {any} */ act) => (listeners[name] = act),
    skipWaiting: () => undefined,
  };
  const caches = {
    open: async () => ({ match: async (/** @type {string} */ address) => kept.get(address) }),
    delete: async () => kept.clear(),
  };
  vm.runInNewContext(SOURCE, { self, caches, fetch: async () => serve(), URL, Response: { error: () => ({ status: 0 }) }, Date });
  const ask = (/** @type {string} */ url, method = "GET") =>
    new Promise((resolve) => {
      let isAnswered = false;
      listeners.fetch({ request: { url, method }, respondWith: (/** @type {any} */ answer) => ((isAnswered = true), resolve(answer)) });
      if (!isAnswered) resolve("left to the browser");
    });
  return { state, ask };
}

const away = () => {
  throw new TypeError("no network");
};
const answering = (/** @type {number} */ status) => () => ({ status });

test("the server comes first", async () => {
  const { ask, state } = worker("2999-01-01", answering(200));
  assert.deepEqual(await ask(PAGE), { status: 200 });
  assert.equal(state.kept.size, 1);
});

test("without a network, and while the server fails, the copy is read", async () => {
  for (const serve of [away, answering(503)]) assert.equal((await worker("2999-01-01", serve).ask(PAGE)).kept, true);
  assert.equal((await worker("", away).ask(PAGE)).kept, true);
});

test("whoever the server no longer knows has no copy either", async () => {
  for (const status of [401, 403, 404, 410]) {
    const { ask, state } = worker("2999-01-01", answering(status));
    assert.deepEqual(await ask(PAGE), { status });
    assert.deepEqual([state.kept.size, state.isRegistered], [0, false]);
  }
});

test("a picture that is gone, or too much asked at once, takes no page along", async () => {
  const gone = worker("2999-01-01", answering(404));
  await gone.ask("http://a.test/api/v1/events/BCDFG/pictures/x/small/");
  const fast = worker("2999-01-01", answering(429));
  await fast.ask(PAGE);
  assert.deepEqual([gone.state.kept.size, fast.state.kept.size], [1, 1]);
});

test("past the day of erasure the copy is erased too", async () => {
  const { ask, state } = worker("2001-01-01", away);
  assert.deepEqual(await ask(PAGE), { status: 0 });
  assert.deepEqual([state.kept.size, state.isRegistered], [0, false]);
});

test("what is sent is none of its business", async () => {
  assert.equal(await worker("", away).ask(PAGE, "POST"), "left to the browser");
});
