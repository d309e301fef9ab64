/** One's own account: how to sign in next time, a mail address or a password of one's own, and signing out on this device. */
import { Refused, call, newKey } from "../screens/api.js";
import { say, sentenceOf } from "../screens/console/saying.js";
import { page } from "../screens/page.js";
import { Dialog } from "../screens/parts/dialog.js";
import { html, signal, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { Field } from "./fields.js";

const account = signal(/** @type {{ name: string, mail: string, has_password: boolean }} */ (page.account));

export function Account() {
  const [open, setOpen] = useState("");
  const { name, mail, has_password } = account.value;
  const close = () => setOpen("");
  return html`
    <section aria-labelledby="crew-account">
      <h2 id="crew-account">${_("Your account")}</h2>
      <p>${_("Your sign-in name is {name}.", { name })} ${mail && _("Links to sign in are sent to {mail}.", { mail })}</p>
      <div class="row">
        ${page.can_mail && html`<button type="button" class="button quiet" onClick=${() => setOpen("mail")}>${mail ? _("Change the mail address") : _("Add a mail address")}</button>`}
        <button type="button" class="button quiet" onClick=${() => setOpen("password")}>${has_password ? _("Change the password") : _("Choose a password")}</button>
        <form method="post" action="/sign-out/">
          <input type="hidden" name="csrfmiddlewaretoken" value=${page.csrf} />
          <button class="button quiet">${_("Sign out")}</button>
        </form>
      </div>
    </section>
    ${open === "mail" && html`<${Adding} onClose=${close} />`}
    ${open === "password" && html`<${Choosing} onClose=${close} />`}
  `;
}

/** What a form of one's account sends, and what is said of it. @param {() => Promise<void>} send */
function useSending(send) {
  const [refused, refuse] = useState(/** @type {Record<string, string>} */ ({}));
  const [isBusy, setBusy] = useState(false);
  const onSubmit = async (/** @type {SubmitEvent} */ press) => {
    press.preventDefault();
    setBusy(true);
    try {
      await send();
    } catch (error) {
      setBusy(false);
      if (!(error instanceof Refused)) return say(sentenceOf(error));
      if (Object.keys(error.fields).length === 0) say(error.message);
      refuse(error.fields);
    }
    return undefined;
  };
  return { refused, isBusy, onSubmit };
}

function Adding(/** @type {{ onClose: () => void }} */ { onClose }) {
  const [mail, setMail] = useState("");
  const [current, setCurrent] = useState("");
  const [isSent, setSent] = useState(false);
  const present = account.value.mail;
  const { refused, isBusy, onSubmit } = useSending(async () => {
    await call({ url: "/api/v1/account/mailbox/", method: "POST", body: { mail, current }, key: newKey() });
    setSent(true);
  });
  return html`
    <${Dialog} title=${present ? _("Change the mail address") : _("Add a mail address")} onClose=${onClose}>
      ${
        isSent
          ? html`<p role="status">${_("A link is on its way to {mail}. Open it in this browser: it works within a day.", { mail })}</p>
              <button type="button" class="button primary" onClick=${onClose}>${_("Understood")}</button>`
          : html`<form class="stack" onSubmit=${onSubmit}>
              <p>${present ? _("Until you open the link that is sent to the new address, {mail} counts. It is told that you asked.", { mail: present }) : _("Links to sign in can be sent there from then on.")}</p>
              <${Field} id="mail" type="email" label=${present ? _("New mail address") : _("Mail address")} value=${mail} onInput=${setMail} refusal=${refused.mail} autocomplete="email" dir="ltr" maxlength="254" required />
              <${Present} value=${current} onInput=${setCurrent} refusal=${refused.current} />
              <button class="button primary" disabled=${isBusy} aria-busy=${isBusy ? "true" : null}>${_("Send me a link")}</button>
            </form>`
      }
    <//>
  `;
}

function Choosing(/** @type {{ onClose: () => void }} */ { onClose }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const { name, has_password } = account.value;
  const { refused, isBusy, onSubmit } = useSending(async () => {
    await call({ url: "/api/v1/account/password/", method: "PUT", body: { password, current } });
    account.value = { ...account.value, has_password: true };
    say(_("From now on you can sign in with this password."));
    onClose();
  });
  return html`
    <${Dialog} title=${has_password ? _("Change the password") : _("Choose a password")} onClose=${onClose}>
      <form class="stack" onSubmit=${onSubmit}>
        <p>${_("Other devices are signed out. With a password, your account stays when your events are erased.")}</p>
        <input class="hidden-text" type="text" name="username" autocomplete="username" readonly tabindex="-1" aria-hidden="true" value=${name} />
        <${Present} value=${current} onInput=${setCurrent} refusal=${refused.current} />
        <${Field} id="password" type="password" label=${_("New password")} hint=${_("At least ten characters.")} value=${password} onInput=${setPassword} refusal=${refused.password} autocomplete="new-password" dir="ltr" required />
        <button class="button primary" disabled=${isBusy} aria-busy=${isBusy ? "true" : null}>${_("Save the password")}</button>
      </form>
    <//>
  `;
}

/** Asked for where there is one: whoever has found an open laptop does not know it. */
function Present(/** @type {{ value: string, onInput: (text: string) => void, refusal?: string }} */ field) {
  return account.value.has_password && html`<${Field} id="current" type="password" label=${_("Present password")} autocomplete="current-password" dir="ltr" required ...${field} />`;
}
