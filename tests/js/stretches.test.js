import assert from "node:assert/strict";
import { test } from "node:test";
import { stretches } from "../../apps/tips/static/tips/stretches.js";

const count = (number) => [...Array(number).keys()];

test("a wall is drawn in stretches, as far as somebody has read", () => {
  assert.deepEqual(stretches([], 40, 40), []);
  assert.deepEqual(stretches(["a", "b"], 40, 40), [["1", ["a", "b"]]]);
  for (const number of [1, 39, 40, 41, 80, 81, 2000]) {
    for (const most of [40, 80, 2000]) {
      const found = stretches(count(number), most, 40);
      assert.deepEqual(found.flatMap(([, stretch]) => stretch), count(Math.min(number, most)), `${number} of ${most}`);
      assert.equal(new Set(found.map(([place]) => place)).size, found.length);
    }
  }
});

test("another tip on top leaves all stretches but the first and the last as they were", () => {
  const before = stretches(count(170), 120, 40);
  const after = new Map(stretches(["new", ...count(170)], 120, 40));
  assert.deepEqual(before.map(([place]) => place), ["5", "4", "3"].concat("2"));
  for (const [place, stretch] of before.slice(1, -1)) assert.deepEqual(after.get(place), stretch);
  assert.deepEqual(after.get("5"), ["new", ...count(10)]);
});
