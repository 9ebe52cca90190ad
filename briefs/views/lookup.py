"""From an address to what may be read there, for pages and files alike: the edition, a redirect
from a former address, 410 after a withdrawal, or the one 404 that drafts, pending editions and
unknown addresses share. Must not import Brief."""

import functools
from collections.abc import Callable
from typing import Any, NoReturn

from django.conf import settings
from django.db.models import Case, QuerySet, When
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control

from briefs.models import Address, Edition, Institute, Withdrawal
from briefs.views.public import respond

View = Callable[..., HttpResponseBase]


class Moved(Exception):
    """The brief lives at another address now; the message is its slug."""


class Gone(Exception):
    """The brief was withdrawn."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__(withdrawal.notice)
        self.withdrawal = withdrawal


def edition_or_404(slug: str, number: int | None = None, *, whole: bool = True) -> Edition:
    """The current edition at `slug`, or its edition `number`, with the current address as `.slug`;
    `whole`: with the rows that `composition.read` needs (a few queries more).

    Raises Http404, Gone, or Moved: wrap the view in `by_address`."""
    brief = _brief_at(slug)
    editions = Edition.objects.current() if number is None else Edition.objects.public()
    if number is not None:
        editions = editions.filter(number=number)
    editions = editions.whole() if whole else editions.addressed()
    edition: Any = editions.filter(brief_id=brief).first()
    if edition is None:
        _refuse(slug, number)
    if edition.slug != slug:
        raise Moved(edition.slug)
    found: Edition = edition
    return found


def _brief_at(slug: str) -> QuerySet[Address, dict[str, int]]:
    """The brief of that address, former ones too; capitals may have slipped into a typed one."""
    exact = Case(When(slug=slug, then=0), default=1)
    rows = Address.objects.filter(slug__in={slug, slug.lower()}).order_by(exact)
    return rows.values("brief_id")[:1]


def _refuse(slug: str, number: int | None) -> NoReturn:
    """Raise Gone where there was a public edition, else the same Http404 for everything."""
    brief = _brief_at(slug)
    were_public = Edition.objects.filter(brief_id=brief, public_from__lte=Now())
    if number is not None:
        were_public = were_public.filter(number=number)
    withdrawal = Withdrawal.objects.filter(brief_id__in=were_public.values("brief_id")).first()
    if withdrawal is None:
        raise Http404
    raise Gone(withdrawal)


def by_address(view: View) -> View:
    """Answers what `edition_or_404` raises. A former slug is replaced, in the name of a file too,
    so that pages, editions and files each find their own successor."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Gone as gone:
            return gone_page(request, gone.withdrawal)
        except Moved as moved:
            return _redirect(request, kwargs, str(moved))

    return answer


def gone_page(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    """410 with the notice, and nothing of the text."""
    institute = Institute.load()
    day = institute.today(withdrawal.at)
    context = {"withdrawal": withdrawal, "day": day, "noindex": True}
    return respond(request, "410.html", context, institute=institute, status=410)


def _redirect(request: HttpRequest, kwargs: dict[str, Any], slug: str) -> HttpResponse:
    moved = kwargs | {name: slug for name in ("slug", "name") if name in kwargs}
    assert request.resolver_match is not None
    response = HttpResponsePermanentRedirect(
        reverse(request.resolver_match.view_name, kwargs=moved)
    )
    patch_cache_control(response, public=True, max_age=settings.PUBLIC_MAX_AGE)
    return response
