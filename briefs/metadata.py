"""Facts about an edition for machines: citation item, schema.org, Highwire and Open Graph tags,
and the whole edition as a document. From a composition and its addresses alone, without a query.

Must not import Brief, views or the workflow."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from briefs import prose
from briefs.composition import BylineLine, ComposedSource, Composition, canonical
from briefs.licences import DEEDS
from briefs.stages import EditionKind

type Csl = dict[str, Any]
type Tags = list[tuple[str, str]]

RETRACTED = "RETRACTED: "  # before the title, as NISO RP-45-2024 asks of every surface
PARTICLES = frozenset("al bin da de del della der di dos du el ibn la le ten ter van von".split())
LATIN_NAME = re.compile(r"[^\W\d_][A-Za-zÀ-ɏḀ-ỿ'’.\- ]*")
OPEN_GRAPH_LOCALES = {"en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "zh": "zh_CN", "ar": "ar_AR"}
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Links:
    """The absolute addresses of a brief by its current slug; with `number`, of that edition."""

    slug: str
    number: int | None = None

    @property
    def page(self) -> str:
        if self.number is None:
            return absolute("brief", self.slug)
        return absolute("edition", self.slug, self.number)

    @property
    def pdf(self) -> str:
        if self.number is None:
            return absolute("brief-pdf", self.slug, self.slug)
        return absolute("edition-pdf", self.slug, self.number, self.slug)


def absolute(name: str, *args: Any) -> str:
    """The address of a named page under SITE_URL, whatever host was asked."""
    return str(settings.SITE_URL) + reverse(name, args=args)


def image_link(stored: str) -> str:
    """The absolute address of a picture by its name in storage, "" for none."""
    return absolute("image", stored.rpartition("/")[2]) if stored else ""


def title(composition: Composition) -> str:
    """Title and subtitle, marked where the edition is retracted."""
    if is_retracted(composition):
        return retracted_title(composition)
    return ": ".join(filter(None, [composition.title, composition.subtitle]))


def retracted_title(composition: Composition) -> str:
    """Of any edition of a brief whose current one is a retraction."""
    return RETRACTED + ": ".join(filter(None, [composition.title, composition.subtitle]))


def is_retracted(composition: Composition) -> bool:
    return composition.kind == EditionKind.RETRACTION


def description(composition: Composition) -> str:
    """The summary or, without one, the beginning of the text."""
    return composition.summary or prose.excerpt(composition.body)


def rights(institute: str, year: int, licence: str) -> str:
    """© 2026 Institute. CC BY 4.0"""
    deed = DEEDS.get(licence)
    return f"© {year} {institute}. " + (
        f"{deed.name} ({deed.url})" if deed else "All rights reserved."
    )


def citation_item(composition: Composition, links: Links) -> Csl:
    """The brief itself as a CSL-JSON item (CSL 1.0.2, type `report`)."""
    day = composition.dated
    item: Csl = {
        "id": links.slug,
        "type": "report",
        "title": title(composition),
        "author": [csl_name(line.name) for line in composition.byline],
        "publisher": composition.letterhead.name,
        "collection-title": composition.series,
        "number": str(composition.series_number or ""),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": links.page,
        "language": composition.language,
        "abstract": composition.summary,
    }
    if composition.number > 1:
        kind = EditionKind(composition.kind).label
        item["version"] = str(composition.number)
        item["note"] = f"Edition {composition.number}. {kind}: {composition.change_note}"
    if is_retracted(composition):
        item["status"] = "retracted"
    return {name: value for name, value in item.items() if value}


def csl_name(name: str) -> dict[str, str]:
    """A printed name for reference managers: in Latin letters the last word is the family's, as
    BibTeX would read it, with the particles before it; other scripts are kept whole."""
    words = name.split()
    if len(words) < 2 or not LATIN_NAME.fullmatch(name):
        return {"literal": name}
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return {"family": " ".join(words[start:]), "given": " ".join(words[:start])}


def json_ld(composition: Composition, links: Links) -> dict[str, Any]:
    """The brief as a schema.org Report; print it with the tag `linked_data`."""
    publisher = _organisation(composition)
    item = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": links.page,
        "url": links.page,
        "name": title(composition),
        "headline": title(composition),
        "abstract": composition.summary,
        "description": description(composition),
        "inLanguage": composition.language,
        "datePublished": composition.dated.isoformat(),
        "dateModified": _moment(composition),
        "version": str(composition.number),
        "author": [_person(line) for line in composition.byline],
        "publisher": publisher,
        "copyrightHolder": {"@type": "Organization", "name": publisher["name"]},
        "sourceOrganization": _centre(composition),
        "isPartOf": _series(composition),
        "reportNumber": str(composition.series_number or ""),
        "keywords": [topic.name for topic in composition.topics],
        "license": deed.url if (deed := DEEDS.get(composition.licence)) else "",
        "isAccessibleForFree": True,
        "image": image_link(composition.cover),
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "application/pdf",
            "contentUrl": links.pdf,
        },
        "citation": [_cited(source) for source in composition.references],
        "correction": _correction(composition),
        "creativeWorkStatus": "Retracted" if is_retracted(composition) else "Published",
    }
    return _without_empty(item)


def script_json(data: dict[str, Any]) -> str:
    """JSON that may stand in `<script type="application/ld+json">`: no `<`, `>` or `&` is left, so
    that no title can close the element. Such a script is data: the CSP asks no nonce of it."""
    return json.dumps(data, ensure_ascii=False).translate(ESCAPES)


def highwire(composition: Composition, links: Links) -> Tags:
    """`<meta name content>` pairs as Google Scholar and reference managers read them."""
    tags: list[tuple[str, str]] = [("citation_title", title(composition))]
    for line in composition.byline:
        tags.append(("citation_author", line.name))
        tags.append(("citation_author_institution", line.affiliation))
    institute = composition.letterhead.name
    tags += [
        ("citation_publication_date", composition.dated.strftime("%Y/%m/%d")),
        ("citation_technical_report_institution", institute),
        ("citation_technical_report_number", str(composition.series_number or "")),
        ("citation_series_title", composition.series),
        ("citation_publisher", institute),
        ("citation_language", composition.language),
        ("citation_keywords", "; ".join(topic.name for topic in composition.topics)),
        ("citation_public_url", links.page),
        ("citation_pdf_url", links.pdf),
    ]
    return [(name, content) for name, content in tags if content]


def open_graph(composition: Composition, links: Links) -> Tags:
    """`<meta property content>` pairs (ogp.me) for previews of a shared link."""
    tags = [
        ("og:type", "article"),
        ("og:title", title(composition)),
        ("og:description", description(composition)),
        ("og:url", links.page),
        ("og:site_name", composition.letterhead.name),
        ("og:locale", OPEN_GRAPH_LOCALES.get(composition.language, "")),
        ("og:image", image_link(composition.cover)),
        ("og:image:alt", composition.cover_alt if composition.cover else ""),
        ("article:published_time", composition.dated.isoformat()),
        ("article:modified_time", _moment(composition)),
        ("article:section", composition.centre),
        *(("article:tag", topic.name) for topic in composition.topics),
    ]
    return [(name, content) for name, content in tags if content]


def edition_document(
    composition: Composition,
    links: Links,
    *,
    sha256: str,
    pdf_sha256: str,
    pdf_size: int,
    pdf_pages: int,
) -> dict[str, Any]:
    """The whole edition for `edition.json`: its canonical JSON, to which addresses, the hash of
    the edition and the PDF (`bytes`) are added. Without `address`, `sha256` and `pdf`, with sorted
    keys, in UTF-8 and without white space between, its SHA-256 is `sha256`."""
    permanent = Links(links.slug, composition.number)
    pdf = {"address": permanent.pdf, "sha256": pdf_sha256, "bytes": pdf_size, "pages": pdf_pages}
    frozen: dict[str, Any] = json.loads(canonical(composition))
    return frozen | {"address": permanent.page, "sha256": sha256, "pdf": pdf}


def _organisation(composition: Composition) -> dict[str, Any]:
    letterhead = composition.letterhead
    return _without_empty(
        {
            "@type": "Organization",
            "name": letterhead.name,
            "alternateName": letterhead.short_name,
            "url": letterhead.url or settings.SITE_URL,
            "logo": image_link(letterhead.logo),
        }
    )


def _person(line: BylineLine) -> dict[str, Any]:
    affiliation = {"@type": "Organization", "name": line.affiliation}
    return _without_empty(
        {
            "@type": "Person",
            "name": line.name,
            "jobTitle": line.role,
            "affiliation": affiliation if line.affiliation else None,
            "url": absolute("author", line.slug) if line.slug else "",
        }
    )


def _centre(composition: Composition) -> dict[str, Any] | None:
    if not composition.centre:
        return None
    return _without_empty(
        {
            "@type": "Organization",
            "name": composition.centre,
            "alternateName": composition.centre_acronym,
            "url": absolute("centre", composition.centre_slug) if composition.centre_slug else "",
        }
    )


def _series(composition: Composition) -> dict[str, Any] | None:
    if not composition.series:
        return None
    return _without_empty(
        {
            "@type": "CreativeWorkSeries",
            "name": composition.series,
            "url": absolute("series", composition.series_slug) if composition.series_slug else "",
        }
    )


def _cited(source: ComposedSource) -> dict[str, Any]:
    csl = source.csl
    return _without_empty(
        {
            "@type": "CreativeWork",
            "name": csl.get("title") or source.text,
            "author": [{"@type": "Person", "name": name} for name in _names(csl.get("author"))],
            "datePublished": _csl_date(csl.get("issued")),
            "isPartOf": csl.get("container-title"),
            "url": quote(csl.get("URL", ""), safe=":/?#[]@!$&'()*+,;=%~"),
        }
    )


def _names(names: Iterable[dict[str, str]] | None) -> list[str]:
    whole = (
        name.get("literal") or " ".join(filter(None, [name.get("given"), name.get("family")]))
        for name in names or ()
    )
    return [name for name in whole if name]


def _csl_date(date: dict[str, Any] | None) -> str:
    """ISO 8601, as exact as the source is."""
    parts = (date or {}).get("date-parts") or [[]]
    return "-".join(
        f"{int(part):0{width}d}" for part, width in zip(parts[0], (4, 2, 2), strict=False)
    )


def _correction(composition: Composition) -> dict[str, Any] | None:
    if composition.number == 1:
        return None
    kind = EditionKind(composition.kind).label
    return {
        "@type": "CorrectionComment",
        "name": kind,
        "text": composition.change_note,
        "datePublished": _moment(composition),
    }


def _moment(composition: Composition) -> str:
    moment = composition.public_from
    return moment.isoformat(timespec="seconds") if moment else ""


def _without_empty(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value not in ("", None, [])}
