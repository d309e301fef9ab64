/** The likeliest themes of a tip, each with its reason: one press, or the key of its number. The machine moves nothing. */
import { html } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";

/**
 * Guesses whose theme is still there, for a tip that is under none.
 * @param {import("./state.js").Card} card @param {import("./state.js").Suggestions} suggestions @param {import("./state.js").Theme[]} themes
 */
export function likelyThemes(card, suggestions, themes) {
  if (card.theme) return [];
  const known = new Map(themes.map((theme) => [theme.id, theme]));
  return (suggestions.guesses[card.id] ?? []).flatMap(({ theme, why }) => {
    const found = known.get(theme);
    return found ? [{ ...found, why }] : [];
  });
}

/** `1` to `3` for what is likely, `x` for none of it. @param {any[]} likely @param {(theme: any) => unknown} onYes @param {(themes: any[]) => unknown} onNo @returns {Record<string, () => unknown>} */
export const keysOfGuesses = (likely, onYes, onNo) => ({
  ...Object.fromEntries(likely.map((theme, place) => [String(place + 1), () => onYes(theme)])),
  ...(likely.length > 0 && { x: () => onNo(likely) }),
});

/** @param {{ likely: any[], isChosen: boolean, onYes: (theme: any) => unknown, onNo: (themes: any[]) => unknown, label: (theme: any) => string }} props */
export function Guesses({ likely, isChosen, onYes, onNo, label }) {
  if (!likely.length) return null;
  return html`<div class="row guesses" role="group" aria-label=${_("Likely themes")}>
    ${likely.map((theme, place) => html`<span key=${theme.id} class="guess">
      <button type="button" class=${`theme-chip hue-${theme.colour}`} aria-label=${label(theme)} aria-keyshortcuts=${isChosen ? place + 1 : null} onClick=${() => onYes(theme)}>
        ${isChosen && html`<kbd class="key" aria-hidden="true">${place + 1}</kbd>`}<span dir="auto">${theme.name}</span> <small dir="auto">${theme.why.join(", ")}</small>
      </button>
      <button type="button" class="button plain no" aria-label=${_("Not to {theme}", { theme: theme.name })} onClick=${() => onNo([theme])}>×</button>
    </span>`)}
  </div>`;
}
