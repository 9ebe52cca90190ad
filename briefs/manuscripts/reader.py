"""`read`: from the bytes of a file to a `Manuscript`, by way of one tree for all kinds."""

import copy
from collections.abc import Callable, Iterator

from briefs.manuscripts import (
    docx,
    front_matter,
    hand_notes,
    limits,
    markdown,
    odt,
    plain_text,
    tree,
    web,
)
from briefs.manuscripts.archive import Archive
from briefs.manuscripts.byline import units
from briefs.manuscripts.front_matter import FrontMatter
from briefs.manuscripts.kinds import recognise
from briefs.manuscripts.languages import direction, drop_usual_direction, language
from briefs.manuscripts.manuscript import Manuscript, ManuscriptError, ManuscriptNote
from briefs.manuscripts.titles import is_capitals, title_case
from briefs.manuscripts.tree import HEADINGS, Element, Node, Reading
from briefs.manuscripts.words import absent, missing

ARCHIVES: dict[str, Callable[[Archive], Reading]] = {"docx": docx.read, "odt": odt.read}
TEXTS: dict[str, Callable[[bytes], Reading]] = {
    "markdown": markdown.read,
    "html": web.read,
    "text": plain_text.read,
}
DEEPEST_HEADING = 4


def read(data: bytes, filename: str) -> Manuscript:
    """The manuscript in `data`; `filename` says which kind of file it claims to be.

    Raises ManuscriptError, with one sentence, for whatever cannot be read."""
    kind, archive = recognise(data, filename)
    try:
        reading = ARCHIVES[kind](archive) if archive else TEXTS[kind](data)
        return _manuscript(reading)
    except RecursionError:
        raise ManuscriptError("The parts of the file are nested too deeply.") from None


def _manuscript(reading: Reading) -> Manuscript:
    hand_notes.bind(reading)
    limits.check(notes=len(reading.notes))
    matter = front_matter.take(reading)
    _settle(reading, named=bool(matter.title))
    notes = _number(reading)
    spoken = language(reading.language, tree.text(list(reading.blocks)) + matter.title)
    drop_usual_direction(reading.blocks, direction(spoken))
    body_text = tree.words(reading.blocks)
    if not body_text.strip() and not matter.title:
        raise ManuscriptError("The file holds no text.")
    fields = list(_fields(reading, matter))
    _say_which_pictures_are_missing(reading)
    result = [body_text, *(tree.words(nodes) for nodes in notes), *fields, *reading.accounted]
    centre, centre_acronym, institute = _units(matter)
    return Manuscript(
        title=title_case(matter.title, _written_normally(reading.blocks)),
        title_as_printed=matter.title,
        subtitle=matter.subtitle,
        summary=reading.summary,
        byline=tuple(person.entry() for person in matter.authors),
        centre_name=centre,
        centre_acronym=centre_acronym,
        institute_acronym=institute,
        dated=matter.dated,
        disclaimer=matter.disclaimer,
        language=spoken,
        body=tree.html(reading.blocks),
        notes=tuple(
            ManuscriptNote(number, tree.html(nodes), tree.printed(nodes))
            for number, nodes in enumerate(notes, 1)
        ),
        lost=(*missing(reading.words, result), *_margins(reading, result)),
        warnings=tuple(reading.warnings),
    )


def _written_normally(blocks: list[Element]) -> str:
    """The text but for headings in capitals, which do not show how a word is written."""
    return "\n".join(shown for block in blocks if not is_capitals(shown := tree.text(block)))


def _fields(reading: Reading, matter: FrontMatter) -> Iterator[str]:
    yield from (matter.title, matter.subtitle, reading.summary, matter.disclaimer)
    for person in matter.authors:
        yield from (person.name, person.role, person.affiliation, person.email)


def _units(matter: FrontMatter) -> tuple[str, str, str]:
    found = (units(person.affiliation) for person in matter.authors)
    return next((unit for unit in found if any(unit)), ("", "", ""))


def _margins(reading: Reading, result: list[str]) -> Iterator[str]:
    """Running heads and feet are not text, but what only they say is said to be gone."""
    for margin in dict.fromkeys(reading.margins):
        if absent(margin, result):
            reading.warn("Page headers and footers were left out.")
            yield margin.strip()


def _say_which_pictures_are_missing(reading: Reading) -> None:
    if not reading.pictures:
        return
    for described in dict.fromkeys(reading.pictures):
        reading.warn(f"An image was left out{f' (“{described}”)' if described else ''}.")
    captions = ", ".join(f"“{caption[:160]}”" for caption in dict.fromkeys(reading.captions))
    stand = f": {captions}" if captions else ""
    reading.warn(
        f"Pictures in the text are not taken yet; their captions stand as paragraphs{stand}."
    )


# Settling


def _settle(reading: Reading, *, named: bool) -> None:
    """Headings from h2 on, white space as a page prints it, bare addresses as links."""
    levels = [HEADINGS.index(block.tag) + 1 for block in reading.blocks if block.tag in HEADINGS]
    shift = 2 - min(levels, default=2)
    for element in tree.walk(list(reading.blocks)):
        if element.tag in HEADINGS:
            level = (
                HEADINGS.index(element.tag) + 1 + (shift if named or shift > 0 else max(shift, 0))
            )
            if level > DEEPEST_HEADING:
                reading.warn("Headings of more than three levels were made third-level headings.")
            element.tag = f"h{min(max(level, 2), DEEPEST_HEADING)}"
    blocks = [block for block in reading.blocks if block.children or block.tag == "hr"]
    for block in blocks:
        _tidy(block)
    reading.blocks = [block for block in blocks if block.children or block.tag == "hr"]
    for key, nodes in reading.notes.items():
        reading.notes[key] = tree.linked(tree.tidy(nodes))


def _tidy(block: Element) -> None:
    block.children = tree.tidy(block.children)
    for child in block.children:
        if isinstance(child, Element) and child.tag in tree.BLOCKS:
            _tidy(child)


def _number(reading: Reading) -> list[list[Node]]:
    """The notes in the order of their calls; the calls get their numbers."""
    _hoist_calls_in_notes(reading)
    notes: list[list[Node]] = []
    seen: set[str] = set()
    for mark in tree.calls(reading.blocks):
        key = mark.attributes["data-note"]
        if key in seen:
            reading.warn(f"A note is called twice; it now stands again as note {len(notes) + 1}.")
        seen.add(key)
        notes.append(reading.notes.get(key, []))
        mark.attributes["data-note"] = str(len(notes))
    for key, nodes in reading.notes.items():
        if key not in seen and tree.text(nodes).strip():
            reading.warn(
                f"A note has no place in the text; it stands at the end: “{tree.text(nodes)[:80]}”"
            )
            reading.blocks.append(Element("p", nodes))
    return notes


def _hoist_calls_in_notes(reading: Reading) -> None:
    """No note within a note: the inner one becomes a part of the outer, in brackets."""
    hoisted: set[str] = set()
    for key, nodes in reading.notes.items():
        within = {key}
        _hoist(nodes, reading.notes, within)
        hoisted |= within - {key}
    if hoisted:
        reading.warn("A note within a note was made part of the outer one, in brackets.")
    called = {mark.attributes["data-note"] for mark in tree.calls(reading.blocks)}
    for key in hoisted - called:
        del reading.notes[key]


def _hoist(nodes: list[Node], notes: dict[str, list[Node]], within: set[str]) -> None:
    """Puts the notes that `nodes` call in their places, each once, and their keys in `within`."""
    for mark in list(tree.calls(nodes)):
        key = mark.attributes.pop("data-note")
        if key not in within and (inner := copy.deepcopy(notes.get(key))):
            within.add(key)
            _hoist(inner, notes, within)
            mark.children = ["[", *inner, "]"]
