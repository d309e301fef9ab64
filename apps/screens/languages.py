"""Where somebody chooses their language; a cookie of this device keeps it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Each language in its own words; the chosen one leads back to `next`, a path of ours."""
    if request.method == "POST":
        return set_language(request)
    asked = request.GET.get("next", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    context = {"languages": settings.LANGUAGES, "current": get_language(), "next": asked if is_ours else "/"}
    return render(request, "screens/language.html", context)
