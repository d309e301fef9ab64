/** A list waits for a value from the room: every phone may stir in one digit that nobody can foresee. */
import { page } from "../screens/page.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { rejectedInWords } from "./say.js";
import { address } from "./state.js";

stylesheet(import.meta.resolve("./later.css"));

/** @param {{ frozen: import("./state.js").Frozen, segment: any, submit: any }} props */
export function Stirring({ frozen, segment, submit }) {
  const [digit, setDigit] = useState(/** @type {number | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const stir = () => {
    const drawn = randomDigit();
    setDigit(drawn);
    setTrouble("");
    submit({ url: `${address(page.code, segment)}stirring/`, method: "PUT", body: { number: frozen.number, digit: drawn }, label: _("Stirring the bowl") })
      .catch((/** @type {Error} */ no) => (setDigit(null), setTrouble(rejectedInWords(no))));
  };
  return html`
    <div class="card stack stirring" role="group" aria-label=${_("The next name")}>
      <p>${_n("{count} name is on the list, and nobody can change it any more.", "{count} names are on the list, and nobody can change it any more.", frozen.among)} <span class="print quiet">${frozen.list.slice(0, 16)}</span></p>
      ${digit === null
        ? html`<button type="button" class="button primary large wide" onClick=${stir}>${_("Stir the bowl")}</button>`
        : html`<p role="status" class="lead">${_("You stirred in a {digit}.", { digit })}</p>`}
      ${frozen.digits && html`<p class="digits figures" dir="ltr">${frozen.digits}</p>`}
      <p class="refusal" role="alert">${trouble}</p>
    </div>
  `;
}

/** Every digit as likely as any other. */
function randomDigit() {
  for (;;) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < 250) return byte % 10;
  }
}
