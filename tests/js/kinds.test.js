import assert from "node:assert/strict";
import { test } from "node:test";
import { cardFor, plain } from "../../apps/screens/static/screens/kinds.js";
import { page } from "../../apps/screens/static/screens/page.js";

page.kinds = { icebreaker: "/static/matching/icebreaker.js", poll: "/static/poll/poll.js" };
const Phone = () => null;
const Plain = () => null;
plain.stage = Plain;

test("a kind without a module of its own has the plain card", async () => {
  assert.equal(await cardFor("break", "stage", () => assert.fail("nothing to load")), Plain);
});

test("a kind's module is loaded once for all screens; a screen it leaves out has the plain card", async () => {
  const asked = [];
  const load = async (address) => (asked.push(address), { default: { phone: Phone } });
  assert.deepEqual(await Promise.all([cardFor("icebreaker", "phone", load), cardFor("icebreaker", "stage", load)]), [Phone, Plain]);
  assert.deepEqual(asked, ["/static/matching/icebreaker.js"]);
});

test("a module that fails is asked for anew under an address browsers have not given up", async (t) => {
  const { mock: warned } = t.mock.method(console, "warn", () => {});
  const asked = [];
  const load = async (address) => {
    asked.push(address);
    if (asked.length < 3) throw new TypeError("Failed to fetch dynamically imported module");
    return { default: { phone: Phone } };
  };
  await assert.rejects(cardFor("poll", "phone", load), TypeError);
  assert.equal(warned.callCount(), 0, "once is bad Wi-Fi");
  await assert.rejects(cardFor("poll", "phone", load), TypeError);
  assert.equal(warned.callCount(), 1);
  assert.equal(await cardFor("poll", "phone", load), Phone);
  assert.deepEqual(asked, ["/static/poll/poll.js", "/static/poll/poll.js?again=1", "/static/poll/poll.js?again=2"]);
});

test("without a network nobody is blamed", async (t) => {
  const { mock: warned } = t.mock.method(console, "warn", () => {});
  Object.defineProperty(globalThis.navigator, "onLine", { value: false, configurable: true });
  const load = async () => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
  page.kinds.quiz = "/static/quiz/quiz.js";
  for (let time = 0; time < 3; time++) await assert.rejects(cardFor("quiz", "phone", load), TypeError);
  assert.equal(warned.callCount(), 0);
  delete globalThis.navigator.onLine;
  for (let time = 0; time < 2; time++) await assert.rejects(cardFor("quiz", "phone", load), TypeError);
  assert.equal(warned.callCount(), 1);
});
