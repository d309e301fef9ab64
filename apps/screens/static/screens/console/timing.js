/** How the evening stands against its programme: pure functions of documents and an instant. All instants in milliseconds. */
import { _, _n } from "../words.js";

/**
 * @typedef {{ id: string, minutes: number, starts_at_local: string | null }} Planned
 * @typedef {{ entered_at: string, left_at: string | null }} Stay
 * @typedef {{ state: string, segment: string | null, ends_at: string | null, paused_at: string | null }} Now
 * @typedef {{ id: string, when: "past" | "current" | "coming", plannedAt: number, plannedEnd: number, enteredAt: number | null,
 *   expectedAt: number }} Row `expectedAt` is where it began, or where it will if the rest keeps its lengths
 * @typedef {{ rows: Row[], isShifted: boolean, overMinutes: number, lateMinutes: number, plannedEnd: number, expectedEnd: number,
 *   isLast: boolean }} Timing `isShifted`: planned times count from the actual start, not from the programme's clock;
 *   `lateMinutes` is negative when ahead
 */

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
// Begun further off than this, the programme's clock is not the one people go by (a rehearsal, another day).
const FOLLOWED = 90;

/**
 * @param {{ segments: Planned[], now: Now, timeline: Record<string, Stay>, at: number, zone?: string }} present `zone` is the event's, else
 *   this device's
 * @returns {Timing}
 */
export function timing({ segments, now, timeline, at, zone }) {
  const begun = Object.values(timeline).map((stay) => Date.parse(stay.entered_at));
  const start = begun.length ? Math.min(...begun) : at;
  const clock = programmeClock(segments, start, zone);
  const begins = offsets(segments).map((minutes) => clock.start + minutes * MINUTE);
  const ends = segments.map((segment, index) => begins[index + 1] ?? begins[index] + segment.minutes * MINUTE);
  const place = now.state === "ended" ? segments.length : segments.findIndex((segment) => segment.id === now.segment);
  const present = now.paused_at ? Date.parse(now.paused_at) : at;
  const endsAt = now.ends_at ? Date.parse(now.ends_at) : null;
  // A pause moves the end on for as long as it lasts; what is over lasts at least until now.
  const expectedCurrentEnd = endsAt === null ? null : Math.max(at, endsAt + (at - present));
  const entered = segments.map((segment) => (timeline[segment.id] ? Date.parse(timeline[segment.id].entered_at) : null));
  const isRunning = place >= 0 && place < segments.length;
  const late = !isRunning ? 0 : expectedCurrentEnd === null ? (entered[place] ?? begins[place]) - begins[place] : expectedCurrentEnd - ends[place];
  const lateMinutes = Math.trunc(late / MINUTE);
  const plannedEnd = ends.at(-1) ?? clock.start;
  return {
    rows: segments.map((segment, index) => {
      const enteredAt = entered[index];
      const when = index < place ? "past" : index === place ? "current" : "coming";
      const expectedAt = when === "coming" ? begins[index] + lateMinutes * MINUTE : (enteredAt ?? begins[index]);
      return { id: segment.id, when, plannedAt: begins[index], plannedEnd: ends[index], enteredAt, expectedAt };
    }),
    isShifted: clock.isShifted,
    overMinutes: endsAt === null ? 0 : Math.max(0, Math.trunc((present - endsAt) / MINUTE)),
    lateMinutes,
    plannedEnd,
    expectedEnd: plannedEnd + lateMinutes * MINUTE,
    isLast: place === segments.length - 1,
  };
}

/** Where the programme's first minute lies: by its own clock if the evening began near it, else at the actual start. @param {Planned[]} segments @param {number} start @param {string | undefined} zone */
function programmeClock(segments, start, zone) {
  const planned = minutesOf(segments[0]?.starts_at_local);
  if (planned === null) return { start, isShifted: true };
  const away = nearest(planned - minutesOfDay(start, zone));
  if (Math.abs(away) > FOLLOWED) return { start, isShifted: true };
  return { start: Math.floor(start / MINUTE) * MINUTE + away * MINUTE, isShifted: false };
}

/** Minutes from the programme's start to each segment's, by its own times, else by the lengths before it. @param {Planned[]} segments */
function offsets(segments) {
  const first = minutesOf(segments[0]?.starts_at_local);
  /** @type {number[]} */
  const found = [];
  segments.forEach((segment, index) => {
    const own = minutesOf(segment.starts_at_local);
    const byLength = index ? found[index - 1] + segments[index - 1].minutes : 0;
    found.push(own === null || first === null ? byLength : (own - first + DAY_MINUTES) % DAY_MINUTES);
  });
  return found;
}

/** "12:45" -> 765 @param {string | null | undefined} clock */
function minutesOf(clock) {
  const match = /^(\d\d):(\d\d)$/.exec(clock ?? "");
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** @param {number} at @param {string | undefined} zone */
function minutesOfDay(at, zone) {
  return /** @type {number} */ (minutesOf(timeOfDay(at, zone)));
}

/** The shorter way around the day. @param {number} minutes */
function nearest(minutes) {
  const around = ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return around > DAY_MINUTES / 2 ? around - DAY_MINUTES : around;
}

/** "14:18", as programmes write it. @param {number} at @param {string} [zone] */
export function timeOfDay(at, zone) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(at);
}

/**
 * One sentence: how it stands, and what that costs the rest. @param {Timing} timing @param {string} [zone]
 */
export function standing({ overMinutes, lateMinutes, plannedEnd, expectedEnd, isLast }, zone) {
  const times = { end: timeOfDay(expectedEnd, zone), planned: timeOfDay(plannedEnd, zone) };
  const named = { ...times, over: overMinutes, late: lateMinutes, ahead: -lateMinutes };
  if (isLast) return standingAtTheEnd(named);
  if (overMinutes > 0 && lateMinutes > 0) return _("{over} min over: the rest ends at {end} instead of {planned}.", named);
  if (overMinutes > 0) return _("{over} min over. The rest still ends at {planned}.", named);
  if (lateMinutes > 0) return _("{late} min late: the rest ends at {end} instead of {planned}.", named);
  if (lateMinutes < 0) return _("{ahead} min ahead: the rest ends at {end} instead of {planned}.", named);
  return _("On time. The rest ends at {planned}.", named);
}

/** @param {{ over: number, late: number, ahead: number }} named */
function standingAtTheEnd(named) {
  if (named.over > 0) return _("{over} min over.", named);
  if (named.late > 0) return _("{late} min later than planned.", named);
  return named.ahead > 0 ? _("{ahead} min earlier than planned.", named) : _("On time.");
}

/** "+3", "−2" or "" @param {Row} row */
export function drift(row) {
  const minutes = Math.trunc((row.expectedAt - row.plannedAt) / MINUTE);
  return minutes === 0 ? "" : minutes > 0 ? `+${minutes}` : `\u2212${-minutes}`;
}

/** The same for ears. @param {Row} row */
export function driftWords(row) {
  const minutes = Math.trunc((row.expectedAt - row.plannedAt) / MINUTE);
  if (minutes > 0) return _n("{count} minute late", "{count} minutes late", minutes);
  return minutes < 0 ? _n("{count} minute early", "{count} minutes early", -minutes) : _("on time");
}
