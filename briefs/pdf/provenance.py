"""Everything that decides how a page comes out, beside the composition itself."""

import hashlib
from functools import cache
from pathlib import Path

from django.template.loader import get_template

from briefs import licences, prose
from briefs.pdf import labels, looks, process, scripts
from briefs.pdf.job import Limits

CODE = Path(__file__).parent
PROSE = Path(prose.__file__).parent
LOOKS = (*looks.STYLE_SHEETS, *scripts.SHEETS, looks.LETTER_SHEET, looks.MARK)
TEMPLATES = (
    "briefs/_prose.html",
    "briefs/print/_colophon.html",
    "briefs/print/_letterhead.html",
    "briefs/print/_notice.html",
    "briefs/print/_running.html",
    "briefs/print/brief.html",
)


@cache
def fingerprint() -> dict[str, str]:
    """Versions of the engine and its libraries, as the child sees them, and SHA-256 digests over
    the faces, over templates, style sheets and mark, and over the code that makes pages."""
    faces = [looks.static_file(name) for name in looks.named_files(looks.style(*scripts.SHEETS))]
    seen = [_template_source(name) for name in TEMPLATES]
    seen += [looks.static_file(name) for name in LOOKS]
    seen.append(repr(labels.LABELS).encode())
    code = [*sorted(CODE.glob("*.py")), *sorted(PROSE.glob("*.py")), Path(licences.__file__)]
    return {
        **process.run(None, Limits()).versions,
        "fonts": _digest(faces),
        "templates": _digest(seen),
        "code": _digest([path.read_bytes() for path in code]),
    }


def _template_source(name: str) -> bytes:
    origin = getattr(get_template(name), "origin", None)  # Django's own backend has one
    return Path(origin.name).read_bytes() if origin else b""


def _digest(contents: list[bytes]) -> str:
    total = hashlib.sha256()
    for content in contents:
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()
