/** How to join: the QR code drawn by the server, the address and the code. */
import { html } from "../vendor/preact.js";
import { _ } from "../words.js";

/**
 * @param {{ address: string, qr: { path: string, size: number }, code: string, isClosed?: boolean }} props
 * `path` is stroked, one unit high, on a grid of `size` modules.
 */
export function QrPanel({ address, qr, code, isClosed = false }) {
  return html`
    <div class="join">
      <div class="qr">
        <svg viewBox=${`0 0 ${qr.size} ${qr.size}`} role="img" aria-label=${_("QR code to join")} shape-rendering="crispEdges">
          <path d=${qr.path} stroke="#000" />
        </svg>
      </div>
      <div class="join-words">
        <span class="join-address">${isClosed ? _("Joining is closed") : _("Join at {address}", { address })}</span>
        <span class="code" aria-label=${_("Code {code}", { code: [...code].join(" ") })}>${code}</span>
      </div>
    </div>
  `;
}
