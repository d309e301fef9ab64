/** What the room found out, as the picture people photograph: each theme, its size, and one tip in its own words. */
import { Fitted } from "../screens/parts/stage.js";
import { html } from "../screens/vendor/preact.js";
import { _n } from "../screens/words.js";

// So many squares, one a tip, stand in a line; beyond that a bar compares them.
const MOST_SQUARES = 12;

/** @param {{ tips: import("./state.js").Tip[], themes: import("./state.js").Theme[], votes: Record<string, number> }} props */
export function StageThemes({ tips, themes, votes }) {
  const under = themes.flatMap((theme) => {
    const mine = tips.filter((tip) => tip.theme === theme.id);
    return mine.length > 0 ? [{ theme, tips: mine, quote: quoteOf(mine, votes) }] : [];
  });
  const largest = Math.max(1, ...under.map((one) => one.tips.length));
  const rest = tips.length - under.reduce((sum, one) => sum + one.tips.length, 0);
  const columns = columnsFor(under.length);
  const rows = Math.ceil(under.length / columns);
  return html`
    <section class="tips-themes">
      <${Fitted} class="theme-cards" on=${under.map(({ theme, tips: mine, quote }) => `${theme.name} ${mine.length} ${quote.text} ${quote.by}`).join("\n")} style=${`--columns: ${columns}; --lines: ${rows <= 2 ? 4 : rows === 3 ? 2 : 1}; --name-lines: ${rows <= 2 ? 3 : 2}; --dense: ${rows <= 2 ? 1 : rows === 3 ? 0.75 : 0.6}`}>
        ${under.map(({ theme, tips: mine, quote }) => html`
          <article key=${theme.id} class=${`theme-card hue-${theme.colour}`} style=${`--share: ${mine.length / largest}`}>
            <h2 dir="auto">${theme.name}</h2>
            <p class="theme-size"><b class="figures">${mine.length}</b> ${_n("tip", "tips", mine.length)} <span class="theme-tally" aria-hidden="true"><span class=${largest > MOST_SQUARES ? "many" : ""} style=${`--count: ${mine.length}`}></span></span></p>
            <blockquote dir="auto"><span class="words">${quote.text}</span>${quote.by && html`<cite dir="auto">${quote.by}</cite>`}</blockquote>
          </article>
        `)}
      <//>
      ${rest > 0 && html`<p class="quiet">${_n("and {count} more tip on the wall", "and {count} more tips on the wall", rest)}</p>`}
    </section>
  `;
}

/** As few rows as leave room for the names: two up to eight themes, then three, and four of them at most. @param {number} count */
function columnsFor(count) {
  if (count <= 3) return Math.max(1, count);
  return Math.ceil(count / (count <= 8 ? 2 : count <= 15 ? 3 : 4));
}

/** The one most people voted for; a pinned one before it; of equals the one that is read fastest. */
function quoteOf(/** @type {import("./state.js").Tip[]} */ tips, /** @type {Record<string, number>} */ votes) {
  const rank = (/** @type {import("./state.js").Tip} */ tip) => [Number(tip.pinned), votes[tip.id] ?? 0, -Math.abs(tip.text.length - 60)];
  return tips.reduce((best, tip) => {
    const [a, b] = [rank(best), rank(tip)];
    const first = a.findIndex((value, place) => value !== b[place]);
    return first >= 0 && b[first] > a[first] ? tip : best;
  });
}
