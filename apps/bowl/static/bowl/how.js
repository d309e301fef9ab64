/** The way to the proof. Most never open it, so it is fetched only when somebody does, or when the seed is there to be checked. */
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { useLater } from "./later.js";

/** @param {{ bowl: import("./state.js").Bowl, segment: any, tell?: (verdict: string) => void }} props `tell`: where the verdict is shown instead */
export function HowItWorks({ bowl, segment, tell }) {
  const [isOpen, setOpen] = useState(false);
  const [verdict, setVerdict] = useState("");
  const [trouble, setTrouble] = useState("");
  const last = bowl.draws.at(-1);
  const failed = () => (setOpen(false), setTrouble(_("That did not work. Please try again.")));
  const proof = useLater(isOpen || Boolean(bowl.seed && last), () => import("./proof.js"), failed);
  const open = () => (setTrouble(""), setOpen(true));
  return html`
    ${verdict && bowl.seed && !tell && html`<p role="status" class="banner">${verdict}</p>`}
    ${proof && html`<${proof.Proof} bowl=${bowl} segment=${segment} isOpen=${isOpen} verdict=${verdict} tell=${(/** @type {string} */ said) => (setVerdict(said), tell?.(said))} onClose=${() => setOpen(false)} />`}
    <div class="how">
      <button type="button" class="button plain" onClick=${open}>${_("How the draw works")}</button>
      ${last && html`<p class="quiet">${_("Fingerprint of the last draw")} <span class="print">${last.hash.slice(0, 16)}</span></p>`}
    </div>
    <p class="refusal" role="alert">${trouble}</p>
  `;
}
