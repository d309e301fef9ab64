/**
 * "How the draw works": plain words, the record so far, one's own slip on its lists, and a check by this phone itself.
 * Fetched by how.js only then.
 */
import { call } from "../screens/api.js";
import { page } from "../screens/page.js";
import { Sheet } from "../screens/parts/dialog.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useEffect, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { differs } from "./compare.js";
import { seenOf } from "./seen.js";
import { address } from "./state.js";
import { faults } from "./verify.js";

stylesheet(import.meta.resolve("./later.css"));

// A whole room asks for the proof in the moment the seed is shown.
const SPREAD = 4_000;

/** @param {{ bowl: import("./state.js").Bowl, segment: any, isOpen: boolean, verdict: string, tell: (verdict: string) => void, onClose: () => void }} props */
export function Proof({ bowl, segment, isOpen, verdict, tell, onClose }) {
  const proof = useProof(bowl, segment, isOpen, tell);
  const seen = seenOf(segment);
  const last = bowl.draws.at(-1);
  return isOpen && html`<${Sheet} title=${_("How the draw works")} onClose=${onClose}>
    <p>${_("When the bowl opened, this server made a secret number and showed its fingerprint. For every draw it writes down who is in the bowl, as fingerprints, and the secret number decides who is called. At the end the number is shown, and every phone computes each draw again.")}</p>
    <p>${_("So no draw can be changed afterwards, and nobody who does not know the secret number can steer. The hosts are never shown it.")}</p>
    <p>${_("Whoever runs the server could look it up, and fill the bowl until they like what comes. Where a value from the room decides too, that does not help them: the list is fixed and shown first, and only then the room stirs or says something. The more phones stir and the more people hear what is said, the less of it can be theirs.")}</p>
    <p>${_("Until it is called, a name is seen by its owner and the crew alone.")}</p>
    <dl class="proof">
      <dt>${_("Fingerprint of the secret number")}</dt><dd class="print">${bowl.commitment}</dd>
      ${bowl.seed && html`<dt>${_("The secret number")}</dt><dd class="print">${bowl.seed}</dd>`}
      ${last && html`<dt>${_("Fingerprint of the last draw")}</dt><dd class="print">${last.hash}</dd>`}
      ${seen.slips.length > 0 && html`<dt>${_("Fingerprint of your slip")}</dt><dd class="print">${seen.slips.at(-1)}</dd>`}
    </dl>
    <ol class="list records">
      ${bowl.draws.map((draw) => html`<li key=${draw.number}><${Row} draw=${draw} listed=${proof?.draws[draw.number - 1]} seen=${seen} /></li>`)}
    </ol>
    ${bowl.draws.length > 0 && html`<p role="status">${verdict || _("Checking")}</p>`}
    <p><a class="button quiet wide" href=${`${address(page.code, segment)}proof/`} download="proof.json">${_("Download the proof")}</a></p>
    <p><a href=${import.meta.resolve("./verify_draws.py")} download="verify_draws.py">${_("A short Python script that checks it")}</a></p>
  <//>`;
}

/** One draw of the record. @param {{ draw: import("./state.js").Draw, listed?: import("./verify.js").Draw, seen: import("./seen.js").Seen }} props */
function Row({ draw, listed, seen }) {
  const isMine = listed?.slips.some((slip) => seen.slips.includes(slip));
  return html`
    <div class="list-row"><span class="grow" dir="auto">${draw.name ?? (draw.outcome === "withdrawn" ? _("no name") : _("erased"))}</span><span class="quiet">${outcomes()[draw.outcome]} · ${_("1 of {count}", { count: draw.among })}</span></div>
    <p class="quiet">
      ${draw.beacon ? html`${_("Value from the room:")} <bdi>${draw.beacon}</bdi>. ` : `${_("Drawn in one step.")} `}
      ${draw.beacon && seen.lists[draw.number] && `${_("This phone saw the list before the value.")} `}
      ${isMine && html`<strong>${_("Your slip was in this draw.")}</strong>`}
    </p>`;
}

/** The proof, once somebody looks or the seed is shown, and its verdict in a sentence.
 * @param {import("./state.js").Bowl} bowl @param {any} segment @param {boolean} isOpen @param {(verdict: string) => void} tell
 * @returns {import("./verify.js").Proof | null} */
function useProof(bowl, segment, isOpen, tell) {
  const [proof, setProof] = useState(/** @type {any} */ (null));
  const isWanted = bowl.draws.length > 0 && Boolean(isOpen || bowl.seed);
  useEffect(() => {
    if (!isWanted) return undefined;
    const look = async () => {
      try {
        const came = await call({ url: `${address(page.code, segment)}proof/` });
        const wrong = differs(came, bowl, seenOf(segment)) ? [0] : await faults(came);
        setProof(came);
        tell(
          wrong.length
            ? _("This phone checked the draws and found one that does not hold.")
            : bowl.seed
              ? _("This phone checked every draw: all hold.")
              : _("The record holds so far. Once the secret number is shown, this phone checks who was drawn."),
        );
      } catch {
        tell("");
      }
    };
    const timer = setTimeout(look, isOpen ? 0 : Math.random() * SPREAD);
    return () => clearTimeout(timer);
  }, [isWanted, bowl.seed, bowl.draws.length]);
  return proof;
}

/** @type {() => Record<string, string>} */
const outcomes = () => ({ called: _("called"), speaking: _("on stage"), told: _("told"), passed: _("passed"), no_show: _("not there"), undone: _("taken back"), withdrawn: _("was taken out before") });
