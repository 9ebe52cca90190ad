"""A manuscript becomes a draft: file → `Manuscript` → brief with its byline, notes and sources.

Called alike by desk and command. Must not import the workflow, forms or views."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Max

from briefs import citations, manuscripts, prose, revisions
from briefs.intake.notes import Notes, Segments
from briefs.manuscripts import BylineEntry, Manuscript, ManuscriptError
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
from briefs.models.slugs import create_with_slug

SYSTEM_USER = "system"
MOST_NAMED = 3  # drafts of one title


class IntakeError(Exception):
    """The manuscript was refused; the message is a sentence for the person who sent it."""


@dataclass
class Intake:
    """What came of a manuscript, for the person who sent it."""

    brief: Brief
    manuscript: Manuscript
    parsed: dict[int, Segments]  # each note by its number; one that stands as printed is text
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
            _one_at_a_time()
            intake = _Import(manuscript, by, centre, series, filename).run(parsed)
            imported = f"Imported from {PurePath(filename).name}"
            revisions.record(brief=intake.brief, by=by, comment=imported)
            return intake
    except prose.ProseError as error:
        raise IntakeError(str(error)) from error
    except ValidationError as error:
        raise IntakeError(" ".join(error.messages)) from error
    except IntegrityError as error:
        sentence = "Somebody was changing the same authors or sources; import it once more."
        raise IntakeError(sentence) from error
    except DataError as error:
        raise IntakeError("The manuscript has what the database cannot store.") from error


def _one_at_a_time() -> None:
    """Imports at once would each make the same authors and sources (SQLite: one writer anyway)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('briefs.intake'))")


class _Authors:
    """The authors of a byline: by e-mail, else by exact name within the centre, else made.

    An e-mail address is taken for a person's own, unless the manuscript prints it with several
    names; no name of the byline is ever given up for another."""

    def __init__(
        self, byline: Iterable[BylineEntry], centre: Centre | None, warnings: list[str], by: User
    ) -> None:
        self.entries = [replace(entry, email=entry.email.strip()) for entry in byline]
        self.centre = centre
        self.warnings = warnings
        self.by = by
        self.names: dict[int, str] = {}  # in the byline already: the author's key, as printed

    def found(self) -> Iterator[tuple[BylineEntry, Author]]:
        for entry in self.entries:
            author = self._author(entry)
            if author.pk in self.names:
                if _same_name(entry.name, self.names[author.pk]):
                    self.warnings.append(
                        f"“{entry.name}” stands twice in the byline; it was taken once."
                    )
                    continue
                author = self._make(entry, email="")
            self.names[author.pk] = entry.name
            yield entry, author
        if not self.names:
            self.warnings.append("No author was found; add the byline yourself.")

    def _author(self, entry: BylineEntry) -> Author:
        email = self._usable(entry)
        if email and (known := Author.objects.filter(email__iexact=email).first()):
            if _same_name(known.name, entry.name):
                return known
            if not self._is_shared(email):
                self.warnings.append(
                    f"{email} belongs to {known.name} here: that name will be printed, not "
                    f"“{entry.name}” as in the manuscript."
                )
                return known
            self.warnings.append(
                f"{email} belongs to {known.name} here; {entry.name} was taken without it."
            )
            email = ""
        return self._namesake(entry.name, email) or self._make(entry, email=email)

    def _usable(self, entry: BylineEntry) -> str:
        email = entry.email
        try:
            Author._meta.get_field("email").run_validators(email)
        except ValidationError:
            self.warnings.append(
                f"“{email}” is no e-mail address; {entry.name} was taken without it."
            )
            return ""
        return email

    def _is_shared(self, email: str) -> bool:
        """Printed with several names, as an office's mailbox is."""
        names = [entry.name for entry in self.entries if entry.email.lower() == email.lower()]
        return any(not _same_name(name, names[0]) for name in names)

    def _namesake(self, name: str, email: str) -> Author | None:
        """Never one with another e-mail; one without any gets the manuscript's, from those who may
        change authors: they are shared, and each change shows in what others have approved."""
        same_name = Author.objects.filter(name=name, centre=self.centre).order_by("pk")
        if not email:
            return same_name.first()
        found = same_name.filter(email="").first()
        if found and _may_change_authors(self.by):
            found.email = email
            found.save(update_fields=["email"])
            self.warnings.append(f"{name} had no e-mail address here; {email} was filled in.")
        elif found:
            self.warnings.append(
                f"{name} has no e-mail address here; an editor should see whether {email} is theirs."
            )
        return found

    def _make(self, entry: BylineEntry, *, email: str) -> Author:
        return create_with_slug(
            Author,
            entry.name,
            fallback="author",
            name=_cut(entry.name, 200, "name of an author", self.warnings),
            role=_cut(entry.role, 200, "role", self.warnings),
            email=email,
            centre=self.centre,
        )


def _may_change_authors(user: User) -> bool:
    is_system = user.username == SYSTEM_USER and not user.is_active
    return is_system or user.has_perm("briefs.change_author")


def _same_name(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


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

    def run(self, parsed: dict[int, Segments]) -> Intake:
        notes = Notes(self.manuscript.notes, parsed, self._language(), self.warnings)
        brief = Brief(
            title=self._cut(self.title.strip(), 300, "title") or "Untitled",
            subtitle=self._cut(self.manuscript.subtitle, 300, "subtitle"),
            summary=self.manuscript.summary,
            language=self._language(),
            dated=self.manuscript.dated,
            series=self.series,
            centre=self.centre,
            body=prose.put_notes(self.manuscript.body, notes.html),
            disclaimer=self.manuscript.disclaimer or Institute.load().default_disclaimer,
            created_by=self.by,
        )
        brief.save()
        create_with_slug(Address, brief.title, fallback=f"brief-{brief.pk}", brief=brief)
        byline = _Authors(self.manuscript.byline, self.centre, self.warnings, by=self.by)
        self._byline(brief, byline)
        self._say_what_stands_here_already(brief)
        Contribution.note(brief=brief, by=self.by)
        warnings = list(dict.fromkeys(self.warnings))
        made, known = notes.sources.made, notes.sources.known
        return Intake(brief, self.manuscript, notes.parsed, made, known, warnings)

    def _cut(self, text: str, length: int, what: str) -> str:
        return _cut(text, length, what, self.warnings)

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

    def _byline(self, brief: Brief, authors: "_Authors") -> None:
        institute = Institute.load()
        newest = Author.objects.aggregate(newest=Max("pk"))["newest"] or 0
        strangers: list[str] = []
        for position, (entry, author) in enumerate(authors.found(), start=1):
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
            if author.pk > newest and not author.centre:
                strangers.append(author.name)
        if strangers:
            self.warnings.insert(0, _introduced(strangers))

    def _say_what_stands_here_already(self, brief: Brief) -> None:
        """To those who may see it: somebody else's draft is private."""
        seen = Brief.objects.editable_by(self.by)
        if self.by.username == SYSTEM_USER:  # a command: its user sees everything
            seen = Brief.objects.all()
        alike = seen.filter(title__iexact=brief.title).exclude(pk=brief.pk).order_by("-pk")
        for other in alike.prefetch_related("addresses")[:MOST_NAMED]:
            self.warnings.append(
                f"Another brief has this title: {other.slug} "
                f"({other.effective_stage.label.lower()})."
            )


def _introduced(names: list[str]) -> str:
    """Of an author without a centre nothing is printed but what the manuscript says."""
    are, their = ("is", "the author’s") if len(names) == 1 else ("are", "their")
    return f"{', '.join(names)} {are} new here, without a centre; look at {their} entry."


def _cut(text: str, length: int, what: str, warnings: list[str]) -> str:
    if len(text) > length:
        warnings.append(f"The {what} was longer than {length} characters: “{text}”.")
    return text[:length]
