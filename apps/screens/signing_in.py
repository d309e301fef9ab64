"""How hosts and moderators get in and out: a one-time link, by mail too, or a password. Who is who stays unsaid."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model, login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.address import address_of
from apps.core.limits import (
    PASSWORD_ACCOUNT,
    PASSWORD_ADDRESS,
    PASSWORD_DEVICE,
    PASSWORD_NAME,
    SIGN_IN,
    SIGN_IN_ASK,
    SIGN_IN_MAIL,
    spend,
)
from apps.core.refusal import Refusal
from apps.crew import mailing
from apps.crew.actions import mailbox_of, take_mailbox
from apps.crew.queries import account_of_mail, name_of
from apps.events.identity import device_of, identify

from .addresses import origin
from .refusing import View, refusals_as_pages


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def sign_in(request: HttpRequest) -> HttpResponse:
    """A one-time link opens a page with one button: link previews and prefetching do not burn it."""
    given = request.POST if request.method == "POST" else request.GET
    token, onwards = given.get("token", ""), safe_next(given.get("next", ""))
    if request.method != "POST":
        if request.user.is_authenticated and not token:
            return redirect(onwards)
        return render(request, "screens/sign_in.html", {"token": token, "next": onwards, "can_mail": settings.CAN_MAIL})
    if "mail" in given:
        return by_mail(request, given["mail"].strip(), onwards)
    if "password" in given:
        return by_password(request, given.get("name", "").strip(), given["password"], onwards)
    if not signed_in_once(request, token):
        # Only guesses cost: a hall shares one address, and whoever holds a good link is no guesser.
        spend(SIGN_IN, address_of(request))
        sentence = _("It was used already, or it is too old. Ask whoever runs the server for a new one.")
        said = {"refusal": sentence, "name": request.user.get_username(), "next": onwards}
        return render(request, "screens/sign_in.html", said, status=403)
    return redirect(onwards)


@transaction.atomic
def signed_in_once(request: HttpRequest, token: str) -> bool:
    """Sign in by a one-time token; judged again under the account's lock, so that two at once are one."""
    user = authenticate(request, sesame=token)
    if user is None:
        return False
    get_user_model().objects.select_for_update().get(pk=user.pk)
    user = authenticate(request, sesame=token)
    if user is None:
        return False
    login(request, user)
    return True


def by_mail(request: HttpRequest, mail: str, onwards: str) -> HttpResponse:
    """The same answer at the same pace, whether anybody has this address or not."""
    # The mailbox first: whoever asks for the same one again and again takes nothing from who is behind their address.
    spend(SIGN_IN_MAIL, mail.lower())
    spend(SIGN_IN_ASK, address_of(request))
    user = account_of_mail(mail)
    if user:
        mailing.send_sign_in_link(user, origin(request), onwards)
    return render(request, "screens/sign_in.html", {"asked": mail})


def by_password(request: HttpRequest, name: str, password: str, onwards: str) -> HttpResponse:
    """By mail address or sign-in name; the same refusal for whatever does not fit."""
    address = address_of(request)
    # By address too: a stranger is handed a new device whenever they throw theirs away.
    spend(PASSWORD_ADDRESS, address)
    spend(PASSWORD_DEVICE, device_of(request) or address)
    spend(PASSWORD_NAME, name.lower())
    spend(PASSWORD_ACCOUNT, f"{name.lower()} {address}")
    known = account_of_mail(name)
    # A name that nobody has costs the same time: Django hashes in vain.
    user = authenticate(request, username=known.get_username() if known else name, password=password)
    if user is None:
        said = {"wrong": True, "name_given": name, "next": onwards, "can_mail": settings.CAN_MAIL}
        return render(request, "screens/sign_in.html", said, status=403)
    login(request, user)
    return redirect(onwards)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def mailbox(request: HttpRequest) -> HttpResponse:
    """A mail address becomes one's own: by its button, for previews, and where one is signed in as who asked for it.

    So that a link which somebody else has asked for gives nobody's account the mailbox of who opens it.
    """
    user = request.user
    if not user.is_authenticated:
        return render(request, "screens/mailbox.html", status=403)
    token = (request.POST if request.method == "POST" else request.GET).get("token", "")
    is_yours = request.method == "POST"
    try:
        mail = take_mailbox(user, token) if is_yours else mailbox_of(token, user)
    except Refusal as refusal:
        return render(request, "screens/mailbox.html", {"refusal": refusal.message}, status=refusal.status)
    said = {"token": token, "name": name_of(user), "mail": mail, "is_yours": is_yours}
    return render(request, "screens/mailbox.html", said)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out on this device."""
    logout(request)
    return redirect("sign-in")


def safe_next(path: str) -> str:
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else reverse("community-home")


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': request.path})}")


def for_crew(action: str) -> Callable[[View], View]:
    """A page for who of an event's crew may do `action`; its view gets an `Identity` where its address has a code.

    Whoever is not signed in does that first; a code that was typed another way leads to the event's own address.
    Refuses `not_here` (404: no such event, or not its crew), `not_allowed` (403) and `archived` (409).
    """

    def opened_by(view: View) -> View:
        @functools.wraps(view)
        def opened(request: HttpRequest, code: str) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            identity = identify(request, code, "console")
            if identity.event.code != code:
                assert request.resolver_match, "a page has an address"
                return redirect(request.resolver_match.view_name, identity.event.code)
            identity.require(action)
            return view(request, identity)

        return opened

    return opened_by
