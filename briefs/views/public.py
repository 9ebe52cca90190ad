"""The frame of every public page: methods, errors, caching, and what each page knows of the
institute."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.log import log_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from briefs.models import Institute
from briefs.views import styles

RETRY_AFTER = 30  # seconds after which the database may be asked again
# By status; what is not here is not to be kept.
CACHING = {
    200: f"public, max-age={settings.PUBLIC_MAX_AGE}",
    410: f"public, max-age={settings.PUBLIC_MAX_AGE}",
    404: "no-cache",  # an embargo may lift the next second
    403: "no-store, private",
}

View = Callable[..., HttpResponseBase]


def without_database(view: View) -> View:
    """503 instead of a server error where the database cannot be asked: after the first question
    that fails, no other."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            return unavailable(request, error)

    return answer


def public(view: View) -> View:
    """A page for anybody: GET and HEAD only, no CSRF cookie, errors in our own dress even where
    DEBUG is on, for the demo's visitors."""

    @functools.wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            _refuse_null(request)
            return view(request, *args, **kwargs)
        except Http404:
            return not_found(request)
        except BadRequest:
            return bad_request(request)

    return csrf_exempt(require_safe(without_database(framed)))


def answer_unknown_addresses(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware; belongs last in MIDDLEWARE. Where DEBUG is on, the demo's visitors meet our own
    page, not Django's list of every address."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if settings.DEBUG and response.status_code == 404 and request.resolver_match is None:
            return not_found(request)
        return response

    return answer


def _refuse_null(request: HttpRequest) -> None:
    """A sign that no address of ours holds, and that PostgreSQL cannot be asked for."""
    if "\0" in request.path_info:
        raise Http404
    if any("\0" in value for row in request.GET.lists() for value in (row[0], *row[1])):
        raise BadRequest("Null character")


def respond(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    institute: Institute | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page. `canonical` in the context is a path; without it there is no canonical link."""
    institute = institute or Institute.load()
    frame = {
        "institute": institute,
        "style": styles.address(institute.accent),
        "site_url": settings.SITE_URL,
    }
    response = render(request, template, frame | dict(context), status=status)
    response["Cache-Control"] = CACHING.get(status, "no-store")
    return response


def unavailable(
    request: HttpRequest, error: Exception, *, template: str = "503.html"
) -> HttpResponse:
    """A page that stands by itself: neither it nor its style sheets ask the database."""
    response = HttpResponse(render_to_string(template), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    log_response("%s: %s", error, request.path, response=response, request=request, exception=error)
    return response


@without_database
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """The same bytes for what never was and for what is not public."""
    return respond(request, "404.html", {"noindex": True}, status=404)


@without_database
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    return respond(request, "400.html", {"noindex": True}, status=400)


@without_database
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    return respond(request, "403.html", {"noindex": True}, status=403)
