import assert from "node:assert/strict";
import { test } from "node:test";
import { drift, driftWords, standing, timeOfDay, timing } from "../../apps/screens/static/screens/console/timing.js";

const zone = "Europe/Vienna";
/** 12:45 in Vienna on the day of the founding event. */
const NOON = Date.parse("2024-05-08T10:45:00.000Z");
const min = 60_000;
const iso = (at) => new Date(at).toISOString();
const segments = [
  { id: "ice", minutes: 30, starts_at_local: "12:45" },
  { id: "good", minutes: 20, starts_at_local: "13:15" },
  { id: "bad", minutes: 20, starts_at_local: "13:35" },
  { id: "now", minutes: 20, starts_at_local: "13:55" },
  { id: "end", minutes: 0, starts_at_local: "14:15" },
];

/** Runs through the segments: `lengths` in minutes of those that are over, then `into` minutes of the current one. */
function evening({ begins = NOON, lengths = [], into = 0, extra = 0, pausedFor = 0, plan = segments, where = zone } = {}) {
  const timeline = {};
  let at = begins;
  lengths.forEach((length, index) => {
    timeline[plan[index].id] = { entered_at: iso(at), left_at: iso(at + length * min) };
    at += length * min;
  });
  const current = plan[lengths.length];
  timeline[current.id] = { entered_at: iso(at), left_at: null };
  const ends = current.minutes ? iso(at + (current.minutes + extra) * min) : null;
  const instant = at + into * min;
  const now = { state: "live", segment: current.id, ends_at: ends, paused_at: pausedFor ? iso(instant - pausedFor * min) : null };
  return timing({ segments: plan, now, timeline, at: instant, zone: where });
}

const said = (evening_) => standing(evening_, zone);

test("an overrun says what it costs the rest", () => {
  assert.equal(said(evening({ into: 33 })), "3 min over: the rest ends at 14:18 instead of 14:15.");
});

test("on time until a whole minute is lost", () => {
  assert.equal(said(evening()), "On time. The rest ends at 14:15.");
  assert.equal(said(evening({ into: 30.9 })), "On time. The rest ends at 14:15.");
  assert.equal(said(evening({ into: 31 })), "1 min over: the rest ends at 14:16 instead of 14:15.");
});

test("a late start is told while there is still time left", () => {
  assert.equal(said(evening({ begins: NOON + 4 * min })), "4 min late: the rest ends at 14:19 instead of 14:15.");
});

test("short segments put the evening ahead, an overrun then eats what was won", () => {
  assert.equal(said(evening({ lengths: [25] })), "5 min ahead: the rest ends at 14:10 instead of 14:15.");
  assert.equal(said(evening({ lengths: [25], into: 23 })), "3 min over. The rest still ends at 14:15.");
});

test("added minutes are late before they are over", () => {
  assert.equal(said(evening({ extra: 5 })), "5 min late: the rest ends at 14:20 instead of 14:15.");
});

test("a pause costs what it lasts, and is no overrun", () => {
  const paused = evening({ into: 12, pausedFor: 7 });
  assert.deepEqual([paused.overMinutes, paused.lateMinutes], [0, 7]);
});

test("the last segment has no rest", () => {
  assert.equal(said(evening({ lengths: [30, 20, 20, 23] })), "3 min later than planned.");
  assert.equal(said(evening({ lengths: [30, 20, 20, 20], into: 40 })), "On time.", "an end without a length is never over");
});

test("rows: when each began or will, and how far from the plan", () => {
  const { rows, isShifted } = evening({ lengths: [32], into: 5 });
  assert.equal(isShifted, false);
  assert.deepEqual(
    rows.map((row) => [row.id, row.when, timeOfDay(row.plannedAt, zone), timeOfDay(row.expectedAt, zone), drift(row)]),
    [
      ["ice", "past", "12:45", "12:45", ""],
      ["good", "current", "13:15", "13:17", "+2"],
      ["bad", "coming", "13:35", "13:37", "+2"],
      ["now", "coming", "13:55", "13:57", "+2"],
      ["end", "coming", "14:15", "14:17", "+2"],
    ],
  );
  assert.equal(driftWords(rows[1]), "2 minutes late");
  assert.equal(drift(evening({ lengths: [28] }).rows[1]), "\u22122");
});

test("a rehearsal at another hour counts from its own start", () => {
  const rehearsal = evening({ begins: NOON + 7 * 60 * min, into: 33 });
  assert.equal(rehearsal.isShifted, true);
  assert.equal(said(rehearsal), "3 min over: the rest ends at 21:18 instead of 21:15.");
});

test("a programme without times goes by its lengths", () => {
  const plan = segments.map((segment) => ({ ...segment, starts_at_local: null }));
  assert.deepEqual(evening({ plan }).rows.map((row) => (row.plannedAt - NOON) / min), [0, 30, 50, 70, 90]);
});

test("a programme over midnight", () => {
  const plan = [{ id: "a", minutes: 30, starts_at_local: "23:45" }, { id: "b", minutes: 30, starts_at_local: "00:15" }];
  const begins = Date.parse("2024-05-08T21:50:00.000Z");
  const { rows, lateMinutes, isShifted } = evening({ plan, begins });
  assert.deepEqual(rows.map((row) => timeOfDay(row.plannedAt, zone)), ["23:45", "00:15"]);
  assert.deepEqual([lateMinutes, isShifted], [5, false]);
  const early = evening({ plan: [{ id: "a", minutes: 30, starts_at_local: "00:10" }], begins });
  assert.deepEqual([early.lateMinutes, early.isShifted], [-20, false], "the shorter way around midnight");
});

test("the event's zone decides what its clock says", () => {
  assert.equal(evening({ where: "UTC" }).isShifted, true);
  assert.equal(evening({ where: "Asia/Kolkata", begins: Date.parse("2024-05-08T07:15:00.000Z") }).isShifted, false);
});

test("before the start and after the end nothing is late", () => {
  const before = timing({ segments, now: { state: "before", segment: null, ends_at: null, paused_at: null }, timeline: {}, at: NOON - 20 * min, zone });
  assert.deepEqual(before.rows.map((row) => [row.when, drift(row)]), segments.map(() => ["coming", ""]));
  const after = timing({ segments, now: { state: "ended", segment: null, ends_at: null, paused_at: null }, timeline: { ice: { entered_at: iso(NOON), left_at: iso(NOON) } }, at: NOON, zone });
  assert.deepEqual([after.lateMinutes, after.overMinutes, after.rows[4].when], [0, 0, "past"]);
});

test("an empty programme is no reason to fail", () => {
  assert.deepEqual(timing({ segments: [], now: { state: "before", segment: null, ends_at: null, paused_at: null }, timeline: {}, at: NOON, zone }).rows, []);
});
