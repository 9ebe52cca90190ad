"""The desk while the database is gone or locked: 503 and a sentence, not a server error."""

from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from briefs.views.public import unavailable

TEMPLATE = "admin/503.html"
OUTAGES = (OperationalError, InterfaceError)


class Sessions(SessionMiddleware):
    """Django's, which meets an outage too: when it stores the session after the view."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Public pages have answered by themselves: what arrives here is the desk's."""
        is_outage = isinstance(exception, OUTAGES)
        return unavailable(request, exception, template=TEMPLATE) if is_outage else None

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        try:
            return super().process_response(request, response)
        except OUTAGES as error:
            return unavailable(request, error, template=TEMPLATE)
