"""Hard documents to look at, and many random ones to check: `make gallery`.

Writes each hard document as a PDF and its pages as pictures, has two checkers look at them, and lays
out random briefs, some of whose notes are longer than a page, to see that no note is lost, moved,
clipped or doubled."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import django
import page
import pdfplumber

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from briefs.composition import Composition
from briefs.pdf import Limits, TypesettingError, process, scripts
from briefs.pdf.document import job_for
from tests.pdf.compositions import make_random_brief
from tests.pdf.hard import HARD, job, pdf

DOTS_PER_INCH = 90
# Two of its rules do not fit Arabic script: five glyphs for one letter are a fault to it, but letters
# have as many forms and more; and it looks for words as they are drawn, from the left, then for boxes
# that it computes from widths alone.
UNFIT = "TXT-004,TAG-003"
OUTLOUD = Path(".tools/outloud/bin/outloud")
LONGEST = (60, 60, 200, 700)  # words of the longest notes, by turns
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path, help="where the documents are written")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="random briefs to check")
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    faults = [*_documents(options.directory), *_random(options.random)]
    print("\n".join(faults) or "No faults.")
    return 1 if faults else 0


def _documents(directory: Path) -> Iterator[str]:
    for name in HARD:
        path = directory / f"hard-{name.replace(' ', '-')}.pdf"
        path.write_bytes(pdf(name).content)
        pages = _pictures(path)
        print(f"{path}: {pages} pages")
        arabic = scripts.ARABIC_SHEET in scripts.sheets(job(name).html)
        yield from (f"{name}: {finding}" for finding in _read_aloud(path, arabic=arabic))
        for profile in PROFILES:
            for failure in page.validate_pdf(path, profile=profile).failures:
                yield f"{name}: {profile.value}: {failure.rule_id}: {failure.message}"


def _read_aloud(path: Path, *, arabic: bool) -> list[str]:
    """The errors and warnings that `outloud` has, which looks at what a screen reader makes of it."""
    skipped = ["--skip", UNFIT] if arabic else []
    command = [OUTLOUD, "--quiet", "--no-info", *skipped, "--json", "-", path]
    report = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    (result,) = report["results"]
    if result["error"]:
        return [f"outloud: {result['error']}"]
    return [
        f"outloud: {finding['rule']}: {finding['message']}"
        for finding in result["findings"]
        if finding["severity"] in {"error", "warning"}
    ]


def _pictures(path: Path) -> int:
    with pdfplumber.open(path) as document:
        for number, sheet in enumerate(document.pages, start=1):
            picture = sheet.to_image(resolution=DOTS_PER_INCH)
            picture.save(path.with_name(f"{path.stem}-{number:02}.png"))
        return len(document.pages)


def _random(count: int) -> Iterator[str]:
    notes = 0
    with ProcessPoolExecutor() as pool:
        for seed, (printed, fault) in enumerate(pool.map(_checked, range(count), chunksize=5)):
            notes += printed
            if fault:
                yield f"random brief {seed}: {fault}"
    if count:
        print(f"{count} random briefs with {notes} notes checked.")


def _brief(seed: int) -> Composition:
    return make_random_brief(
        seed, paragraphs=8 + seed % 7, notes=18, longest=LONGEST[seed % len(LONGEST)]
    )


def _checked(seed: int) -> tuple[int, str]:
    """How many notes the brief has, and what is wrong with them."""
    brief = _brief(seed)
    try:
        process.run(job_for(brief), Limits())
    except TypesettingError as error:
        return len(brief.notes), str(error)
    return len(brief.notes), ""


if __name__ == "__main__":
    sys.exit(main())
