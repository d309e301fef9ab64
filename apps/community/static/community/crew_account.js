/** One's own account: how to sign in next time, a password of one's own, and signing out on this device. */
import { Refused, call } from "../screens/api.js";
import { say } from "../screens/console/state.js";
import { page } from "../screens/page.js";
import { Dialog } from "../screens/parts/dialog.js";
import { html, signal, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { Field } from "./fields.js";

const account = signal(/** @type {{ name: string, mail: string, has_password: boolean }} */ (page.account));

export function Account() {
  const [isOpen, setOpen] = useState(false);
  const { name, mail, has_password } = account.value;
  return html`
    <section aria-labelledby="crew-account">
      <h2 id="crew-account">${_("Your account")}</h2>
      <p>${_("Your sign-in name is {name}.", { name })} ${mail && _("Links to sign in are sent to {mail}.", { mail })}</p>
      <div class="row">
        <button type="button" class="button quiet" onClick=${() => setOpen(true)}>${has_password ? _("Change the password") : _("Choose a password")}</button>
        <form method="post" action="/sign-out/">
          <input type="hidden" name="csrfmiddlewaretoken" value=${page.csrf} />
          <button class="button quiet">${_("Sign out")}</button>
        </form>
      </div>
    </section>
    ${isOpen && html`<${Choosing} onClose=${() => setOpen(false)} />`}
  `;
}

function Choosing(/** @type {{ onClose: () => void }} */ { onClose }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [refused, refuse] = useState(/** @type {Record<string, string>} */ ({}));
  const [isBusy, setBusy] = useState(false);
  const { name, has_password } = account.value;
  const save = async (/** @type {SubmitEvent} */ press) => {
    press.preventDefault();
    setBusy(true);
    try {
      await call({ url: "/api/v1/account/password/", method: "PUT", body: { password, current } });
      account.value = { ...account.value, has_password: true };
      say(_("From now on you can sign in with this password."));
      onClose();
    } catch (error) {
      setBusy(false);
      if (!(error instanceof Refused)) return say(_("No answer from the server. Nothing has changed yet."));
      if (Object.keys(error.fields).length === 0) say(error.message);
      refuse(error.fields);
    }
    return undefined;
  };
  return html`
    <${Dialog} title=${has_password ? _("Change the password") : _("Choose a password")} onClose=${onClose}>
      <form class="stack" onSubmit=${save}>
        <p>${_("Other devices are signed out. With a password, your account stays when your events are erased.")}</p>
        <input class="hidden-text" type="text" name="username" autocomplete="username" readonly tabindex="-1" aria-hidden="true" value=${name} />
        ${has_password && html`<${Field} id="current" type="password" label=${_("Present password")} value=${current} onInput=${setCurrent} refusal=${refused.current} autocomplete="current-password" dir="ltr" required />`}
        <${Field} id="password" type="password" label=${_("New password")} hint=${_("At least ten characters.")} value=${password} onInput=${setPassword} refusal=${refused.password} autocomplete="new-password" dir="ltr" required />
        <button class="button primary" disabled=${isBusy} aria-busy=${isBusy ? "true" : null}>${_("Save the password")}</button>
      </form>
    <//>
  `;
}
