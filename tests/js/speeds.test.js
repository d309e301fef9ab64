import assert from "node:assert/strict";
import { test } from "node:test";

import { lasts, offered, usual } from "../../apps/rehearsal/static/rehearsal/speeds.js";

test("two hours may take twelve minutes, four, or one", () => {
  assert.deepEqual(offered(120), [10, 30, 100]);
  assert.deepEqual(offered(120).map((speed) => lasts(120, speed)), [12, 4, 1]);
  assert.equal(usual(offered(120)), 30);
});

test("no two choices are called the same", () => {
  for (let minutes = 1; minutes <= 600; minutes++) {
    const called = offered(minutes).map((speed) => lasts(minutes, speed));
    assert.equal(new Set(called).size, called.length, `${minutes} minutes`);
    assert.ok(offered(minutes).includes(usual(offered(minutes))));
  }
  assert.deepEqual(offered(26), [10, 100]);
  assert.deepEqual(offered(8), [100]);
});
