/** The lamp over the table: the picture for everything that waits. */
import { html } from "../vendor/preact.js";

export function Lamp() {
  return html`
    <svg class="lamp" viewBox="0 0 160 140" aria-hidden="true">
      <linearGradient id="lamplight" x2="0" y2="1"><stop class="near" /><stop class="far" offset="1" /></linearGradient>
      <path d="M44 62 0 140h160L116 62Z" fill="url(#lamplight)" />
      <path class="cord" d="M80 0v26" fill="none" stroke-width="2.5" />
      <path class="shade" d="M73 24h14l3 10c16 4 25 15 28 28H42c3-13 12-24 28-28Z" />
      <path class="bulb" d="M68 62a12 9 0 0 0 24 0Z" />
    </svg>
  `;
}
