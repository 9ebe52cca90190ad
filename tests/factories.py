"""Plain functions that make what a test needs, and nothing more."""

import datetime as dt
from html import escape
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from briefs.composition import compose, text_digest
from briefs.forms import PictureForm
from briefs.freezing import freeze
from briefs.models import (
    Address,
    Author,
    Brief,
    Byline,
    Centre,
    Edition,
    Picture,
    Series,
    Source,
    StageChange,
    Topic,
    User,
)
from briefs.models.clock import database_now
from briefs.models.files import store
from briefs.models.slugs import free_slug
from briefs.stages import EditionKind, Stage

STUB_PDF = b"%PDF-1.7\n% a stand-in for tests that never open it\n%%EOF\n"
PASSWORD = "correct horse battery staple"
_numbers = count(1)


def make_user(name: str = "", group: str | None = None, **fields: Any) -> User:
    """`group` is one of Contributors, Editors, Publishers, Administrators."""
    user = User(username=name or f"user{next(_numbers)}", is_staff=True, **fields)
    user.set_unusable_password()
    user.save()
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_centre(name: str = "Centre for Tests", acronym: str = "", **fields: Any) -> Centre:
    fields.setdefault("slug", free_slug(Centre, acronym or name, fallback="centre"))
    return Centre.objects.create(name=name, acronym=acronym, **fields)


def make_series(name: str = "Issue Brief", **fields: Any) -> Series:
    fields.setdefault("slug", free_slug(Series, name, fallback="series"))
    return Series.objects.create(name=name, **fields)


def make_author(name: str = "Ada Author", **fields: Any) -> Author:
    fields.setdefault("slug", free_slug(Author, name, fallback="author"))
    return Author.objects.create(name=name, **fields)


def make_topic(name: str) -> Topic:
    return Topic.objects.create(name=name)


def make_source(title: str = "A Report", **fields: Any) -> Source:
    fields.setdefault("url", f"https://example.org/{next(_numbers)}")
    return Source.objects.create(title=title, **fields)


def cite(source: Source, locator: str = "") -> str:
    """A citation in the stored form."""
    place = f' data-locator="{locator}"' if locator else ""
    return f'<cite data-source="{source.pk}"{place}></cite>'


def note(inner: str) -> str:
    """A note in the stored form."""
    return f'<span data-note="">{inner}</span>'


def picture_file(
    shade: int = 0, size: tuple[int, int] = (1600, 900), *, kind: str = "JPEG", name: str = ""
) -> SimpleUploadedFile:
    """A picture as a browser sends it; another for each of 16 shades."""
    buffer = BytesIO()
    Image.new("RGB", size, (shade * 16, 90, 120)).save(buffer, kind)
    return SimpleUploadedFile(name or f"picture.{kind.lower()}", buffer.getvalue())


def make_picture(shade: int = 0, *, by: User | None = None, **options: Any) -> Picture:
    form = PictureForm({}, {"picture": picture_file(shade, **options)})
    assert form.is_valid(), form.errors
    return form.process(by=by or make_user())


def figure(picture: Picture, caption: str = "", *, alt: str = "A map", credit: str = "") -> str:
    """A picture in the stored form."""
    said = f'<span data-credit="">{credit}</span>' if credit else ""
    words = " ".join(filter(None, [caption, said]))
    below = f"<figcaption>{words}</figcaption>" if words else ""
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<figure><img src="{picture.address}" alt="{escape(alt)}" {size}>{below}</figure>'


def make_brief(
    title: str = "A Brief",
    *,
    authors: list[Author] | None = None,
    topics: tuple[str, ...] = (),
    slug: str | None = None,
    by: User | None = None,
    **fields: Any,
) -> Brief:
    fields.setdefault("body", "<p>Some words.</p>")
    approved = fields.get("stage") == Stage.APPROVED
    fields.setdefault("created_by", by or make_user())
    brief = Brief.objects.create(title=title, **fields)
    Address.objects.create(
        brief=brief, slug=slug or free_slug(Address, title, fallback=f"brief-{brief.pk}")
    )
    for position, author in enumerate([make_author()] if authors is None else authors):
        Byline.objects.create(brief=brief, author=author, position=position)
    brief.topics.add(*topics)
    return approve(brief) if approved else brief


def approve(brief: Brief) -> Brief:
    """As a reviewer's approval leaves it, from whatever stage; read anew."""
    StageChange.record(
        brief=brief,
        verb="approve",
        from_stage=Stage.IN_REVIEW,
        to_stage=Stage.APPROVED,
        by=make_user(),
        text_sha256=text_digest(compose(brief)),
    )
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.APPROVED)
    brief.refresh_from_db()
    return brief


def make_edition(
    brief: Brief | None = None,
    *,
    public_from: dt.datetime | None = None,
    kind: str | None = None,
    change_note: str = "",
    **brief_fields: Any,
) -> Edition:
    """The next edition of `brief` (or of a new one), frozen as the verbs do, with a stub PDF;
    public since a second ago if no time is given. Leaves the brief's stage as the verb would."""
    brief = brief or make_brief(**brief_fields)
    first = not brief.editions.exists()
    public_from = public_from or database_now() - dt.timedelta(seconds=1)
    composition = compose(
        brief,
        kind=kind or (EditionKind.ORIGINAL if first else EditionKind.UPDATE),
        change_note=change_note or ("" if first else "Something changed."),
        public_from=public_from,
    )
    edition = freeze(brief=brief, composition=composition, pdf=STUB_PDF, pages=1, engine={})
    store(edition.pdf_name, STUB_PDF)
    brief.stage = Stage.SCHEDULED if public_from > database_now() else Stage.PUBLISHED
    brief.save(update_fields=["stage"])
    return edition
