"""Authors, centres, topics and series: the index of each, and the page of one with its briefs. What
has no current edition is not listed, and its page is a 404."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from briefs.models import Edition, EditionByline, EditionTopic
from briefs.views.listing import listing
from briefs.views.public import public, respond

PER_INDEX = 100
INDEXES = {
    "author": ("authors", "Authors"),
    "centre": ("centres", "Centres"),
    "topic": ("topics", "Topics"),
    "series": ("series-index", "Series"),
}


@public
def author(request: HttpRequest, slug: str) -> HttpResponse:
    current = Edition.objects.current()
    found = get_object_or_404(current.authors().select_related("centre"), slug=slug)
    theirs = EditionByline.objects.filter(author=found).values("edition")
    has_page = current.filter(centre=found.centre_id).exists()
    return _subject(
        request, "author", found, current.filter(pk__in=theirs), centre_has_page=has_page
    )


@public
def centre(request: HttpRequest, slug: str) -> HttpResponse:
    current = Edition.objects.current()
    found = get_object_or_404(current.centres(), slug=slug)
    editions = current.filter(centre=found)
    return _subject(request, "centre", found, editions, authors=editions.authors())


@public
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    current = Edition.objects.current()
    found = get_object_or_404(current.topics(), slug=slug)
    rows = EditionTopic.objects.filter(topic=found).values("edition")
    return _subject(request, "topic", found, current.filter(pk__in=rows))


@public
def series(request: HttpRequest, slug: str) -> HttpResponse:
    current = Edition.objects.current()
    found = get_object_or_404(current.series(), slug=slug)
    return _subject(request, "series", found, current.filter(series=found))


def _subject(
    request: HttpRequest, kind: str, found: Any, editions: Any, **more: Any
) -> HttpResponse:
    rows = listing(request, editions.cards())
    path = reverse(kind, args=[found.slug])
    index, label = INDEXES[kind]
    context = {
        "section": kind,
        "kind": kind,
        "subject": found,
        "index": reverse(index),
        "label": label,
        "listing": rows,
        "canonical": f"{path}?{urlencode(rows.query)}" if rows.query else path,
        "feed": f"{path}feed.atom",
    }
    return respond(request, f"briefs/{kind}.html", context | more)


@public
def authors(request: HttpRequest) -> HttpResponse:
    found = Edition.objects.current().authors()
    counted = _counted(found, "edition_bylines", "edition_bylines__edition")
    return _index(request, "author", "Authors", counted.annotate(aside=F("role")))


@public
def centres(request: HttpRequest) -> HttpResponse:
    found = Edition.objects.current().centres()
    counted = _counted(found, "editions", "editions")
    return _index(request, "centre", "Centres", counted.annotate(aside=F("acronym")))


@public
def topics(request: HttpRequest) -> HttpResponse:
    found = Edition.objects.current().topics()
    return _index(
        request, "topic", "Topics", _counted(found, "edition_rows", "edition_rows__edition")
    )


@public
def series_index(request: HttpRequest) -> HttpResponse:
    found = Edition.objects.current().series()
    return _index(request, "series", "Series", _counted(found, "editions", "editions"))


def _counted(found: QuerySet[Any], rows: str, edition: str) -> QuerySet[Any]:
    """With the number of current editions of each as `count`."""
    current = Edition.objects.current().values("pk")
    return found.annotate(count=Count(rows, filter=Q(**{f"{edition}__in": current})))


def _index(request: HttpRequest, kind: str, title: str, found: QuerySet[Any]) -> HttpResponse:
    context = {
        "section": kind,
        "kind": kind,
        "title": title,
        "listing": listing(request, found.order_by("name", "pk"), per_page=PER_INDEX),
        "canonical": request.path,
    }
    return respond(request, "briefs/index.html", context)
