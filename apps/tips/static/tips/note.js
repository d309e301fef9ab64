/** A sticky note: its writer's words, set as large as they allow. */
import { html, useLayoutEffect, useRef } from "../screens/vendor/preact.js";
import { turnOf, weight } from "./state.js";

const STEPS = [28, 60, 110, 180];

/** 1, a few words, to 5, a whole note full. @param {string} text */
export const lengthStep = (text) => STEPS.findIndex((most) => weight(text) <= most) + 1 || 5;

/** @param {{ tip: { id: string, text: string, by?: string | null, pinned?: boolean }, colour?: string, theme?: string, isFresh?: boolean, wide?: boolean, fill?: boolean, children?: any }} props
 *   with `fill` the words are as large as the note lets them be */
export function Note({ tip, colour = "sun", theme, isFresh = false, wide = false, fill = false, children }) {
  const paper = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => (fill && paper.current ? keepFilled(paper.current) : undefined), [fill, tip.text, wide, theme]);
  return html`
    <article ref=${paper} class=${`note hue-${colour} ${wide ? "wide" : ""} ${isFresh ? "fresh" : ""}`} style=${`--turn: ${turnOf(tip.id)}deg`} data-length=${lengthStep(tip.text)}>
      ${tip.pinned && html`<${Pin} />`}
      <p class="note-text" dir="auto">${tip.text}</p>
      ${(tip.by || theme || children) && html`<footer class="note-foot">
        ${tip.by && html`<span class="note-by" dir="auto">${tip.by}</span>`}
        ${theme && html`<span class="note-theme" dir="auto">${theme}</span>`}
        ${children}
      </footer>`}
    </article>
  `;
}

const Pin = () => html`<svg class="note-pin" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="9" r="7" /><circle class="shine" cx="7.5" cy="6.5" r="2" /></svg>`;

// Below this share of the largest size, words are cut rather than set too small to be read.
const LEAST = 0.36;

/** @param {HTMLElement} paper */
function keepFilled(paper) {
  const words = /** @type {HTMLElement} */ (paper.querySelector(".note-text"));
  const isOver = () => words.scrollHeight > words.clientHeight + 1 || words.scrollWidth > words.clientWidth + 1;
  const fit = () => {
    words.style.fontSize = words.style.overflowWrap = "";
    const largest = parseFloat(getComputedStyle(words).fontSize);
    for (let size = largest; isOver() && size > largest * LEAST; size *= 0.94) words.style.fontSize = `${size}px`;
    if (isOver()) words.style.overflowWrap = "anywhere";
  };
  const watch = new ResizeObserver(fit);
  watch.observe(paper);
  document.fonts?.ready.then(fit);
  return () => watch.disconnect();
}
