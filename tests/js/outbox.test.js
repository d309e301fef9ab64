import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Refused, Unanswered } from "../../apps/screens/static/screens/api.js";
import { createOutbox } from "../../apps/screens/static/screens/outbox.js";

/** localStorage of one device; tabs of it share it. */
class Store {
  constructor(room = Infinity) {
    this.items = new Map();
    this.room = room;
  }
  get length() {
    return this.items.size;
  }
  key(index) {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(name) {
    return this.items.get(name) ?? null;
  }
  setItem(name, text) {
    if (this.items.size >= this.room) throw new DOMException("full", "QuotaExceededError");
    this.items.set(name, text);
  }
  removeItem(name) {
    this.items.delete(name);
  }
}

/** The server: answers by key once, and can be cut off or made to stumble. */
function createServer() {
  const server = {
    requests: [], effects: [], answers: new Map(), trouble: null,
    async send(entry) {
      server.requests.push(entry);
      await null;
      const trouble = server.trouble?.(entry);
      if (trouble) throw trouble;
      if (!server.answers.has(entry.key)) {
        server.effects.push(entry.body);
        server.answers.set(entry.key, { saved: entry.body });
      }
      // The answer is lost on its way back.
      if (server.loseAnswers) throw new Unanswered();
      return server.answers.get(entry.key);
    },
  };
  return server;
}

/** Web Locks of one device: one holder at a time. */
function createLocks() {
  let queue = Promise.resolve();
  return {
    request(_name, { signal }, act) {
      const turn = queue.then(() => {
        if (signal.aborted) throw new DOMException("aborted", "AbortError");
        return act();
      });
      queue = turn.catch(() => {});
      const aborted = new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError"))));
      return Promise.race([turn, aborted]);
    },
  };
}

const settle = async () => {
  for (let n = 0; n < 60; n += 1) await null;
};
const later = async (ms) => {
  mock.timers.tick(ms);
  await settle();
};
let store;
let server;
const tab = (more = {}) => createOutbox({ storage: () => store, locks: undefined, send: server.send, page: new EventTarget(), random: () => 1, ...more });
const tip = (text) => ({ url: "/api/v1/events/BCDFG/tips/", body: { text }, label: "Your tip" });
const offline = () => new Unanswered();

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_700_000_000_000 });
  store = new Store();
  server = createServer();
});
afterEach(() => mock.timers.reset());

test("kept first, sent, answered, gone", async () => {
  const outbox = tab();
  const answer = outbox.submit(tip("listen"));
  assert.deepEqual([store.length, outbox.waiting.value.length, outbox.waiting.value[0].label], [1, 1, "Your tip"]);
  assert.deepEqual(await answer, { saved: { text: "listen" } });
  await settle();
  assert.deepEqual([store.length, outbox.waiting.value, server.effects.length], [0, [], 1]);
  assert.match(server.requests[0].key, /^[0-9a-f]{32}$/);
});

test("no network: tried again later, each time with the same key, until it is answered", async () => {
  const outbox = tab();
  server.trouble = offline;
  const answer = outbox.submit(tip("listen"));
  await settle();
  await later(250);
  await later(500);
  assert.equal(server.requests.length, 3);
  server.trouble = null;
  await later(1000);
  assert.deepEqual(await answer, { saved: { text: "listen" } });
  assert.equal(new Set(server.requests.map(({ key }) => key)).size, 1);
});

test("an answer that is lost costs a second request and no second effect", async () => {
  const outbox = tab();
  server.loseAnswers = true;
  const answer = outbox.submit(tip("once"));
  await settle();
  server.loseAnswers = false;
  await later(250);
  assert.deepEqual([await answer, server.requests.length, server.effects], [{ saved: { text: "once" } }, 2, [{ text: "once" }]]);
});

test("a reload sends what the page before it could not", async () => {
  server.trouble = offline;
  tab().submit(tip("from before"));
  await settle();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_700_000_100_000 });
  server.trouble = null;
  const outbox = tab();
  assert.equal(outbox.waiting.value.length, 1);
  await settle();
  assert.deepEqual([server.effects, store.length, outbox.waiting.value], [[{ text: "from before" }], 0, []]);
});

test("in the order in which they were submitted, one after the other", async () => {
  const outbox = tab();
  server.trouble = offline;
  ["one", "two", "three"].forEach((text) => outbox.submit(tip(text)));
  await settle();
  assert.equal(server.requests.length, 1, "a silent server is not asked three times");
  server.trouble = null;
  outbox.submit(tip("four"));
  await later(250);
  assert.deepEqual(server.effects.map(({ text }) => text), ["one", "two", "three", "four"]);
});

test("the server's no reaches who submitted, and is not asked again", async () => {
  const outbox = tab();
  server.trouble = () => new Refused({ code: "too_long", message: "At most 40 characters, please.", fields: { name: ["At most 40."] } }, 400);
  await assert.rejects(outbox.submit(tip("x")), { code: "too_long", message: "At most 40 characters, please.", fields: { name: "At most 40." } });
  await later(60_000);
  assert.deepEqual([server.requests.length, store.length], [1, 0]);
});

test("a no to what an earlier page submitted is told, since nobody waits for it", async () => {
  server.trouble = offline;
  tab().submit(tip("x"));
  await settle();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_700_000_100_000 });
  server.trouble = () => new Refused({ code: "ended", message: "This event has ended." }, 409);
  const outbox = tab();
  await settle();
  assert.deepEqual(outbox.rejected.value, { label: "Your tip", message: "This event has ended.", code: "ended" });
});

test("the network comes back: at once, whatever the back-off", async () => {
  const page = new EventTarget();
  const outbox = tab({ page });
  server.trouble = offline;
  const answer = outbox.submit(tip("x"));
  await settle();
  server.trouble = null;
  page.dispatchEvent(new Event("online"));
  assert.deepEqual(await answer, { saved: { text: "x" } });
});

test("too fast: asked again when the server said, not before", async () => {
  const outbox = tab();
  server.trouble = () => new Unanswered({ status: 429, afterSeconds: 7 });
  outbox.submit(tip("x"));
  await settle();
  server.trouble = null;
  await later(6_999);
  assert.equal(server.requests.length, 1);
  await later(1);
  assert.equal(server.requests.length, 2);
});

test("a request that the server stumbles over does not hold up the others", async () => {
  const outbox = tab();
  server.trouble = ({ body }) => body.text === "poison" && new Unanswered({ status: 500 });
  outbox.submit(tip("poison"));
  const fine = outbox.submit(tip("fine"));
  await settle();
  await later(250);
  assert.deepEqual(await fine, { saved: { text: "fine" } });
  assert.deepEqual(outbox.waiting.value.map(({ body }) => body.text), ["poison"]);
});

test("two tabs with locks: each thing is sent once", async () => {
  const locks = createLocks();
  server.trouble = offline;
  const [first, second] = [tab({ locks }), tab({ locks })];
  const answers = [first.submit(tip("a")), second.submit(tip("b"))];
  await settle();
  server.trouble = null;
  server.requests.length = 0;
  await later(10_000);
  assert.deepEqual(await Promise.all(answers), [{ saved: { text: "a" } }, { saved: { text: "b" } }]);
  assert.deepEqual(server.effects.map(({ text }) => text).sort(), ["a", "b"]);
});

test("two tabs without locks: the key alone makes each thing happen once", async () => {
  server.trouble = offline;
  const [first, second] = [tab(), tab()];
  const answers = [first.submit(tip("a")), second.submit(tip("b"))];
  await settle();
  server.trouble = null;
  await Promise.all([first.flush(), second.flush()]);
  await settle();
  assert.deepEqual(await Promise.all(answers), [{ saved: { text: "a" } }, { saved: { text: "b" } }]);
  assert.deepEqual(server.effects.map(({ text }) => text).sort(), ["a", "b"]);
});

test("a suspended tab that holds the lock does not hold up this one for ever", async () => {
  const locks = createLocks();
  locks.request("outbox", { signal: new AbortController().signal }, () => new Promise(() => {}));
  const outbox = tab({ locks });
  const answer = outbox.submit(tip("x"));
  await settle();
  assert.equal(server.requests.length, 0);
  await later(5_000);
  assert.deepEqual(await answer, { saved: { text: "x" } });
});

test("storage that is full or forbidden: sent all the same, with an honest word while it waits", async () => {
  const forbidden = () => {
    throw new DOMException("no", "SecurityError");
  };
  for (const storage of [() => new Store(0), forbidden]) {
    const outbox = tab({ storage });
    server.trouble = offline;
    const answer = outbox.submit(tip("x"));
    await settle();
    assert.match(outbox.notice.value, /leave this page open/);
    assert.equal(outbox.waiting.value.length, 1);
    server.trouble = null;
    await later(8_000);
    assert.deepEqual(await answer, { saved: { text: "x" } });
    assert.equal(outbox.notice.value, "");
  }
});

test("what is older than the server's memory of keys is not sent, and that is told", async () => {
  const outbox = tab();
  server.trouble = offline;
  const answer = outbox.submit(tip("old"));
  answer.catch(() => {});
  await settle();
  const count = server.requests.length;
  server.trouble = null;
  await later(36 * 3600 * 1000);
  await assert.rejects(answer, { code: "too_old" });
  assert.equal(server.requests.length, count);
});

test("what others left in the storage is no reason to fail", async () => {
  store.setItem("outbox/", "}{");
  store.setItem("outbox/000-x", JSON.stringify({ name: "outbox/other", url: "/x" }));
  store.setItem("theme", "dark");
  const outbox = tab();
  assert.deepEqual(outbox.waiting.value, []);
  assert.deepEqual(await outbox.submit(tip("x")), { saved: { text: "x" } });
});
