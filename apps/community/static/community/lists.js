/** Lists of lines, and of pairs: hosts, points, themes, links. */
import { html } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { Field, No } from "./fields.js";
import { faultAt, wanted } from "./editor_state.js";

/**
 * @param {{ id: string, path: string, label: string, values: string[], onChange: (values: string[]) => void, add: string, hint?: string, isLong?: boolean }} props
 */
export function Lines({ id, path, label, values, onChange, add, hint = "", isLong = false }) {
  const put = (/** @type {number} */ place) => (/** @type {string} */ text) => onChange(values.map((one, at) => (at === place ? text : one)));
  const more = () => {
    onChange([...values, ""]);
    wanted.value = `${id}-${values.length}`;
  };
  return html`
    <fieldset class="field lines">
      <legend>${label}</legend>
      ${hint && html`<span class="hint">${hint}</span>`}
      ${values.map((value, place) => html`
        <div class="line-row" key=${place}>
          <div class="grow"><${Field} id=${`${id}-${place}`} label=${`${label} ${place + 1}`} value=${value} onInput=${put(place)} refusal=${faultAt(`${path}[${place}]`)} as=${isLong ? "textarea" : "input"} rows="2" /></div>
          <${Remove} label=${`${label} ${place + 1}`} onClick=${() => onChange(values.filter((_one, at) => at !== place))} />
        </div>
      `)}
      <${No} id=${id} refusal=${faultAt(path)} />
      <button type="button" class="button quiet" onClick=${more}>${add}</button>
    </fieldset>
  `;
}

/** @param {{ id: string, path: string, label: string, values: Record<string, string>[], parts: [string, string][], onChange: (values: Record<string, string>[]) => void, add: string }} props `parts`: name and label of each field */
export function Rows({ id, path, label, values, parts, onChange, add }) {
  const put = (/** @type {number} */ place, /** @type {string} */ name) => (/** @type {string} */ text) => onChange(values.map((one, at) => (at === place ? { ...one, [name]: text } : one)));
  const more = () => {
    onChange([...values, Object.fromEntries(parts.map(([name]) => [name, ""]))]);
    wanted.value = `${id}-${values.length}-${parts[0][0]}`;
  };
  return html`
    <fieldset class="field lines">
      <legend>${label}</legend>
      ${values.map((value, place) => html`
        <div class="line-row" key=${place}>
          <div class="grow pair">${parts.map(([name, words]) => html`<${Field} key=${name} id=${`${id}-${place}-${name}`} label=${words} value=${value[name] ?? ""} onInput=${put(place, name)} refusal=${faultAt(`${path}[${place}].${name}`)} />`)}</div>
          <${Remove} label=${`${label} ${place + 1}`} onClick=${() => onChange(values.filter((_one, at) => at !== place))} />
        </div>
      `)}
      <${No} id=${id} refusal=${faultAt(path)} />
      <button type="button" class="button quiet" onClick=${more}>${add}</button>
    </fieldset>
  `;
}

export function Remove(/** @type {{ label: string, onClick: () => void }} */ { label, onClick }) {
  return html`<button type="button" class="button plain small" aria-label=${_("Remove: {label}", { label })} onClick=${onClick}><span aria-hidden="true">×</span></button>`;
}
