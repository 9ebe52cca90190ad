"""The frame of every public page: methods, errors, caching, and what each page knows of the
institute."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from briefs.models import Institute
from briefs.views import styles

# Seconds for which caches may keep what a verb can change or take away: also the longest time
# that a withdrawn text, or a 301 to an address that has moved on, outlives the verb.
MAX_AGE = 60

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """A page for anybody: GET and HEAD only, no CSRF cookie, errors in our own dress even where
    DEBUG is on, for the demo's visitors."""

    @functools.wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any(
            "\0" in value for values in request.GET.lists() for value in (values[0], *values[1])
        ):
            return bad_request(request)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return not_found(request)
        except BadRequest:
            return bad_request(request)

    return csrf_exempt(require_safe(framed))


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
    if status == 404:
        response["Cache-Control"] = "no-cache"  # an embargo may lift the next second
    else:
        patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for what never was and for what is not public."""
    return respond(request, "404.html", {"noindex": True}, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return respond(request, "400.html", {"noindex": True}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return respond(request, "403.html", {"noindex": True}, status=403)
