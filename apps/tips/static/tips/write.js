/** The blank note. What is typed stays on the phone until the server has it. */
import { notice, waiting } from "../screens/outbox.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { MOST, address, graphemes } from "./state.js";

/** @param {any} props */
export function Write({ segment, wall, submit }) {
  const [text, setText] = useDraft(`tips/draft/${segment.id}`);
  const [signed, setSigned] = useState(false);
  const [trouble, setTrouble] = useState("");
  const url = `${address(segment)}tips/`;
  const send = (/** @type {Event} */ press) => {
    press.preventDefault();
    const [typed, over] = [text, graphemes(text.trim()) - MOST];
    if (!typed.trim()) return setTrouble(_("Please write something first."));
    if (over > 0) return setTrouble(_n("{count} character too many.", "{count} characters too many.", over));
    setTrouble("");
    setText("");
    submit({ url, method: "POST", body: wall.signing === "optional" ? { text: typed, signed } : { text: typed }, label: _("Your tip") }).catch((/** @type {Error} */ no) => {
      setTrouble(no.message);
      setText((/** @type {string} */ now) => now || typed);
    });
  };
  return html`
    <form class="stack write" onSubmit=${send}>
      <div class="note note-blank hue-sun">
        <label for=${`tip-${segment.id}`}>${_("Your tip")}</label>
        <textarea id=${`tip-${segment.id}`} rows="4" dir="auto" value=${text} aria-invalid=${trouble ? "true" : undefined} aria-describedby=${`tip-left-${segment.id}`}
          placeholder=${_("One thing that helps people work together")} onInput=${(/** @type {any} */ e) => setText(e.target.value)}></textarea>
        <${Left} id=${`tip-left-${segment.id}`} text=${text} />
      </div>
      ${wall.signing === "optional" && html`<label class="check"><input type="checkbox" checked=${signed} onChange=${(/** @type {any} */ e) => setSigned(e.target.checked)} /> ${_("Put my name on it")}</label>`}
      ${wall.signing === "always" && html`<p class="quiet">${_("Your name will stand on it.")}</p>`}
      ${wall.signing === "never" && html`<p class="quiet">${_("Nobody in the room sees who wrote it.")}</p>`}
      <button class="button primary large wide">${_("Stick it on the wall")}</button>
      <p class="refusal" role="alert">${trouble}</p>
      <${Waiting} url=${url} />
    </form>
  `;
}

function Left(/** @type {{ id: string, text: string }} */ { id, text }) {
  const left = MOST - graphemes(text.trim());
  return html`<span id=${id} class=${`left figures ${left < 0 ? "refusal" : ""}`}>${_n("{count} character left", "{count} characters left", left)}</span>`;
}

/** Typed, and not yet with the server. */
function Waiting(/** @type {{ url: string }} */ { url }) {
  const kept = waiting.value.filter((entry) => entry.url === url);
  return html`<ul class="stack waiting-tips" role="status">
    ${kept.map((entry) => html`<li key=${entry.key} class="own-tip">
      <p dir="auto">${/** @type {any} */ (entry.body)?.text}</p>
      <span class="badge">${notice.value ? _("Only on this page, not sent yet") : _("On your phone, not sent yet")}</span>
    </li>`)}
  </ul>`;
}

/** A text that survives a reload. @param {string} name @returns {[string, (text: any) => void]} */
function useDraft(name) {
  const [text, setText] = useState(() => {
    try {
      return localStorage.getItem(name) ?? "";
    } catch {
      return "";
    }
  });
  const set = (/** @type {any} */ wanted) =>
    setText((/** @type {string} */ now) => {
      const next = typeof wanted === "function" ? wanted(now) : wanted;
      try {
        if (next) localStorage.setItem(name, next);
        else localStorage.removeItem(name);
      } catch {
        // It holds for this page at least.
      }
      return next;
    });
  return [text, set];
}
