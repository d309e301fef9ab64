/** The picture of the community, where there is one. */
import { html } from "../vendor/preact.js";

/** @param {{ event: { logo?: { address: string, alt: string, width: number, height: number, ground: string } | null } }} props */
export function Logo({ event: { logo } }) {
  return logo && html`<img class="logo" src=${logo.address} alt=${logo.alt} width=${logo.width} height=${logo.height} data-ground=${logo.ground || null} />`;
}
