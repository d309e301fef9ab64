import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "../../apps/screens/static/screens/clock.js";

const iso = (instant) => new Date(instant).toISOString();

/** A device whose wall clock and monotonic clock are set by hand. */
function device() {
  const time = { wall: 1_000_000, steady: 0 };
  const clock = createClock({ wall: () => time.wall, steady: () => time.steady });
  const pass = (ms) => ((time.wall += ms), (time.steady += ms));
  return { clock, time, pass };
}

test("the quickest round trip is believed", () => {
  const { clock, time } = device();
  clock.note({ sent: time.wall - 800, received: time.wall, at: iso(time.wall + 5_000) });
  assert.equal(clock.serverNow(), time.wall + 5_400);
  clock.note({ sent: time.wall - 20, received: time.wall, at: iso(time.wall + 5_100) });
  assert.equal(clock.serverNow(), time.wall + 5_110);
  clock.note({ sent: time.wall - 600, received: time.wall, at: iso(time.wall + 9_000) });
  assert.equal(clock.serverNow(), time.wall + 5_110);
});

test("of equally quick ones the newest counts, and old ones are forgotten after eight", () => {
  const { clock, time, pass } = device();
  clock.note({ sent: time.wall - 10, received: time.wall, at: iso(time.wall) });
  for (let n = 0; n < 8; n += 1) {
    pass(30_000);
    clock.note({ sent: time.wall - 100, received: time.wall, at: iso(time.wall + 1_000) });
  }
  assert.equal(clock.serverNow(), time.wall + 1_050);
});

test("an unasked time stamp counts only until there is a round trip", () => {
  const { clock, time } = device();
  clock.guess(iso(time.wall + 700));
  assert.equal(clock.serverNow(), time.wall + 700);
  clock.note({ sent: time.wall - 10, received: time.wall, at: iso(time.wall + 50) });
  clock.guess(iso(time.wall + 900));
  assert.equal(clock.serverNow(), time.wall + 55);
});

test("somebody sets the device's clock: earlier round trips no longer count", () => {
  const { clock, time, pass } = device();
  clock.note({ sent: time.wall - 10, received: time.wall, at: iso(time.wall) });
  time.wall += 3_600_000;
  pass(100);
  clock.note({ sent: time.wall - 400, received: time.wall, at: iso(time.wall - 3_600_000) });
  assert.equal(clock.serverNow(), time.wall - 3_600_000 + 200);
});

test("nonsense is passed over", () => {
  const { clock, time } = device();
  clock.note({ sent: time.wall, received: time.wall - 5, at: iso(0) });
  clock.note({ sent: time.wall, received: time.wall, at: "soon" });
  clock.guess("");
  assert.equal(clock.serverNow(), time.wall);
});
