/** A long list is drawn as far as somebody has read. */
import { html, useState } from "../screens/vendor/preact.js";
import { _n } from "../screens/words.js";

/** How many to draw, at least `needed`, and a button for the next ones. @param {number} count @param {number} step @param {number} [needed] @returns {[number, any]} */
export function useMore(count, step, needed = 0) {
  const [most, setMost] = useState(step);
  const shown = Math.max(most, needed);
  const more = () => setMost(shown + step);
  return [shown, count > shown && html`<button type="button" class="button quiet wide" onClick=${more}>${_n("Show {count} more", "Show {count} more", Math.min(step, count - shown))}</button>`];
}
