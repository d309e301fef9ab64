/** A new event: from a programme that ships, from a file, or from an event that was. */
import { Refused, call, newKey } from "../screens/api.js";
import { sentenceOf } from "../screens/console/saying.js";
import { page } from "../screens/page.js";
import { Dialog } from "../screens/parts/dialog.js";
import { html, useRef, useState } from "../screens/vendor/preact.js";
import { _, _n, figure } from "../screens/words.js";
import { Choice, Field, No, ZoneField, languagesWith } from "./fields.js";
import { close } from "./home_state.js";

const FILE = "file";

/** @param {{ original?: import("./home_state.js").HomeEvent }} props with `original`: another evening of its programme */
export function NewEvent({ original }) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [begin, setBegin] = useState(original ? original.code : page.programmes[0].name);
  const [card, setCard] = useState({
    title: original?.title ?? "",
    starts_on: "",
    starts_at_local: "",
    timezone: original?.timezone ?? here,
    language: original?.language ?? page.language,
  });
  const [file, setFile] = useState(/** @type {{ name: string, text: string } | null} */ (null));
  const [no, setNo] = useState(/** @type {{ message: string, fields: Record<string, string> } | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  // The same wish sent again is the same event.
  const sent = useRef({ body: "", key: "" });
  const isFile = begin === FILE;
  const set = (/** @type {string} */ name) => (/** @type {string} */ text) => setCard({ ...card, [name]: text });
  const refusal = (/** @type {string} */ name) => no?.fields[name] ?? "";

  const create = async (/** @type {SubmitEvent} */ press) => {
    press.preventDefault();
    if (isFile && !file) return setNo({ message: "", fields: { file: _("Choose a file first.") } });
    const source = original ? { copy_of: original.code } : isFile ? { file: file?.text } : { programme: begin };
    const body = isFile ? { ...source, starts_on: card.starts_on, starts_at_local: card.starts_at_local } : { ...source, ...card };
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: newKey() };
    setBusy(true);
    setNo(null);
    try {
      const { code } = await call({ url: "/api/v1/events/", method: "POST", body, key: sent.current.key });
      location.assign(`/console/${code}/programme/`);
    } catch (error) {
      setBusy(false);
      setNo(error instanceof Refused ? { message: error.message, fields: error.fields } : { message: sentenceOf(error), fields: {} });
    }
    return undefined;
  };

  return html`
    <${Dialog} title=${original ? _("Duplicate {title}", original) : _("New event")} onClose=${close}>
      <form class="stack" onSubmit=${create} noValidate>
        ${original ? html`<p>${_("Its programme, without its people and without anything they wrote.")}</p>` : html`<${Beginnings} begin=${begin} choose=${setBegin} />`}
        ${isFile && html`<${FileField} file=${file} choose=${setFile} reasons=${faultsOf(no?.fields ?? {})} fail=${(/** @type {string} */ reason) => setNo({ message: "", fields: { file: reason } })} />`}
        ${!isFile && html`<${Field} id="title" label=${_("Title")} value=${card.title} onInput=${set("title")} refusal=${refusal("title")} placeholder=${titleOf(begin)} maxlength="200" />`}
        <div class="pair">
          <${Field} id="starts_on" type="date" label=${_("Day")} value=${card.starts_on} onInput=${set("starts_on")} refusal=${refusal("starts_on")} dir=${null} />
          <${Field} id="starts_at_local" type="time" label=${_("Starts at")} value=${card.starts_at_local} onInput=${set("starts_at_local")} refusal=${refusal("starts_at_local")} dir=${null} />
        </div>
        ${!isFile && html`
          <${ZoneField} id="timezone" label=${_("Time zone")} value=${card.timezone} onInput=${set("timezone")} refusal=${refusal("timezone")} />
          <${Choice} id="language" label=${_("Language")} value=${card.language} options=${languagesWith(page.languages, card.language)} onInput=${set("language")} refusal=${refusal("language")} />
        `}
        <div role="alert">${no?.message && html`<p class="refusal">${no.message}</p>`}</div>
        <button class="button primary large" aria-busy=${isBusy ? "true" : null} disabled=${isBusy}>${_("Create the event")}</button>
        <p class="quiet"><small>${_("You are its host. Everything can be changed afterwards.")}</small></p>
      </form>
    <//>
  `;
}

/** Of a file: each reason behind the key that it is about. @param {Record<string, string>} fields */
const faultsOf = (fields) => Object.entries(fields).map(([key, reason]) => (key === FILE ? reason : `${key}: ${reason}`));

/** @param {string} name */
const titleOf = (name) => page.programmes.find((/** @type {any} */ one) => one.name === name)?.title ?? "";

/** @param {{ begin: string, choose: (name: string) => void }} props */
function Beginnings({ begin, choose }) {
  const option = (/** @type {string} */ name, /** @type {string} */ title, /** @type {unknown} */ about) => html`
    <label class="beginning" key=${name}>
      <input type="radio" name="begin" value=${name} checked=${begin === name} onChange=${() => choose(name)} />
      <span><b dir="auto">${title}</b> <span class="quiet">${about}</span></span>
    </label>
  `;
  return html`
    <fieldset class="field beginnings">
      <legend>${_("Begin with")}</legend>
      ${page.programmes.map((/** @type {any} */ one) => option(one.name, one.title, _n("{count} minute", "{count} minutes", one.minutes)))}
      ${option(FILE, _("A programme file"), _("TOML, as it is downloaded here"))}
    </fieldset>
  `;
}

/** @param {{ file: { name: string } | null, choose: (file: { name: string, text: string } | null) => void, reasons: string[], fail: (reason: string) => void }} props */
function FileField({ file, choose, reasons, fail }) {
  const read = async (/** @type {any} */ press) => {
    const picked = press.currentTarget.files[0];
    choose(null);
    if (!picked) return;
    if (picked.size > page.most_bytes) return fail(_("The file is larger than {kilobytes} KB.", { kilobytes: figure(page.most_bytes / 1024) }));
    try {
      choose({ name: picked.name, text: new TextDecoder("utf-8", { fatal: true }).decode(await picked.arrayBuffer()) });
    } catch {
      fail(_("The file is not a text in UTF-8."));
    }
  };
  return html`
    <div class="field">
      <label for="file">${_("Programme file")}</label>
      <input id="file" type="file" accept=".toml,application/toml,text/plain" onChange=${read} aria-invalid=${reasons.length ? "true" : null} aria-describedby=${reasons.length ? "file-refusal" : null} />
      ${file && html`<span class="hint" dir="auto">${file.name}</span>`}
      ${reasons.length > 1 ? html`<ul class="refusal faults" id="file-refusal">${reasons.map((reason) => html`<li key=${reason} dir="auto">${reason}</li>`)}</ul>` : html`<${No} id="file" refusal=${reasons[0]} />`}
    </div>
  `;
}
