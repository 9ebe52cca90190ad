"""A manuscript becomes a draft: file → `Manuscript` → brief with its byline, notes and sources.

Called alike by desk and command. Must not import the workflow, forms or views."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction

from briefs import citations, manuscripts, prose
from briefs.manuscripts import BylineEntry, Manuscript, ManuscriptError, ManuscriptNote
from briefs.models import (
    Address,
    Author,
    Brief,
    Byline,
    Centre,
    Contribution,
    Institute,
    Series,
    Source,
    User,
)
from briefs.models.brief import LANGUAGES
from briefs.models.slugs import free_slug

SYSTEM_USER = "system"
type Segments = tuple[citations.Segment, ...]


class IntakeError(Exception):
    """The manuscript was refused; the message is a sentence for the person who sent it."""


@dataclass
class Intake:
    """What came of a manuscript, for the person who sent it."""

    brief: Brief
    manuscript: Manuscript
    made: list[Source] = field(default_factory=list)
    known: list[Source] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def lost(self) -> tuple[str, ...]:
        """Words of the file that stand nowhere in the draft, as excerpts."""
        return self.manuscript.lost


def system_user() -> User:
    """By whom commands import when nobody is named: inactive, without a password."""
    user, made = User.objects.get_or_create(
        username=SYSTEM_USER, defaults={"is_active": False, "first_name": "The system"}
    )
    if made:
        user.set_unusable_password()
        user.save()
    return user


def read(*, data: bytes, filename: str) -> Manuscript:
    """The manuscript in the file, with nothing stored. Raises IntakeError."""
    if len(data) > settings.MANUSCRIPT_MAX_BYTES:
        limit = settings.MANUSCRIPT_MAX_BYTES // 1024**2
        raise IntakeError(f"The file is larger than {limit} MB.")
    try:
        return manuscripts.read(data, filename)
    except ManuscriptError as error:
        raise IntakeError(str(error)) from error


def import_manuscript(
    *,
    data: bytes,
    filename: str,
    by: User,
    centre: Centre | None = None,
    series: Series | None = None,
) -> Intake:
    """Make a draft from a file. Raises IntakeError, and then nothing is left behind."""
    manuscript = read(data=data, filename=filename)
    parsed = {note.number: citations.parse(note.text_as_printed) for note in manuscript.notes}
    try:
        with transaction.atomic():
            return _Import(manuscript, by, centre, series, filename).run(parsed)
    except prose.ProseError as error:
        raise IntakeError(str(error)) from error


class _Import:
    """One manuscript on its way into the database."""

    def __init__(
        self,
        manuscript: Manuscript,
        by: User,
        centre: Centre | None,
        series: Series | None,
        filename: str,
    ) -> None:
        self.manuscript = manuscript
        self.by = by
        self.series = series
        self.warnings = list(manuscript.warnings)
        self.centre = centre or self._named_centre()
        self.title = manuscript.title or PurePath(filename).stem.replace("-", " ").strip()
        self.made: list[Source] = []
        self.known: list[Source] = []

    def run(self, parsed: dict[int, Segments]) -> Intake:
        notes = {
            note.number: self._note(note, parsed[note.number]) for note in self.manuscript.notes
        }
        brief = Brief(
            title=self._cut(self.title, 300, "title") or "Untitled",
            subtitle=self._cut(self.manuscript.subtitle, 300, "subtitle"),
            summary=self.manuscript.summary,
            language=self._language(),
            dated=self.manuscript.dated,
            series=self.series,
            centre=self.centre,
            body=prose.put_notes(self.manuscript.body, notes),
            disclaimer=self.manuscript.disclaimer or Institute.load().default_disclaimer,
            created_by=self.by,
        )
        brief.save()
        Address.objects.create(
            brief=brief, slug=free_slug(Address, brief.title, fallback=f"brief-{brief.pk}")
        )
        self._byline(brief)
        Contribution.note(brief=brief, by=self.by)
        return Intake(brief, self.manuscript, self.made, self.known, self.warnings)

    def _cut(self, text: str, length: int, what: str) -> str:
        if len(text) > length:
            self.warnings.append(f"The {what} was longer than {length} characters: “{text}”.")
        return text[:length]

    def _language(self) -> str:
        language = self.manuscript.language.split("-")[0]
        return language if language in dict(LANGUAGES) else "en"

    def _named_centre(self) -> Centre | None:
        """By acronym, else by name; never made silently."""
        acronym, name = self.manuscript.centre_acronym, self.manuscript.centre_name
        found = None
        if acronym:
            found = Centre.objects.filter(acronym__iexact=acronym).first()
        if not found and name:
            found = Centre.objects.filter(name__iexact=name).first()
        if not found and (acronym or name):
            named = f"{name} ({acronym})" if name and acronym else name or acronym
            self.warnings.append(f"There is no centre “{named}” here; choose the centre yourself.")
        return found

    def _byline(self, brief: Brief) -> None:
        institute = Institute.load()
        authors: set[int] = set()
        for position, entry in enumerate(self.manuscript.byline):
            author = self._author(entry)
            if author.pk in authors:
                continue
            authors.add(author.pk)
            usual = institute.affiliation(author.centre)
            Byline.objects.create(
                brief=brief,
                author=author,
                position=position,
                role=self._cut(entry.role, 200, "role") if entry.role != author.role else "",
                affiliation=(
                    self._cut(entry.affiliation, 300, "affiliation")
                    if entry.affiliation != usual
                    else ""
                ),
            )
        if not authors:
            self.warnings.append("No author was found; add the byline yourself.")

    def _author(self, entry: BylineEntry) -> Author:
        """By e-mail, else by exact name within the centre, else made."""
        email = entry.email.strip()
        if email and (found := Author.objects.filter(email__iexact=email).first()):
            return found
        same_name = Author.objects.filter(name=entry.name, centre=self.centre)
        if found := same_name.filter(email="").first() if email else same_name.first():
            return found
        return Author.objects.create(
            name=entry.name[:200],
            slug=free_slug(Author, entry.name, fallback="author"),
            role=entry.role[:200],
            email=email[:254],
            centre=self.centre,
        )

    def _note(self, note: ManuscriptNote, segments: Segments) -> str:
        """The note in the stored form. A note that is all prose keeps its own HTML."""
        if all(isinstance(segment, str) for segment in segments):
            return note.html
        return "".join(
            printed_to_html(segment) if isinstance(segment, str) else self._cite(segment)
            for segment in segments
        )

    def _cite(self, reference: citations.Reference) -> str:
        source = self._source(reference.csl)
        locator = f' data-locator="{escape(reference.locator[:200])}"' if reference.locator else ""
        return f'<cite data-source="{source.pk}"{locator}></cite>'

    def _source(self, csl: dict[str, Any]) -> Source:
        source = Source.from_csl(csl)
        found = self._known_source(source)
        if found is None:
            source.save()
            self.made.append(source)
            return source
        if found not in self.made and found not in self.known:
            self.known.append(found)
        return found

    def _known_source(self, source: Source) -> Source | None:
        """The one with the same canonical URL and title, or, without a URL, the same reference.

        The title counts too, because one page may hold several documents."""
        if source.url:
            key = citations.canonical_url(source.url)
            alike: Iterable[Source] = Source.objects.filter(canonical_url=key)
        else:
            alike = Source.objects.filter(
                canonical_url="", title__iexact=source.title, issued=source.issued
            )
        for other in alike:
            if _letters(other.title) == _letters(source.title):
                return other
            self.warnings.append(
                f"“{source.title}” has the same address as a known source, “{other.title}”; "
                "it was kept as a source of its own."
            )
        return None


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text.casefold()))


PRINTED = re.compile(r"\*(?P<italic>[^*]+)\*|<(?P<url>https?://[^<>\s]+)>")


def printed_to_html(text: str) -> str:
    """Text in the printed form (`*italics*`, `<URL>`) as inline HTML."""

    def piece(match: re.Match[str]) -> str:
        if match["italic"]:
            return f"<em>{escape(match['italic'], quote=False)}</em>"
        url = match["url"]
        return f'<a href="{escape(url)}">{escape(url, quote=False)}</a>'

    parts: list[str] = []
    end = 0
    for match in PRINTED.finditer(text):
        parts += [escape(text[end : match.start()], quote=False), piece(match)]
        end = match.end()
    html = "".join([*parts, escape(text[end:], quote=False)])
    return html.replace("\n", "<br>")
