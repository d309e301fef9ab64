/** Inputs with their label, their hint, and the server's "no" beside them. */
import { html } from "../screens/vendor/preact.js";

/**
 * @param {{ id: string, label: string, value?: string | number, onInput?: (text: string) => void, refusal?: string, hint?: string,
 *   type?: string, as?: "input" | "textarea", [attribute: string]: any }} props
 * Other attributes are the input's own.
 */
export function Field({ id, label, value = "", onInput, refusal = "", hint = "", as = "input", type, ...rest }) {
  const described = [refusal && `${id}-refusal`, hint && `${id}-hint`].filter(Boolean).join(" ") || null;
  const own = { id, value, "aria-invalid": refusal ? "true" : null, "aria-describedby": described, onInput: changed(onInput), dir: "auto", ...rest };
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${as === "textarea" ? html`<textarea ...${own} rows=${rest.rows ?? 3}></textarea>` : html`<input type=${type ?? "text"} ...${own} />`}
      ${hint && html`<span class="hint" id=${`${id}-hint`}>${hint}</span>`}
      <${No} id=${id} refusal=${refusal} />
    </div>
  `;
}

/** @param {{ id: string, label: string, value: string, options: [string, string][], onInput: (value: string) => void, refusal?: string, hint?: string, [attribute: string]: any }} props */
export function Choice({ id, label, value, options, onInput, refusal = "", hint = "", ...rest }) {
  const described = [refusal && `${id}-refusal`, hint && `${id}-hint`].filter(Boolean).join(" ") || null;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} value=${value} aria-invalid=${refusal ? "true" : null} aria-describedby=${described} onChange=${changed(onInput)} ...${rest}>
        ${options.map(([name, words]) => html`<option key=${name} value=${name} selected=${name === value}>${words}</option>`)}
      </select>
      ${hint && html`<span class="hint" id=${`${id}-hint`}>${hint}</span>`}
      <${No} id=${id} refusal=${refusal} />
    </div>
  `;
}

export function No(/** @type {{ id: string, refusal?: string }} */ { id, refusal }) {
  return refusal ? html`<span class="refusal" id=${`${id}-refusal`} dir="auto">${refusal}</span>` : null;
}

/** @param {((text: string) => void) | undefined} act */
function changed(act) {
  return (/** @type {any} */ event) => act?.(event.currentTarget.value);
}

/** Names of time zones as this browser knows them. @returns {string[]} */
function zones() {
  const known = /** @type {any} */ (Intl).supportedValuesOf?.("timeZone") ?? [];
  return known.includes("UTC") ? known : ["UTC", ...known];
}

/** A time zone, typed or picked from a list. @param {any} props */
export function ZoneField(props) {
  return html`
    <${Field} ...${props} list=${`${props.id}-list`} autocomplete="off" spellcheck="false" dir="ltr" />
    <datalist id=${`${props.id}-list`}>${zones().map((zone) => html`<option key=${zone} value=${zone} />`)}</datalist>
  `;
}

/** Languages an event can be held in, each in its own words; the present one stays in the list. @param {[string, string][]} offered @param {string} present @returns {[string, string][]} */
export function languagesWith(offered, present) {
  return !present || offered.some(([code]) => code === present) ? offered : [...offered, [present, present]];
}
