/** Who is on the crew; hosts change roles and take people off, everybody may leave. Each says first what comes of it. */
import { isHost } from "../screens/console/state.js";
import { Dialog } from "../screens/parts/dialog.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { ask, here, me, members, roleWord } from "./crew_state.js";

/** @typedef {import("./crew_state.js").Member} Member */

export function Members() {
  const [open, setOpen] = useState("");
  const member = members.value.find((one) => one.id === open);
  const close = () => setOpen("");
  return html`
    <section aria-labelledby="crew-members">
      <h2 id="crew-members">${_("Who runs the event")}</h2>
      <ul class="list">
        ${members.value.map((one) => html`<${MemberRow} key=${one.id} member=${one} onOpen=${() => setOpen(one.id)} />`)}
      </ul>
      <p class="quiet">${_("Hosts move the event on and choose the crew. Moderators decide which tips and pictures are shown.")}</p>
    </section>
    ${member && (member.id === me.value?.id ? html`<${Leaving} member=${member} onClose=${close} />` : html`<${Changing} member=${member} onClose=${close} />`)}
  `;
}

/** @param {{ member: Member, onOpen: () => void }} props */
function MemberRow({ member, onOpen }) {
  const isMe = member.id === me.value?.id;
  return html`
    <li class="list-row">
      <span class="grow"><b class="member-name" dir="auto">${member.name}</b> <span class="quiet">${roleWord(member.role)}${isMe ? ` · ${_("you")}` : ""}</span> ${here.value.has(member.id) && html`<span class="member-here">${_("here now")}</span>`}</span>
      ${isMe && html`<button type="button" class="button plain" onClick=${onOpen}>${_("Leave")}</button>`}
      ${!isMe && isHost.value && html`<button type="button" class="button quiet" aria-label=${_("Change {name}", member)} onClick=${onOpen}>${_("Change")}</button>`}
    </li>
  `;
}

/** @param {{ member: Member, onClose: () => void }} props */
function Changing({ member, onClose }) {
  const [isTakingOff, takeOff] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isModerator = member.role === "moderator";
  const act = async (/** @type {{ method: string, body?: unknown }} */ what) => {
    setBusy(true);
    const answer = await ask(`members/${member.id}/`, what);
    setBusy(false);
    if (answer !== undefined) onClose();
  };
  if (isTakingOff) {
    return html`
      <${Dialog} key="off" title=${_("Take {name} off the crew?", member)} onClose=${onClose}>
        <p>${_("Their screens close at once, and nothing they press has an effect any more. They come back by a new invitation only.")}</p>
        <div class="row">
          <button type="button" class="button danger primary" disabled=${isBusy} aria-busy=${isBusy ? "true" : null} onClick=${() => act({ method: "DELETE" })}>${_("Take off the crew")}</button>
          <button type="button" class="button quiet" onClick=${onClose}>${_("Keep")}</button>
        </div>
      <//>
    `;
  }
  return html`
    <${Dialog} key="change" title=${member.name} onClose=${onClose}>
      <p>${isModerator ? _("As host they can do all that you can, also take you off the crew.") : _("As moderator they decide on tips and pictures, and do not move the event on any more.")}</p>
      <button type="button" class="button quiet" disabled=${isBusy} onClick=${() => act({ method: "PATCH", body: { role: isModerator ? "host" : "moderator" } })}>${isModerator ? _("Make host") : _("Make moderator")}</button>
      <button type="button" class="button danger" onClick=${() => takeOff(true)}>${_("Take off the crew")}</button>
    <//>
  `;
}

/** @param {{ member: Member, onClose: () => void }} props */
function Leaving({ member, onClose }) {
  const [isBusy, setBusy] = useState(false);
  const isLastHost = member.role === "host" && members.value.filter((one) => one.role === "host").length === 1;
  const leave = async () => {
    setBusy(true);
    if ((await ask("me/", { method: "DELETE" })) !== undefined) return location.assign("/console/");
    setBusy(false);
    return undefined;
  };
  return html`
    <${Dialog} title=${_("Leave the crew?")} onClose=${onClose}>
      <p>${isLastHost ? _("You are the only host, and an event needs one. Make somebody else host first.") : _("This screen closes, and you come back by a new invitation only.")}</p>
      <div class="row">
        ${!isLastHost && html`<button type="button" class="button danger primary" disabled=${isBusy} aria-busy=${isBusy ? "true" : null} onClick=${leave}>${_("Leave the crew")}</button>`}
        <button type="button" class="button quiet" onClick=${onClose}>${_("Stay")}</button>
      </div>
    <//>
  `;
}
