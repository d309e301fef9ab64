import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { backOff, call, newKey } from "../../apps/screens/static/screens/api.js";
import { page } from "../../apps/screens/static/screens/page.js";

const original = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = original;
  mock.timers.reset();
});
const answers = (status, body, headers = { "Content-Type": "application/json" }) => {
  const asked = [];
  globalThis.fetch = async (url, options) => {
    asked.push({ url, ...options });
    return new Response(body === null ? null : typeof body === "string" ? body : JSON.stringify(body), { status, headers });
  };
  return asked;
};
const move = { url: "/api/v1/events/BCDFG/moves/", method: "POST", body: { verb: "next" }, key: "k".repeat(32) };

test("a write says who it is: key, token against forgery, JSON; no cache, no redirects", async () => {
  page.csrf = "token";
  const asked = answers(201, { now: { step: 2 } });
  assert.deepEqual(await call(move), { now: { step: 2 } });
  const { url, method, headers, body, redirect, cache, credentials } = asked[0];
  assert.deepEqual(
    { url, method, headers, body, redirect, cache, credentials },
    {
      url: move.url, method: "POST", body: '{"verb":"next"}', redirect: "error", cache: "no-store", credentials: "same-origin",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": "token", "Idempotency-Key": move.key },
    },
  );
});

/** A page of which a fresh copy has another token. */
function withFreshPage(t, csrf) {
  t.mock.method(console, "warn", () => {});
  globalThis.location = { href: "http://here/console/BCDFG/" };
  globalThis.DOMParser = class {
    parseFromString(text) {
      return { getElementById: () => ({ textContent: text }) };
    }
  };
  t.after(() => {
    delete globalThis.location;
    delete globalThis.DOMParser;
  });
  const asked = [];
  globalThis.fetch = async (url, options) => {
    asked.push([url, options.headers?.["X-CSRFToken"], options.headers?.["Idempotency-Key"]]);
    if (url === globalThis.location.href) return new Response(csrf && JSON.stringify({ csrf }));
    const isFresh = options.headers["X-CSRFToken"] === "fresh";
    return Response.json(isFresh ? { now: {} } : { code: "not_allowed", message: "You are not allowed to do this." }, { status: isFresh ? 201 : 403 });
  };
  return asked;
}

test("a stale token against forgery is renewed from a fresh copy of the page, once, with the same key", async (t) => {
  page.csrf = "stale";
  const asked = withFreshPage(t, "fresh");
  assert.deepEqual(await call(move), { now: {} });
  assert.deepEqual(asked, [[move.url, "stale", move.key], ["http://here/console/BCDFG/", undefined, undefined], [move.url, "fresh", move.key]]);
});

test("who really is not allowed hears it, after one more try at most", async (t) => {
  for (const [csrf, requests] of [["other", 3], ["", 2]]) {
    page.csrf = "mine";
    const asked = withFreshPage(t, csrf);
    await assert.rejects(call(move), { code: "not_allowed", status: 403 });
    assert.equal(asked.length, requests);
  }
});

test("reading sends no token", async () => {
  const asked = answers(200, {});
  await call({ url: "/x" });
  assert.deepEqual(asked[0].headers, { Accept: "application/json" });
});

test("an empty answer is null", async () => {
  answers(204, null, {});
  assert.equal(await call({ url: "/x", method: "DELETE" }), null);
});

test("a refusal has its code, its sentence and the sentences of its fields", async () => {
  answers(400, { code: "invalid", message: "Please write something first.", fields: { name: ["Empty.", "Really."] } });
  await assert.rejects(call(move), { code: "invalid", message: "Please write something first.", status: 400, fields: { name: "Empty. Really." } });
});

test("later is not never: 429, a first one that still runs, any trouble of the server's", async () => {
  answers(429, { code: "too_fast", message: "x" }, { "Content-Type": "application/json", "Retry-After": "7" });
  await assert.rejects(call(move), { code: "unanswered", status: 429, afterSeconds: 7 });
  answers(409, { code: "still_running", message: "x" });
  await assert.rejects(call(move), { code: "unanswered", status: 409 });
  answers(503, { code: "busy", message: "x" });
  await assert.rejects(call(move), { code: "unanswered", status: 503 });
});

test("a captive portal's page is no answer, whatever its status", async () => {
  answers(200, "<h1>Please buy Wi-Fi</h1>", { "Content-Type": "text/html" });
  await assert.rejects(call(move), { code: "unanswered", status: 200 });
  answers(403, "<h1>Blocked</h1>", { "Content-Type": "text/html" });
  await assert.rejects(call(move), { code: "unanswered", status: 403 });
  answers(200, "{", { "Content-Type": "application/json" });
  await assert.rejects(call(move), { code: "unanswered", status: 0 });
});

test("no network, and no answer within 15 seconds", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  await assert.rejects(call(move), { code: "unanswered", status: 0 });
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.fetch = (_url, { signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const call_ = call(move);
  mock.timers.tick(15_000);
  await assert.rejects(call_, { code: "unanswered", status: 0 });
});

test("back-off: full jitter below 0.25 s doubled each time, 8 s at most", () => {
  assert.deepEqual([0, 1, 4, 5, 6, 50].map((n) => backOff(n, () => 1)), [250, 500, 4000, 8000, 8000, 8000]);
  assert.equal(backOff(50, () => 0), 0);
});

test("keys are 32 hexadecimal digits and never the same", () => {
  const keys = Array.from({ length: 1000 }, newKey);
  assert.equal(new Set(keys).size, 1000);
  assert.ok(keys.every((key) => /^[0-9a-f]{32}$/.test(key)));
});
