"""The sources of a manuscript: found among those that are known, else made.

Must not import the package itself."""

import re
from collections.abc import Collection, Iterable
from uuid import UUID

from briefs import citations
from briefs.models import Source


class Sources:
    """What notes cite, as it is taken in."""

    def __init__(self, warnings: list[str]) -> None:
        self.warnings = warnings
        self.made: list[Source] = []
        self.known: list[Source] = []

    def take(self, source: Source) -> Source:
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

        The title counts too, because one page may hold several documents; so do the authors, where
        both name them."""
        if source.url:
            key = citations.canonical_url(source.url)
            alike: Iterable[Source] = Source.objects.filter(canonical_url=key)
        else:
            alike = Source.objects.filter(
                canonical_url="", title__iexact=source.title, issued=source.issued
            )
        for other in alike:
            if _letters(other.title) == _letters(source.title) and _same_people(other, source):
                return other
            if not source.url:
                continue
            self.warnings.append(
                f"“{source.title}” has the same address as a known source, “{other.title}”; "
                "it was kept as a source of its own."
            )
        return None

    def keep(self, cited: Collection[UUID]) -> None:
        """Forgets the others, which notes that stand as printed brought in."""
        for source in self.made:
            if source.pk not in cited:
                Source.objects.filter(pk=source.pk).delete()
        self.made = [source for source in self.made if source.pk in cited]
        self.known = [source for source in self.known if source.pk in cited]


def draft(reference: citations.Reference) -> Source:
    """The source that a reference names, not yet stored. Raises ValidationError."""
    source = Source.from_csl(reference.csl)
    source.clean_fields()
    return source


def _same_people(one: Source, other: Source) -> bool:
    """Not two sources of one title; a source that names nobody may be either."""
    return not (one.names and other.names) or _people(one) == _people(other)


def _people(source: Source) -> list[str]:
    return sorted(_letters("".join(sorted(name.values()))) for name in source.names)


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text.casefold()))
