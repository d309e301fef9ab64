/** The bowl itself, drawn by hand: a rim, a body, and as many slips as it can show. */
import { html } from "../screens/vendor/preact.js";

// Where slips stick out over the rim: turn and place, fixed so that nothing jumps when one more comes.
const PLACES = [[-18, 62], [12, 118], [-6, 92], [24, 146], [-28, 44], [4, 76], [17, 132], [-13, 106], [9, 54]];

/** @param {{ slips: number }} props */
export function BowlDrawing({ slips }) {
  const shown = Math.min(slips, PLACES.length);
  return html`
    <svg class="bowl-drawing" viewBox="0 0 200 130" aria-hidden="true">
      ${PLACES.slice(0, shown).map(([turn, x], index) => html`<g key=${index} class="slip-paper" transform=${`translate(${x} 46) rotate(${turn})`}>
        <rect x="-14" y="-38" width="28" height="52" rx="2" /><path d="M-8 -28h16M-8 -20h12" />
      </g>`)}
      <path class="bowl-body" d="M16 50h168c0 40-30 72-84 72S16 90 16 50Z" />
      <path class="bowl-shine" d="M32 62c4 22 18 38 40 46" />
      <ellipse class="bowl-rim" cx="100" cy="50" rx="86" ry="9" />
    </svg>
  `;
}
