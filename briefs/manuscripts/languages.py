"""In which language a manuscript is, by its letters first and its own declaration second."""

import re
from collections import Counter

from briefs.manuscripts.tree import Element, walk

ARABIC_SCRIPT = {"ur": "ٹڈڑںےہھ", "ps": "ښړځڅږڼ", "fa": "پچژگکی", "ar": "يكة"}
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
SCRIPTS = (
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("", re.compile("[A-Za-z\u00c0-\u024f]")),
)


def language(declared: str, text: str) -> str:
    """BCP 47: what was declared, unless most letters are of a script which that language does
    not use (Word declares English for everything). "" when unknown."""
    declared = declared.strip().replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", declared):
        declared = ""
    base = declared.split("-")[0].lower()
    counts = Counter({name: len(letters.findall(text)) for name, letters in SCRIPTS})
    script, count = counts.most_common(1)[0]
    if not count or not script:
        return "" if base in RIGHT_TO_LEFT and count else base
    if script == "arabic":
        return base if base in ARABIC_SCRIPT or base == "sd" else _by_letters(text)
    return script if base in ("", "en") else base


def direction(language: str) -> str:
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def drop_usual_direction(blocks: list[Element], usual: str) -> None:
    """Word marks every run of an Urdu text right-to-left; only exceptions are worth keeping."""
    for element in walk(list(blocks)):
        if element.attributes.get("dir") == usual:
            del element.attributes["dir"]


def _by_letters(text: str) -> str:
    for name, letters in ARABIC_SCRIPT.items():
        if sum(text.count(letter) for letter in letters) > len(text) / 200:
            return name
    return "ar"
