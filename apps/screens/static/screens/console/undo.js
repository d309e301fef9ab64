/** What was just done, by whom, and the seconds in which it can be taken back. */
import { serverNow } from "../clock.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { _ } from "../words.js";
import { undoLeft } from "./moves.js";
import { documents, isHost, moves } from "./state.js";

/** @type {Record<string, () => string>} */
const DONE = {
  start: () => _("Started"),
  next: () => _("Moved on"),
  back: () => _("Moved back"),
  enter: () => _("Moved"),
  next_prompt: () => _("Next prompt shown"),
  previous_prompt: () => _("Previous prompt shown"),
  show_prompt: () => _("Another prompt shown"),
  add_minutes: () => _("Time changed"),
  pause: () => _("Paused"),
  resume: () => _("Going on"),
  blank: () => _("Screens blanked"),
  unblank: () => _("Screens shown"),
  open_joining: () => _("Joining opened"),
  close_joining: () => _("Joining closed"),
  end: () => _("Ended"),
};
const OF_MODERATORS = new Set(["blank", "unblank", "open_joining", "close_joining"]);

/** Its place is always kept, so that nothing jumps under a finger. */
export function Undo() {
  const move = documents.crew.value.last_move;
  const me = documents.me.value.member;
  const [, draw] = useState(0);
  const left = undoLeft(move, serverNow());
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => draw((count) => count + 1), (left % 1000) + 20);
    return () => clearTimeout(timer);
  });
  const mayUndo = left > 0 && (isHost.value || OF_MODERATORS.has(move.verb));
  const isPending = moves.pending.value?.verb === "undo";
  const done = move && left > 0 ? DONE[move.verb]?.() : "";
  const words = !done ? "" : move.by === me?.name ? _("{done}.", { done }) : _("{done} by {who}.", { done, who: move.by });
  return html`
    <div class="undo">
      <span class="undo-words" role="status">${words}</span>
      ${mayUndo && html`
        <button type="button" class=${`button quiet ${isPending ? "pressed" : ""}`} aria-busy=${isPending ? "true" : null} aria-keyshortcuts="u Control+Z" onClick=${moves.undo}>
          ${_("Undo")} <span class="figures" aria-hidden="true">${Math.ceil(left / 1000)}</span><kbd class="key" aria-hidden="true">u</kbd>
        </button>
      `}
    </div>
  `;
}
