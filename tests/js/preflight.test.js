import assert from "node:assert/strict";
import { test } from "node:test";

import { measured } from "../../apps/rehearsal/static/rehearsal/measuring.js";

test("the shortest round trip says how far apart the clocks are", () => {
  const asked = [
    { sent: 1000, took: 400, at: 6390 },
    { sent: 2000, took: 20, at: 7010 },
    { sent: 3000, took: 90, at: 8089 },
  ];
  assert.deepEqual(measured(asked), { tripMs: 20, offsetMs: 5000 });
});
