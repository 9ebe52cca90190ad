"""Compositions to typeset: the real brief, and hard ones. Plain values, no database."""

import datetime as dt
import html
import json
import random
import re
from pathlib import Path
from typing import Any

from briefs import samples
from briefs.composition import BylineLine, ComposedNote, Composition, Letterhead, Topic
from briefs.pdf.document import job_for
from briefs.pdf.job import Job

EXPECTED = Path(next(iter(samples.__path__)), "resetting-ties.expected.json")
WORDS = (
    "security border trade region talks ministry envoy agreement refugees transit ceasefire "
    "council cooperation strategic bilateral a the of in and to with under between".split()
)


def make_letterhead(**values: Any) -> Letterhead:
    return Letterhead(
        **{
            "name": "Institute of Strategic Studies Islamabad",
            "short_name": "ISSI",
            "address": "Sector F-5/2, Islamabad, Pakistan",
            "phone": "+92 51 920 4423",
            "email": "info@issi.org.pk",
            "url": "https://www.issi.org.pk/",
            **values,
        }
    )


def make_composition(**values: Any) -> Composition:
    return Composition(
        **{
            "title": "A brief",
            "body": "<p>One paragraph.</p>",
            "dated": dt.date(2025, 4, 7),
            "letterhead": make_letterhead(),
            "byline": (BylineLine("Amina Khan", "Director", "CAMEA", "amina@example.org"),),
            "address": "https://issi.example/briefs/a-brief/",
            "licence": "cc-by-4.0",
            **values,
        }
    )


def make_job(html: str, css: str = "", assets: dict[str, bytes] | None = None) -> Job:
    """Any HTML and CSS with the faces and styles of a brief: what a hostile body would meet."""
    plain = job_for(make_composition())
    return Job(f"<!doctype html>{html}", plain.css + css, plain.assets | (assets or {}))


def make_note(number: int, markup: str) -> ComposedNote:
    return ComposedNote(number, markup, html.unescape(re.sub(r"<[^>]+>", "", markup)))


def with_notes(body: str, notes: list[str], **values: Any) -> Composition:
    """`body` has a `*` wherever the next of `notes` is called."""
    numbers = iter(range(1, len(notes) + 1))
    marked = re.sub(r"\*", lambda _: f'<span data-note="{next(numbers)}"></span>', body)
    made = tuple(make_note(number, note) for number, note in enumerate(notes, start=1))
    return make_composition(body=marked, notes=made, **values)


def make_real_brief(**values: Any) -> Composition:
    """The manuscript that the institute sent, with its nine notes."""
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    author = expected["byline"][0]
    notes = tuple(
        make_note(number, _as_markup(note["text_as_printed"]))
        for number, note in enumerate(expected["footnotes"], start=1)
    )
    return make_composition(
        **{
            "title": expected["title"],
            "body": "".join(_paragraph(paragraph) for paragraph in expected["paragraphs"]),
            "notes": notes,
            "dated": dt.date.fromisoformat(expected["date"]),
            "centre": expected["centre"]["name"],
            "centre_acronym": expected["centre"]["acronym"],
            "series": "Issue Brief",
            "byline": (BylineLine(**author),),
            "disclaimer": expected["disclaimer"] + ".",
            "topics": (Topic("Afghanistan", "afghanistan"), Topic("Pakistan", "pakistan")),
            "address": "https://issi.example/briefs/resetting-ties/",
            "public_from": dt.datetime(2025, 4, 7, 5, tzinfo=dt.UTC),
            **values,
        }
    )


def make_random_brief(
    seed: int, *, paragraphs: int = 30, notes: int = 45, longest: int = 60
) -> Composition:
    """Paragraphs, quotations and lists with notes anywhere, some of them `longest` words long."""
    chance = random.Random(seed)
    blocks = [_random_block(chance) for _ in range(paragraphs)]
    words = [(b, w) for b, block in enumerate(blocks) for w in range(len(block[1]))]
    for block, word in chance.sample(words, min(notes, len(words))):
        blocks[block][1][word] += "*"
    body = "".join(f"{opening}{' '.join(w)}{closing}" for opening, w, closing in blocks)
    count = body.count("*")
    return with_notes(body, [_random_note(chance, longest) for _ in range(count)])


def make_long_brief(*, paragraphs: int, notes: int) -> Composition:
    return make_random_brief(7, paragraphs=paragraphs, notes=notes)


def _random_block(chance: random.Random) -> tuple[str, list[str], str]:
    opening, closing = chance.choices(
        [
            ("<p>", "</p>"),
            ("<blockquote><p>", "</p></blockquote>"),
            ("<ul><li>", "</li></ul>"),
            ("<h2>", "</h2><p>And so on.</p>"),
            ("<table><tr><th>Year</th><td>", "</td></tr><tr><th>2025</th><td>1</td></tr></table>"),
            ("<table><caption>", "</caption><tr><td>1</td><td>2</td></tr></table>"),
        ],
        [12, 1, 1, 1, 1, 1],
    )[0]
    short = opening == "<h2>" or "caption" in opening
    count = chance.randint(3, 9) if short else chance.randint(8, 140)
    return opening, chance.choices(WORDS, k=count), closing


def _random_note(chance: random.Random, longest: int) -> str:
    words = " ".join(chance.choices(WORDS, k=chance.choice([4, 12, 20, 30, longest])))
    return f'{words}, <em>Dawn</em>, <a href="https://example.org/{words[:40]}">https://example.org/{words[:40].replace(" ", "-")}</a>'


def _paragraph(paragraph: dict[str, Any]) -> str:
    text, pieces, start = paragraph["text"], [], 0
    for call in paragraph["calls"]:
        pieces.append(html.escape(text[start : call["offset"]], quote=False))
        pieces.append(f'<span data-note="{call["note"]}"></span>')
        start = call["offset"]
    pieces.append(html.escape(text[start:], quote=False))
    return f"<p>{''.join(pieces)}</p>"


def _as_markup(printed: str) -> str:
    escaped = html.escape(printed, quote=False)
    escaped = re.sub(r"\*([^*]+)\*", r"<em>\1</em>", escaped)
    return re.sub(r"&lt;(https?://\S+?)&gt;", r'&lt;<a href="\1">\1</a>&gt;', escaped)
