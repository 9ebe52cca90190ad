"""A composition becomes the rows of an edition: the inverse of `composition.read`.

Called inside the transaction of a publishing verb. Must not import other outputs or the workflow."""

import hashlib
from dataclasses import asdict

from briefs import prose
from briefs.composition import Composition, digest
from briefs.models import (
    Brief,
    Edition,
    EditionByline,
    EditionPicture,
    EditionSource,
    EditionTopic,
    Picture,
)

SAME_NAME = (
    "number",
    "kind",
    "change_note",
    "public_from",
    "title",
    "subtitle",
    "summary",
    "language",
    "dated",
    "series_number",
    "centre_acronym",
    "disclaimer",
    "licence",
    "lists_references",
    "cover",
    "cover_alt",
    "body",
)


def freeze(
    *, brief: Brief, composition: Composition, pdf: bytes, pages: int, engine: dict[str, str]
) -> Edition:
    """Insert the edition with its byline, topics, sources and pictures. `engine` is the fingerprint of what
    typeset the PDF."""
    pictures = _pictures(composition)
    edition = Edition.record(
        brief=brief,
        series_id=composition.series_key,
        centre_id=composition.centre_key,
        series_name=composition.series,
        centre_name=composition.centre,
        notes=[asdict(note) for note in composition.notes],
        card=prose.excerpt(composition.body),
        letterhead=asdict(composition.letterhead),
        sha256=digest(composition),
        printed_address=composition.address,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        pdf_size=len(pdf),
        pdf_pages=pages,
        byline_count=len(composition.byline),
        topic_count=len(composition.topics),
        source_count=len(composition.references),
        picture_count=len(pictures),
        engine=engine,
        **{name: getattr(composition, name) for name in SAME_NAME},
    )
    _freeze_byline(edition, composition)
    _freeze_topics(edition, composition)
    _freeze_sources(edition, composition)
    EditionPicture.objects.bulk_create(
        EditionPicture(edition=edition, picture=picture, address=picture.address)
        for picture in pictures
    )
    return edition


def _pictures(composition: Composition) -> list[Picture]:
    addresses = {shown.address for shown in prose.pictures(composition.body)}
    return list(Picture.objects.filter(address__in=addresses).order_by("pk"))


def _freeze_byline(edition: Edition, composition: Composition) -> None:
    EditionByline.objects.bulk_create(
        EditionByline(
            edition=edition,
            author_id=line.author,
            position=position,
            name=line.name,
            role=line.role,
            affiliation=line.affiliation,
            email=line.email,
        )
        for position, line in enumerate(composition.byline, start=1)
    )


def _freeze_topics(edition: Edition, composition: Composition) -> None:
    EditionTopic.objects.bulk_create(
        EditionTopic(edition=edition, topic_id=topic.topic, name=topic.name)
        for topic in composition.topics
    )


def _freeze_sources(edition: Edition, composition: Composition) -> None:
    EditionSource.objects.bulk_create(
        EditionSource(
            edition=edition,
            source_id=line.key,
            position=position,
            csl=line.csl,
            html=line.html,
            text=line.text,
            notes=list(line.notes),
        )
        for position, line in enumerate(composition.references, start=1)
    )
