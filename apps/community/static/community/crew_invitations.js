/** Asking somebody onto the crew: a link that is shown once and works once, and those that wait for a yes. */
import { renewToken } from "../screens/api.js";
import { copy } from "../screens/console/stage_link.js";
import { say } from "../screens/console/saying.js";
import { isHost } from "../screens/console/state.js";
import { page } from "../screens/page.js";
import { Dialog } from "../screens/parts/dialog.js";
import { html, signal, useEffect, useRef, useState } from "../screens/vendor/preact.js";
import { _, dayInWords } from "../screens/words.js";
import { ask, members, roleWord } from "./crew_state.js";
import { Field } from "./fields.js";

/** @typedef {{ id: string, role: import("./crew_state.js").Role, mail: string | null, sent_at: string | null, by: string, made_at: string, expires_at: string }} Invitation */

/** @type {import("../screens/vendor/preact.js").Signal<Invitation[]>} */
const pending = signal([]);

async function look() {
  const answer = await ask("invitations/");
  if (answer) pending.value = answer.invitations;
}

export function Invitations() {
  const [isAsking, setAsking] = useState(false);
  // Whoever accepts is a new member.
  useEffect(() => void (isHost.value && look()), [isHost.value, members.value.length]);
  if (!isHost.value) return null;
  return html`
    <section aria-labelledby="crew-invitations">
      <div class="row between">
        <h2 id="crew-invitations">${_("Invitations")}</h2>
        <button type="button" class="button primary" onClick=${() => setAsking(true)}>${_("Invite somebody")}</button>
      </div>
      ${pending.value.length === 0 ? html`<p class="quiet">${_("Nobody is asked at the moment.")}</p>` : html`
        <ul class="list">${pending.value.map((one) => html`<${Waiting} key=${one.id} invitation=${one} />`)}</ul>
      `}
    </section>
    ${isAsking && html`<${Inviting} onClose=${() => setAsking(false)} />`}
  `;
}

/** @param {{ invitation: Invitation }} props */
function Waiting({ invitation }) {
  const until = dayInWords(invitation.expires_at.slice(0, 10));
  const withdraw = async () => {
    await ask(`invitations/${invitation.id}/`, { method: "DELETE" });
    look();
  };
  return html`
    <li class="list-row">
      <span class="grow"><b>${roleWord(invitation.role)}</b> <span class="quiet">${invitation.mail && html`<bdi>${invitation.mail}</bdi> · `}${invitation.by && _("asked by {name}", { name: invitation.by })} · ${_("until {day}", { day: until })}</span>${invitation.mail && !invitation.sent_at && html` <span class="badge">${_("mail not sent yet")}</span>`}</span>
      <button type="button" class="button quiet" onClick=${withdraw}>${_("Withdraw")}</button>
    </li>
  `;
}

function Inviting(/** @type {{ onClose: () => void }} */ { onClose }) {
  const [role, setRole] = useState(/** @type {import("./crew_state.js").Role} */ ("moderator"));
  const [mail, setMail] = useState("");
  const [link, setLink] = useState("");
  const [isBusy, setBusy] = useState(false);
  const invite = async (/** @type {SubmitEvent} */ press) => {
    press.preventDefault();
    setBusy(true);
    const answer = await ask("invitations/", { method: "POST", body: { role, mail } });
    setBusy(false);
    if (!answer) return undefined;
    look();
    if (answer.link) return setLink(`${page.origin}${answer.link}`);
    say(_("The link was sent to {mail}.", { mail }));
    onClose();
    return undefined;
  };
  if (link) return html`<${Link} key="link" link=${link} role=${role} onClose=${onClose} />`;
  return html`
    <${Dialog} key="ask" title=${_("Invite somebody")} onClose=${onClose}>
      <form class="stack" onSubmit=${invite}>
        <fieldset class="field roles">
          <legend>${_("What they do")}</legend>
          ${[
            ["moderator", _("Moderator"), _("Decides which tips and pictures are shown.")],
            ["host", _("Host"), _("Can do all that you can, also take you off the crew.")],
          ].map(([value, name, words]) => html`
            <label class="choice-row" key=${value}>
              <input type="radio" name="role" value=${value} checked=${role === value} onChange=${() => setRole(/** @type {any} */ (value))} />
              <span><b>${name}</b> <span class="quiet">${words}</span></span>
            </label>
          `)}
        </fieldset>
        ${page.can_mail && html`<${Field} id="mail" type="email" label=${_("Mail address")} hint=${_("Left empty, you are shown a link to hand over yourself.")} value=${mail} onInput=${setMail} dir="ltr" autocomplete="off" maxlength="254" />`}
        <button class="button primary" disabled=${isBusy} aria-busy=${isBusy ? "true" : null}>${mail ? _("Send the link") : _("Make a link")}</button>
      </form>
    <//>
  `;
}

/** @param {{ link: string, role: import("./crew_state.js").Role, onClose: () => void }} props */
function Link({ link, role, onClose }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const words = role === "host" ? _("Whoever opens it first becomes a host.") : _("Whoever opens it first becomes a moderator.");
  return html`
    <${Dialog} title=${_("Give this link to one person")} onClose=${onClose}>
      <p>${words} ${_("It works once, within seven days, and is shown only now.")}</p>
      <div class="field">
        <label for="invitation-link">${_("Link")}</label>
        <input id="invitation-link" ref=${field} readonly dir="ltr" value=${link} onFocus=${(/** @type {any} */ e) => e.currentTarget.select()} />
      </div>
      <button type="button" class="button primary" onClick=${() => copy(link, field.current)}>${_("Copy the link")}</button>
      <${Code} link=${link} />
    <//>
  `;
}

/** For somebody who stands beside the host. @param {{ link: string }} props */
function Code({ link }) {
  const [qr, setQr] = useState(/** @type {{ path: string, size: number } | null} */ (null));
  useEffect(() => void drawn(link.split("#")[1] ?? "").then(setQr), [link]);
  if (!qr) return null;
  return html`
    <div class="qr invitation-qr">
      <svg viewBox=${`0 0 ${qr.size} ${qr.size}`} role="img" aria-label=${_("QR code of the link")} shape-rendering="crispEdges"><path d=${qr.path} stroke="#000" /></svg>
    </div>
  `;
}

/** The link works without its picture. @param {string} token */
async function drawn(token) {
  const send = () => fetch("code/", { method: "POST", credentials: "same-origin", cache: "no-store", headers: { "X-CSRFToken": page.csrf }, body: new URLSearchParams({ token }) });
  try {
    let response = await send();
    if (response.status === 403 && (await renewToken())) response = await send();
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
