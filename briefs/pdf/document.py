"""A composition as an HTML document for the engine, with its style sheets and files; and the PDF
that comes back. The Django side: must not import the engine."""

import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import segno
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone

from briefs import prose
from briefs.composition import Composition
from briefs.licences import DEEDS
from briefs.models.images import rendition, widths_below
from briefs.pdf import process, scripts
from briefs.pdf.digits import DIGITS, Digits
from briefs.pdf.job import File, Job, Limits, Record, TypesettingError
from briefs.pdf.labels import Labels, date, labels
from briefs.pdf.letters import spelt
from briefs.pdf.looks import LETTER_SHEET, MARK, named_files, static_file, style
from briefs.pdf.runs import set_apart
from briefs.pdf.spaces import kept_together
from briefs.pdf.tables import fitted
from briefs.pdf.urls import breakable

QR = "img/address.svg"
WIDEST = 1280  # pixels of a picture in the text: 240 to the inch where it is as wide as that
ACCENT = re.compile(r"#[0-9a-fA-F]{6}")
SOFT_HYPHEN = "\u00ad"  # the engine tries each of them, for seconds
# A note or reference that runs otherwise than the text around it.
WHOLE = '<span class="whole" dir="{}">{}</span>'
OTHERWISE = '<span class="line" dir="{}">{}</span>'
LONGEST_ADDRESS = 500  # as a QR code with squares that a phone can see
ROOM_AT_FOOT = 80  # characters
LEAST_WORDS = 16
DEFAULT_ACCENT = "#1f4e5f"


@dataclass(frozen=True)
class Pdf:
    content: bytes
    sha256: str
    pages: int


def typeset(
    composition: Composition,
    *,
    assets: Mapping[str, bytes] | None = None,
    limits: Limits | None = None,
) -> Pdf:
    """The PDF of a composition. `assets` are its pictures by content address; without them they are
    read from the media storage. Raises TypesettingError with a sentence for an editor."""
    outcome = process.run(job_for(composition, assets=assets), limits or Limits())
    digest = hashlib.sha256(outcome.content).hexdigest()
    return Pdf(content=outcome.content, sha256=digest, pages=outcome.pages)


def job_for(composition: Composition, *, assets: Mapping[str, bytes] | None = None) -> Job:
    """What the child needs: HTML, style, and every file that they name."""
    files: dict[str, bytes] = {}
    accent = _accent(composition)
    names = {"mark": MARK, "cover": "", "accent": accent}
    if composition.letterhead.logo:
        names["mark"] = _add_picture(files, composition.letterhead.logo, assets)
    else:
        files[MARK] = static_file(MARK).replace(b"currentColor", accent.encode())
    if 0 < len(composition.address) <= LONGEST_ADDRESS:
        names["qr"] = QR
        files[QR] = _quick_response(composition.address)
    if composition.cover:
        names["cover"] = _add_picture(files, composition.cover, assets)

    def write(shown: prose.Shown) -> str:
        large = WIDEST in widths_below(shown.width)
        address = rendition(shown.address, WIDEST) if large else shown.address
        return prose.img(src=_add_picture(files, address, assets), alt=shown.alt)

    body = prose.rewritten(composition.body, write)
    words, digits = labels(composition.language), _digits(composition)
    html = _as_printed(_html(replace(composition, body=body), names), composition)
    paper = [LETTER_SHEET] if composition.letterhead.paper == "letter" else []
    css = style(*scripts.sheets(html), *paper, digits=digits.style)
    files |= {name: static_file(name) for name in named_files(css)}
    return Job(
        html=html,
        css=css,
        assets=files,
        notes=tuple(note.number for note in composition.notes),
        attachments=_sources(composition),
        to_note=words.to_note,
        to_text=words.to_text,
        figures=digits.figures,
        record=_record(composition, words),
    )


def _as_printed(html: str, composition: Composition) -> str:
    """`html` with the letters, digits and spaces that paper has."""
    html = _digits(composition).in_numbers(spelt(html))
    html = scripts.emphasised(kept_together(html, composition.language))
    is_chinese = composition.language.split("-")[0] == "zh"
    return scripts.with_latin_apostrophes(html) if is_chinese else html


def _record(composition: Composition, words: Labels) -> Record:
    licence = _licence(composition, words)
    return Record(
        language=composition.language,
        publisher=composition.letterhead.name,
        identifier=composition.address,
        rights=f"{licence['holder']}. {licence['text']}".strip(),
        rights_url=licence["href"],
        version=str(composition.number),
        subjects=tuple(topic.name for topic in composition.topics),
    )


def _digits(composition: Composition) -> Digits:
    language = composition.language.split("-")[0] if composition.letterhead.digits else ""
    return DIGITS.get(language, Digits())


def _sources(composition: Composition) -> tuple[File, ...]:
    """The sources as reference managers take them (CSL-JSON)."""
    if not composition.references:
        return ()
    rows = [{**source.csl, "id": source.key} for source in composition.references]
    content = json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True).encode()
    midnight = dt.datetime.combine(composition.dated, dt.time(), dt.UTC)
    moment = (composition.public_from or midnight).astimezone(dt.UTC)
    return (File("sources.json", content, "The sources of the notes, as CSL-JSON", moment),)


def _quick_response(address: str) -> bytes:
    """The address for a phone's camera (ISO/IEC 18004, level M), as a drawing without a margin."""
    file = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        file, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return file.getvalue()


def _accent(composition: Composition) -> str:
    accent = composition.letterhead.accent
    return accent.lower() if ACCENT.fullmatch(accent) else DEFAULT_ACCENT


def _add_picture(files: dict[str, bytes], address: str, assets: Mapping[str, bytes] | None) -> str:
    """Put the picture among `files`; its name there, with the suffix that tells its type."""
    name = f"media/{address}"
    if assets is not None and address not in assets:
        raise TypesettingError(f"The picture {address} is missing.")
    files[name] = _stored(address) if assets is None else assets[address]
    return name


def _stored(address: str) -> bytes:
    try:
        with default_storage.open(address) as file:
            content: bytes = file.read()
    except OSError as error:
        raise TypesettingError(f"The picture {address} cannot be read.") from error
    return content


def _html(composition: Composition, names: dict[str, str]) -> str:
    words, digits = labels(composition.language), _digits(composition)
    before, between, after = words.around_page
    marked = f"{words.retracted}{words.colon}" if composition.kind == "retraction" else ""
    room = ROOM_AT_FOOT - len(words.edition) - len(_edition(composition, words, room=0))
    edition = f"{words.edition} {_edition(composition, words, room=max(room, 0))}"
    with timezone.override(None):
        context = {
            "composition": _for_paper(composition),
            "labels": words,
            "marked": marked,
            "page_words": {"before": before, "between": between, "after": after},
            "description": composition.summary or prose.excerpt(composition.body),
            "keywords": ", ".join(topic.name.replace(",", " ") for topic in composition.topics),
            "topics": words.comma.join(topic.name for topic in composition.topics),
            "created": f"{composition.dated:%Y-%m-%d}",
            "modified": _modified(composition),
            "dated": digits.of(date(composition.dated, composition.language)),
            "changed": _changed(composition),
            "kicker": digits.of(_kicker(composition)),
            "running_title": marked + _shortened(composition.title, 64),
            "edition": _edition(composition, words),
            "edition_line": edition,
            "address_parts": _address_parts(composition),
            "licence": _licence(composition, words),
            **names,
        }
        return render_to_string("briefs/print/brief.html", context)


def _for_paper(composition: Composition) -> Composition:
    """Each block and note runs as its own words do; addresses may break."""
    usual, language = composition.direction, composition.language
    body = prose.directed(composition.body, usual)
    isolated = usual == "rtl" or 'dir="rtl"' in body
    if isolated:
        body = set_apart(body, usual)

    def line(html: str, text: str, form: str) -> str:
        html = html.replace(SOFT_HYPHEN, "")
        own = prose.direction(text, usual)
        broken = breakable(set_apart(html, own) if own == "rtl" else html, isolated=own == "rtl")
        if own != usual:
            return form.format(own, broken)
        latin = language.startswith("zh") and not scripts.is_chinese(html)
        return f'<span class="latin">{broken}</span>' if latin else broken

    return replace(
        composition,
        body=fitted(breakable(body, isolated=isolated)),
        notes=tuple(
            replace(note, html=line(note.html, note.text, WHOLE)) for note in composition.notes
        ),
        references=tuple(
            replace(row, html=line(row.html, row.text, OTHERWISE)) for row in composition.references
        ),
    )


def _changed(composition: Composition) -> str:
    """The day of this edition, in the site's time zone."""
    moment = composition.public_from
    if moment is None:
        return ""
    return _digits(composition).of(date(timezone.localtime(moment).date(), composition.language))


def _modified(composition: Composition) -> str:
    if composition.public_from is None:
        return f"{composition.dated:%Y-%m-%d}"
    return f"{composition.public_from.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S+00:00}"


def _kicker(composition: Composition) -> str:
    number = "" if composition.series_number is None else f" {composition.series_number}"
    return f"{composition.series}{number}" if composition.series else ""


def _edition(composition: Composition, words: Labels, *, room: int = 400) -> str:
    """Its number and what it changed, the editor's words in at most `room` characters."""
    number = _digits(composition).of(str(composition.number))
    what = words.change(composition.kind)
    if not what:
        return number
    line = f"{number} · {what} {_changed(composition)}".rstrip()
    note = _shortened(" ".join(composition.change_note.split()), room)
    return f"{line}{words.colon}{note}" if note else line


def _shortened(text: str, room: int) -> str:
    """At most `room` characters of `text`, ended between words, with an ellipsis if there is more;
    none where there is no room for some words."""
    if len(text) <= room:
        return text
    if room < LEAST_WORDS:
        return ""
    head = text[:room]
    between = head.rfind(" ")
    return head[: between if between > room // 2 else room - 1].rstrip(" ,;:.،؛۔") + "…"


def _address_parts(composition: Composition) -> list[dict[str, str]]:
    house = composition.letterhead
    parts = [{"text": " ".join(house.address.split())}, {"text": house.phone}]
    parts.append({"text": house.email, "href": f"mailto:{house.email}"})
    site = urlsplit(house.url)
    if site.scheme in {"http", "https"}:
        text = f"{site.netloc}{site.path}".rstrip("/").removeprefix("www.")
        parts.append({"text": text, "href": house.url})
    return [part for part in parts if part["text"]]


def _direction(text: str) -> str:
    return "rtl" if scripts.ARABIC.search(text) else "ltr"


def _licence(composition: Composition, words: Labels) -> dict[str, str]:
    deed = DEEDS.get(composition.licence)
    return {
        "text": deed.long_name if deed else words.all_rights_reserved,
        "href": deed.url if deed else "",
        "holder": f"© {_digits(composition).of(str(composition.dated.year))} {composition.letterhead.name}",
        "direction": _direction(composition.letterhead.name),
    }
