"""The route of one's own account."""

from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.core.limits import PASSWORD_ACCOUNT, spend
from apps.events.api.asking import account
from apps.events.api.schema import route

from .. import actions
from ..serializers import Password


class PasswordView(APIView):
    @route(None, 400, 403, 429, status=204, body=Password, operation_id="password_set")
    def put(self, request: Request) -> HttpResponse:
        """Choose a password; other devices are signed out. `wrong_password` (400): it is not the one there is."""
        user = account(request)
        spend(PASSWORD_ACCOUNT, f"own:{user.pk}")
        given = Password(data=request.data)
        given.is_valid(raise_exception=True)
        is_first = not user.has_usable_password()
        actions.set_password(user, **given.validated_data)
        if is_first:
            # Under the same key: who did not hear the answer is still signed in, and may send it again.
            request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        else:
            # Whoever had this session besides is out as well.
            update_session_auth_hash(request._request, user)
        return HttpResponse(status=204)
