"""Atom feeds (RFC 4287): the newest briefs of the whole site, a centre, an author, a topic or a
series. Addresses come from SITE_URL, never from the request. Methods and errors are those of every
public page: `urls.py` wraps these views. Must not import Brief or views."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from lxml import etree
from lxml.builder import ElementMaker

from briefs import metadata
from briefs.models import Edition, Institute
from briefs.stages import EditionKind

NEWEST = 20
ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
# RFC 4287 wants `updated` in an empty feed too; it must not move with each request.
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})


@dataclass(frozen=True)
class Kind:
    """A kind of feed: where listed things come from, and how editions are found by one."""

    listed: Callable[[Any], "QuerySet[Any]"]
    lookup: str


KINDS = {
    "centre": Kind(lambda editions: editions.centres(), "centre"),
    "author": Kind(lambda editions: editions.authors(), "bylines__author"),
    "topic": Kind(lambda editions: editions.topics(), "topics__topic"),
    "series": Kind(lambda editions: editions.series(), "series"),
}


def newest(request: HttpRequest) -> HttpResponse:
    institute = Institute.load()
    head = _Head(institute, institute.name, metadata.absolute("feed"), metadata.absolute("home"))
    return _answer(_feed(head, None))


def newest_of(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Of one centre, author, topic or series (`kind`), which is 404 while unlisted."""
    current = Edition.objects.current()
    thing: Model = get_object_or_404(KINDS[kind].listed(current), slug=slug)
    institute = Institute.load()
    head = _Head(
        institute,
        f"{thing} – {institute.name}",
        metadata.absolute(f"{kind}-feed", slug),
        metadata.absolute(kind, slug),
    )
    return _answer(_feed(head, current.filter(**{KINDS[kind].lookup: thing})))


@dataclass(frozen=True)
class _Head:
    institute: Institute
    title: str
    address: str
    page: str


def _answer(feed: etree._Element) -> HttpResponse:
    content = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
    patch_cache_control(response, public=True, max_age=settings.PUBLIC_MAX_AGE)
    return response


def _feed(head: _Head, current: Any) -> etree._Element:
    changed = _last_changes(current)
    editions = {edition.brief_id: edition for edition in _editions(changed)}
    feed = E.feed(
        E.id(head.address),
        E.title(_text(head.title)),
        E.updated(_rfc3339(max(changed.values(), default=NEVER))),
        E.link(rel="self", type="application/atom+xml", href=head.address),
        E.link(rel="alternate", type="text/html", href=head.page),
        E.author(E.name(_text(head.institute.name))),
        E.generator("thinktank"),
    )
    if head.institute.tagline:
        feed.insert(2, E.subtitle(_text(head.institute.tagline)))
    feed.extend(
        _entry(editions[brief], moment) for brief, moment in changed.items() if brief in editions
    )
    return feed


def _last_changes(current: Any) -> dict[int, dt.datetime]:
    """The briefs that changed last, newest first, and when: by their first edition, a correction, an
    update or a retraction. A typo corrected moves nothing. `current` restricts them (None: all)."""
    told = Edition.objects.exclude(kind=EditionKind.TYPO)
    later = told.filter(
        brief_id=OuterRef("brief_id"), number__gt=OuterRef("number"), public_from__lte=Now()
    )
    last = told.public().filter(~Exists(later))
    if current is not None:
        last = last.filter(brief_id__in=current.values("brief_id"))
    rows = last.order_by("-public_from", "-id").values_list("brief_id", "public_from")
    return dict(rows[:NEWEST])


def _editions(briefs: Iterable[int]) -> Iterable[Any]:
    """Their current editions, with the moment at which each brief was first public."""
    first = Edition.objects.filter(brief_id=OuterRef("brief_id"), number=1)
    return (
        Edition.objects.current()
        .filter(brief_id__in=list(briefs))
        .addressed()
        .annotate(first_public=first.values("public_from")[:1])
        .defer("body", "notes")
        .prefetch_related("bylines", "topics__topic")
    )


def _entry(edition: Any, updated: dt.datetime) -> etree._Element:
    page = metadata.absolute("brief", edition.slug)
    entry = E.entry(
        E.id(_identifier(edition)),
        E.title(_text(_title(edition))),
        E.updated(_rfc3339(updated)),
        E.published(_rfc3339(edition.first_public)),
        E.link(rel="alternate", type="text/html", href=page, hreflang=edition.language),
        E.link(
            rel="enclosure",
            type="application/pdf",
            href=metadata.Links(edition.slug).pdf,
            length=str(edition.pdf_size),
        ),
        *(_author(line) for line in edition.bylines.all()),
        *(E.category(term=row.topic.slug, label=_text(row.name)) for row in edition.topics.all()),
        E.summary(_text(_summary(edition))),
        E.rights(_text(_rights(edition))),
    )
    entry.set(LANG, edition.language)
    return entry


def _identifier(edition: Any) -> str:
    """A tag URI (RFC 4151) that outlives every change of address, title and edition."""
    host = urlsplit(settings.SITE_URL).hostname
    day = edition.first_public.astimezone(dt.UTC).date()
    return f"tag:{host},{day}:brief/{edition.brief_id}"


def _title(edition: Any) -> str:
    whole = ": ".join(filter(None, [edition.title, edition.subtitle]))
    return metadata.RETRACTED + whole if edition.is_retracted else whole


def _summary(edition: Any) -> str:
    """The card and, where there is one to tell, the change."""
    text = edition.summary or edition.card
    if edition.kind in {EditionKind.ORIGINAL, EditionKind.TYPO}:
        return text
    return f"{edition.get_kind_display()}: {edition.change_note}\n\n{text}"


def _author(line: Any) -> etree._Element:
    author = E.author(E.name(_text(line.name)))
    if line.email:
        author.append(E.email(_text(line.email)))
    return author


def _rights(edition: Any) -> str:
    institute = edition.letterhead.get("name", "")
    return metadata.rights(institute, edition.dated.year, edition.licence)


def _rfc3339(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(value: str) -> str:
    """Without what XML 1.0 cannot hold (section 2.2)."""
    return "".join(
        character
        for character in value
        if character in "\t\n" or (character >= " " and not _is_forbidden(character))
    )


def _is_forbidden(character: str) -> bool:
    return "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff"
