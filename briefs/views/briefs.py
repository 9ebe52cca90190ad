"""The page of a brief, of each of its editions, and the list of all briefs with its filters."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from briefs import metadata
from briefs.composition import Composition, read
from briefs.licences import DEEDS
from briefs.models import Edition, EditionByline, EditionTopic, Institute
from briefs.stages import EditionKind
from briefs.views.listing import Listing, listing
from briefs.views.lookup import by_address, edition_or_404
from briefs.views.public import public, respond

RELATED = 4
MAX_SLUG = 120
# Parameter → the editions' queryset method that lists its values, and its label.
FILTERS = {"centre": "Centre", "topic": "Topic", "series": "Series", "author": "Author"}


@public
@by_address
def brief(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, edition_or_404(slug))


@public
@by_address
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An edition at its own address, for ever; what has become of it is said around it, live."""
    return _page(request, edition_or_404(slug, number), number=number)


def _page(request: HttpRequest, edition: Edition, *, number: int | None = None) -> HttpResponse:
    institute = Institute.load()
    composition = read(edition)
    history = _history(edition, institute)
    current = history[0]
    path = reverse("brief", args=[edition.slug])
    retracted = current.kind == EditionKind.RETRACTION
    context = {
        "edition": edition,
        "composition": composition,
        "history": history,
        "current": current,
        "is_current": current.number == edition.number,
        "changed": institute.today(edition.public_from),
        "path": path,
        "pinned": number is not None,
        "cited": path if number is None else reverse("edition", args=[edition.slug, number]),
        "retracted": retracted,
        "related": _related(edition),
        "licence": DEEDS.get(composition.licence),
        "canonical": path,
        **_head(composition, edition.slug, number),
    }
    if retracted:
        context["title"] = metadata.retracted_title(composition)
    return respond(request, "briefs/brief.html", context, institute=institute)


def _head(composition: Composition, slug: str, number: int | None) -> dict[str, Any]:
    """What machines read: of the current edition at the brief's own address only."""
    links = metadata.Links(slug)
    context: dict[str, Any] = {
        "title": metadata.title(composition),
        "description": metadata.description(composition),
    }
    if number is None:
        context |= {
            "json_ld": metadata.json_ld(composition, links),
            "highwire": metadata.highwire(composition, links),
            "open_graph": metadata.open_graph(composition, links),
        }
    return context


@dataclass(frozen=True)
class HistoryLine:
    """A public edition in the history of its brief; `day` is the day where the institute is."""

    number: int
    kind: str
    label: str
    change_note: str
    day: dt.date


def _history(edition: Edition, institute: Institute) -> list[HistoryLine]:
    """Every public edition of the brief, the current one first."""
    editions = Edition.objects.public().filter(brief_id=edition.brief_id).order_by("-number")
    rows = editions.values_list("number", "kind", "change_note", "public_from")
    return [
        HistoryLine(number, kind, EditionKind(kind).label, note, institute.today(public_from))
        for number, kind, note, public_from in rows
    ]


def _related(edition: Edition) -> list[Edition]:
    """The newest others on one of its topics, or of its centre."""
    topics = [row.topic_id for row in edition.topics.all()]
    near = Q(pk__in=EditionTopic.objects.filter(topic__in=topics).values("edition"))
    if edition.centre_id:
        near |= Q(centre=edition.centre_id)
    others = Edition.objects.current().filter(near).exclude(brief_id=edition.brief_id)
    return list(others.cards()[:RELATED])


@public
def briefs(request: HttpRequest) -> HttpResponse:
    """All briefs, newest first. Filters combine; unknown parameters change nothing."""
    chosen = _chosen(request)
    facets = _facets(chosen)
    rows = listing(request, _filtered(chosen).cards(), known=chosen)
    active = _active(chosen, facets)
    context = {
        "section": "briefs",
        "listing": rows,
        "facets": facets,
        "chosen": chosen,
        "active": active,
        "years": _years(),
        "canonical": _with_query(reverse("briefs"), rows),
        "noindex": len(chosen) > 1 or not rows.count,
    }
    return respond(request, "briefs/briefs.html", context)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """The filters that are asked for; raises BadRequest for one longer than any slug."""
    values = {name: request.GET.get(name, "").strip() for name in (*FILTERS, "year")}
    if any(len(value) > MAX_SLUG for value in values.values()):
        raise BadRequest("No slug is so long")
    return {name: value for name, value in values.items() if value}


def _filtered(chosen: Mapping[str, str]) -> Any:
    editions = Edition.objects.current()
    if centre := chosen.get("centre"):
        editions = editions.filter(centre__slug=centre)
    if series := chosen.get("series"):
        editions = editions.filter(series__slug=series)
    if author := chosen.get("author"):
        bylines = EditionByline.objects.filter(author__slug=author)
        editions = editions.filter(pk__in=bylines.values("edition"))
    if topic := chosen.get("topic"):
        topics = EditionTopic.objects.filter(topic__slug=topic)
        editions = editions.filter(pk__in=topics.values("edition"))
    if year := chosen.get("year"):
        if not re.fullmatch(r"[1-9][0-9]{3}", year):
            raise BadRequest("No year")
        editions = editions.filter(dated__year=int(year))
    return editions


def _facets(chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """What can be chosen: of the current editions only."""
    current = Edition.objects.current()
    querysets = {
        "centre": current.centres(),
        "topic": current.topics(),
        "series": current.series(),
        "author": current.authors(),
    }
    return [
        {
            "name": name,
            "label": label,
            "chosen": chosen.get(name, ""),
            "options": list(querysets[name].values_list("slug", "name")),
        }
        for name, label in FILTERS.items()
    ]


def _years() -> list[int]:
    """Years that have a current edition, the latest first."""
    years = Edition.objects.current().annotate(year=ExtractYear("dated")).order_by("-year")
    return list(years.values_list("year", flat=True).distinct())


def _active(chosen: Mapping[str, str], facets: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The filters in force: label, value, and the query without it."""
    names = {facet["name"]: dict(facet["options"]) for facet in facets}
    return [
        {
            "label": FILTERS.get(name, "Year"),
            "value": names.get(name, {}).get(value, value),
            "without": urlencode({other: chosen[other] for other in chosen if other != name}),
        }
        for name, value in chosen.items()
    ]


def _with_query(path: str, rows: Listing) -> str:
    return f"{path}?{urlencode(rows.query)}" if rows.query else path
