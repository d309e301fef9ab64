/** The events of whoever looks, and what can be done with each. */
import { call } from "../screens/api.js";
import { say, sentenceOf } from "../screens/console/saying.js";
import { page } from "../screens/page.js";
import { signal } from "../screens/vendor/preact.js";

/**
 * @typedef {{ code: string, title: string, subtitle: string, role: "host" | "moderator", state: "before" | "live" | "ended",
 *   segment: string | null, people: number, language: string, timezone: string | null, starts_on: string | null,
 *   starts_at_local: string | null, started_at: string | null, ended_at: string | null, erased_on: string | null,
 *   listed: boolean, archived_at: string | null }} HomeEvent
 */

/** @type {import("../screens/vendor/preact.js").Signal<HomeEvent[]>} */
export const events = signal(page.events ?? []);

/** Which dialog is open: "", "new", "copy/CODE", "more/CODE" or "delete/CODE". */
export const panel = signal("");
export const close = () => (panel.value = "");

export const isHost = (/** @type {HomeEvent} */ event) => event.role === "host";

/** Put away or taken out again; on the public list or off it. @param {HomeEvent} event @param {"archive" | "listing"} what @param {boolean} isOn */
export async function set(event, what, isOn) {
  try {
    const changed = await call({ url: `/api/v1/events/${event.code}/${what}/`, method: isOn ? "PUT" : "DELETE" });
    events.value = events.value.map((one) => (one.code === event.code ? changed : one));
    return true;
  } catch (error) {
    say(sentenceOf(error));
    return false;
  }
}

/** What is now, what comes next, what was, and what was put away, each in its order. @param {HomeEvent[]} all */
export function shelves(all) {
  const open = all.filter((event) => !event.archived_at);
  const at = (/** @type {HomeEvent} */ event) => `${event.starts_on ?? "9999"} ${event.starts_at_local ?? ""}`;
  const since = (/** @type {HomeEvent} */ event) => event.started_at ?? "";
  return {
    now: open.filter((event) => event.state === "live"),
    next: open.filter((event) => event.state === "before").sort((a, b) => at(a).localeCompare(at(b))),
    past: open.filter((event) => event.state === "ended").sort((a, b) => since(b).localeCompare(since(a))),
    archived: all.filter((event) => event.archived_at),
  };
}
