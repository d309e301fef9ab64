/** The prompts of a segment, and the bank: what this community has asked before. */
import { call } from "../screens/api.js";
import { page } from "../screens/page.js";
import { html, useEffect, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { moved, newName } from "./draft.js";
import { changeSegment, faultAt, saved, told, wanted } from "./editor_state.js";
import { Field, No } from "./fields.js";
import { Remove } from "./lists.js";

/** @param {{ segment: import("./draft.js").Segment, path: string }} props */
export function PromptsField({ segment, path }) {
  const { prompts, key } = segment;
  const put = (/** @type {import("./draft.js").Prompt[]} */ all) => changeSegment(key, { prompts: all });
  const add = (text = "") => {
    const fresh = { key: newName(), text };
    put([...prompts, fresh]);
    if (!text) wanted.value = `prompt-${fresh.key}`;
  };
  const shift = (/** @type {number} */ from, /** @type {number} */ to) => {
    put(moved(prompts, from, to));
    wanted.value = `prompt-${prompts[from].key}-${to < from ? "up" : "down"}`;
    told.value = _("Now in place {place} of {of}.", { place: to + 1, of: prompts.length });
  };
  return html`
    <fieldset class="field lines">
      <legend>${_("Prompts")}</legend>
      <span class="hint">${_("The first one is shown when the segment begins.")}</span>
      ${prompts.map((prompt, place) => html`
        <div class="line-row" key=${prompt.key}>
          <div class="grow">
            <${Field} id=${`prompt-${prompt.key}`} as="textarea" rows="2" label=${prompt.id && prompt.id === saved.value.shown_prompt ? _("Prompt {number}, shown now", { number: place + 1 }) : _("Prompt {number}", { number: place + 1 })}
              value=${prompt.text} onInput=${(/** @type {string} */ text) => put(prompts.map((one) => (one.key === prompt.key ? { ...one, text } : one)))} refusal=${faultAt(`${path}[${place}]`)} />
          </div>
          <div class="line-hands">
            <${Shift} id=${`prompt-${prompt.key}-up`} isUp label=${_("Prompt {number}: up", { number: place + 1 })} isOff=${place === 0} onClick=${() => shift(place, place - 1)} />
            <${Shift} id=${`prompt-${prompt.key}-down`} label=${_("Prompt {number}: down", { number: place + 1 })} isOff=${place === prompts.length - 1} onClick=${() => shift(place, place + 1)} />
            <${Remove} label=${_("Prompt {number}", { number: place + 1 })} onClick=${() => put(prompts.filter((one) => one.key !== prompt.key))} />
          </div>
        </div>
      `)}
      <${No} id=${`${key}-prompts`} refusal=${faultAt(path)} />
      <button type="button" class="button quiet" onClick=${() => add()}>${_("Add a prompt")}</button>
      <${Bank} id=${`${key}-bank`} used=${prompts.map((one) => one.text)} add=${add} />
    </fieldset>
  `;
}

/** @param {{ id: string, label: string, isUp?: boolean, isOff: boolean, onClick: () => void }} props; not disabled at an end, so that the focus stays */
export function Shift({ id, label, isUp = false, isOff, onClick }) {
  return html`<button type="button" id=${id} class="button plain small" aria-label=${label} aria-disabled=${isOff ? "true" : null} onClick=${() => isOff || onClick()}><span aria-hidden="true">${isUp ? "↑" : "↓"}</span></button>`;
}

const PAUSE = 200;

/** @param {{ id: string, used: string[], add: (text: string) => void }} props */
function Bank({ id, used, add }) {
  const [isOpen, setOpen] = useState(false);
  const [typed, type] = useState("");
  const [found, setFound] = useState(/** @type {{ text: string, title: string, language: string }[] | null} */ (null));
  useEffect(() => {
    if (!isOpen) return undefined;
    let isWanted = true;
    const timer = setTimeout(async () => {
      try {
        const { prompts } = await call({ url: `/api/v1/events/${page.code}/prompts/?like=${encodeURIComponent(typed)}` });
        if (isWanted) setFound(prompts);
      } catch {
        // What was found before stays.
      }
    }, PAUSE);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [isOpen, typed]);
  const offered = (found ?? []).filter((one) => !used.includes(one.text));
  return html`
    <details class="bank" open=${isOpen} onToggle=${(/** @type {any} */ press) => setOpen(press.currentTarget.open)}>
      <summary>${_("Prompts you have used before")}</summary>
      ${isOpen && html`
        <${Field} id=${id} type="search" label=${_("Search")} value=${typed} onInput=${type} autocomplete="off" />
        <ul class="list" aria-live="polite">
          ${offered.map((one) => html`<li key=${one.text} class="list-row">
            <span class="grow"><span dir="auto" lang=${one.language}>${one.text}</span><br /><small class="quiet" dir="auto">${one.title}</small></span>
            <button type="button" class="button quiet" aria-label=${_("Add: {text}", one)} onClick=${() => add(one.text)}>${_("Add")}</button>
          </li>`)}
          ${found && offered.length === 0 && html`<li class="list-row quiet">${_("Nothing else was used so far.")}</li>`}
        </ul>
      `}
    </details>
  `;
}
