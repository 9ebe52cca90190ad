"""Sources for a note: what was pasted becomes sources to confirm, each beside those that are known
and like it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from briefs import citations
from briefs.forms.sources import SourceForm
from briefs.intake.notes import Cited, places, printed_to_html
from briefs.models import Source

NEW = "new"
ADDRESS = re.compile(r"<?(https?://[^\s<>]+[^\s<>.,;)])>?")
MOST_CANDIDATES = 20


def _form(data: Mapping[str, str] | None = None, **options: Any) -> SourceForm:
    """With the words of somebody who writes a note."""
    form = SourceForm(data, **options)
    form.fields["container_title"].label, form.fields["issued"].label = "Published in", "Date"
    return form


@dataclass
class Candidate:
    """A reference as a new source, and the known ones that it may be. `use` says which of them
    stands in the note."""

    prefix: str
    form: SourceForm
    locator: str = ""
    like: list[tuple[Source, str]] = field(default_factory=list)
    use: str = NEW
    refusal: str = ""

    @property
    def fields_in_sight(self) -> list[Any]:
        return [self.form[name] for name in IN_SIGHT]

    @property
    def further_fields(self) -> list[Any]:
        return [self.form[name] for name in self.form.fields if name not in IN_SIGHT]

    @property
    def has_errors_out_of_sight(self) -> bool:
        return any(field.errors for field in self.further_fields)


IN_SIGHT = ("type", "title", "authors", "container_title", "publisher", "issued", "url")


class CitingForm:
    """The references of a text in their order, with the words around them: `parts` are words, or the
    numbers of candidates."""

    def __init__(self, parts: Sequence[str | int], candidates: list[Candidate]) -> None:
        self.parts = list(parts)
        self.candidates = candidates

    @classmethod
    def of(cls, segments: Sequence[citations.Segment]) -> "CitingForm":
        """From what was read. Text in which nothing was understood is offered as a title."""
        parts: list[str | int] = []
        candidates: list[Candidate] = []
        for segment in segments or ("",):
            if isinstance(segment, str) and len(segments) > 1:
                parts.append(segment)
                continue
            reference = _untitled(segment) if isinstance(segment, str) else segment
            parts.append(len(candidates))
            candidates.append(_candidate(len(candidates), reference))
        return cls(parts, candidates)

    @classmethod
    def posted(cls, data: Mapping[str, str]) -> "CitingForm":
        """From what was confirmed. Raises ValueError where it is not what was shown."""
        given = json.loads(data.get("parts", ""))
        listed = given if isinstance(given, list) else []
        parts = [part if isinstance(part, int) else str(part) for part in listed]
        numbers = [part for part in parts if isinstance(part, int)]
        if not numbers or numbers != list(range(len(numbers))) or len(numbers) > MOST_CANDIDATES:
            raise ValueError("The references are not those that were shown.")
        candidates = [
            Candidate(
                prefix=f"c{number}",
                form=_form(data, prefix=f"c{number}"),
                locator=data.get(f"c{number}-locator", "").strip(),
                use=data.get(f"c{number}-use", NEW),
            )
            for number in numbers
        ]
        return cls(parts, candidates)

    @property
    def written_parts(self) -> str:
        return json.dumps(self.parts, ensure_ascii=False)

    def is_valid(self) -> bool:
        """Whether each candidate is a known source or a complete new one; else the forms say why,
        and each is shown beside those like it once more."""
        incomplete = [candidate for candidate in self.candidates if not _is_complete(candidate)]
        for candidate in self.candidates if incomplete else ():
            candidate.like = Source.objects.like(candidate.form.instance)
        return not incomplete

    @transaction.atomic
    def process(self) -> tuple[str, list[Source]]:
        """Stores the new sources; the note's text in the stored form, and what it cites."""
        sources = [_source(candidate) for candidate in self.candidates]
        html = "".join(
            printed_to_html(part)
            if isinstance(part, str)
            else Cited(sources[part], *places(self.candidates[part].locator)).html
            for part in self.parts
        )
        return html, sources


def _candidate(number: int, reference: citations.Reference) -> Candidate:
    source = Source.from_csl(reference.csl)
    like = Source.objects.like(source)
    prefix = f"c{number}"
    same = next((str(other.pk) for other, _ in like if _says_the_same(other, source)), NEW)
    form = _form(instance=source, prefix=prefix)
    return Candidate(prefix, form, reference.locator, like, same)


def _says_the_same(known: Source, source: Source) -> bool:
    if not source.title:
        return bool(source.url or source.doi)
    return known.title.casefold() == source.title.casefold()


def _untitled(text: str) -> citations.Reference:
    """A reference of which nothing was understood: its words are the title, to be put in order."""
    title, address = text.strip(), ADDRESS.search(text)
    csl = {"type": "webpage" if address else "document"}
    if address:
        csl["URL"] = address[1]
        title = ADDRESS.sub("", text).strip(" ,.;")
    return citations.Reference(csl | {"title": title})


def _is_complete(candidate: Candidate) -> bool:
    if candidate.use == NEW:
        return candidate.form.is_valid()
    if _known(candidate.use) is None:
        candidate.use, candidate.refusal = NEW, "That source does not exist any more."
        return False
    return True


def _source(candidate: Candidate) -> Source:
    if candidate.use == NEW:
        made: Source = candidate.form.save()
        return made
    return Source.objects.get(pk=candidate.use)


def _known(key: str) -> Source | None:
    try:
        return Source.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None
