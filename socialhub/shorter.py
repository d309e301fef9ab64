"""Answers made shorter on their way."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Pictures and archives are as short as they get.
WORTH_IT = ("text/", "application/json", "application/vnd.oai.openapi", "image/svg+xml")


class ShorterTexts(GZipMiddleware):
    """Whole answers of text, compressed: pages bring their first picture along.

    Not what comes in pieces: Django would compress each piece of an asynchronous answer as a file of its own, and
    browsers read the first of them alone. Secrets in pages are masked anew for each answer, and Django pads (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(WORTH_IT):
            return response
        return super().process_response(request, response)
