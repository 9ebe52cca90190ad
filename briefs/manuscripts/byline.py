"""The lines of a byline: who wrote it, in which role, where, at which address. Pure text."""

import re
from dataclasses import dataclass

from briefs.manuscripts.manuscript import BylineEntry
from briefs.manuscripts.titles import is_capitals, title_case

ROLE = re.compile(
    r"\b(?:director|fellow|analyst|professor|editor|researcher|research (?:associate|assistant|officer)"
    r"|associate|assistant|intern|head|chair(?:man|woman|person)?|president|scholar|officer"
    r"|consultant|lecturer|advis[eo]r|secretary|coordinator|co-ordinator|candidate|student|manager"
    r"|specialist|economist|journalist|expert|lead|founder|dean|ambassador to|in-charge)\b",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"\b(?:centre|center|institute|institution|university|department|school|college|faculty|council"
    r"|ministry|foundation|programme|program|academy|think tank|forum|society|association|network"
    r"|bank|group|embassy|commission|laboratory|organi[sz]ation|agency|unit|desk)\b|\([A-Z]{2,10}\)",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
EMAIL_AROUND = re.compile(
    r"\b(?:e-?mails?(?: address)?|contact|correspondence|author)\b\s*:?", re.IGNORECASE
)
BY = re.compile(r"(?P<label>(?:written )?by|authors?)(?:\s*:\s*|\s+|$)(?P<rest>.*)", re.IGNORECASE)
PARTICLES = frozenset(
    "al an bin bint d da de del der di dos du e el ibn la le san st ul ur us-salam van von y zu".split()
)
LONGEST_ROLE = 10  # words
ACRONYM = r"[A-Z][A-Z&.-]{1,11}"
UNIT = re.compile(rf"(?P<name>[^()]+?)\s*\((?P<acronym>{ACRONYM})\)(?:\s*[,–—-]\s*(?P<rest>.+))?")
SHORT = re.compile(rf"(?P<unit>{ACRONYM})\s*[,–—-]\s*(?P<institute>{ACRONYM})")


@dataclass
class Person:
    name: str
    role: str = ""
    affiliation: str = ""
    email: str = ""

    def entry(self) -> BylineEntry:
        return BylineEntry(self.name, self.role, self.affiliation, self.email)


def looks_like_name(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 7 or len(text) > 70 or re.search(r"[\d@:;!?/“”\"<>]", text):
        return False
    if is_role(text) or is_place(text) or text.endswith((".", ",")) and not text.endswith("r."):
        return False
    if any(letter.islower() or letter.isupper() for letter in text):
        capital = [word for word in words if word.lstrip("('‘’“")[:1].isupper()]
        others = [word for word in words if word not in capital]
        return bool(capital) and all(_is_particle(word) for word in others)
    return len(words) <= 5  # scripts without capitals


def _is_particle(word: str) -> bool:
    return word.lower().strip("'’") in PARTICLES or re.match(r"(?:al|ul|ur|el)-", word) is not None


def is_role(text: str) -> bool:
    return ROLE.search(text) is not None


def is_place(text: str) -> bool:
    return PLACE.search(text) is not None


def is_affiliation(text: str) -> bool:
    bare = text.strip()
    return is_place(bare) or bool(re.fullmatch(ACRONYM, bare) or SHORT.fullmatch(bare))


def names(text: str) -> list[str]:
    """The names in "Amina Khan, Sara Ali and Bilal Shah"; [] when these are not all names."""
    parts = re.split(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+|\s*;\s*", text.strip())
    found = [part.rstrip("* ") for part in parts if part.rstrip("* ")]
    if not found or not all(looks_like_name(name) for name in found):
        return []
    return [title_case(name, "") if " " in name and is_capitals(name) else name for name in found]


def people(text: str) -> list[Person]:
    """The people on one line, also "Amina Khan, Director, CAMEA" and "Amina Khan (Director)"."""
    found = names(text)
    if found:
        return [Person(name) for name in found]
    match = re.fullmatch(
        r"(?P<name>[^(),]+?)\s*(?:,\s*|\(|\s[–—-]\s)(?P<rest>.+?)\)?", text.strip()
    )
    if not match or not looks_like_name(match["name"]):
        return []
    rest = match["rest"]
    rest += ")" if rest.count("(") > rest.count(")") else ""
    if not (is_role(rest) or is_place(rest)):
        return []
    role, _, place = rest.partition(",") if is_role(rest) else ("", "", rest)
    name = names(match["name"])
    return [Person(name[0], role.strip(), place.strip())] if name else []


def add_line(people_so_far: list[Person], text: str) -> bool:
    """Gives a line under a name to that person, or begins another person; False if it fits none."""
    last = people_so_far[-1]
    if is_place(text) and not (is_role(text) and not last.role):
        last.affiliation = f"{last.affiliation}, {text}" if last.affiliation else text
        return len(last.affiliation) < 400
    if is_role(text):
        role, comma, place = text.partition(",")
        if comma and is_affiliation(place) and not is_place(role):
            last.role, last.affiliation = role.strip(), place.strip()
        else:
            last.role = f"{last.role}, {text}" if last.role else text
        return True
    if is_affiliation(text):
        last.affiliation = f"{last.affiliation}, {text}" if last.affiliation else text
        return True
    more = people(text)
    if more and (last.role or last.affiliation or last.email or len(more) > 1):
        people_so_far += more
        return True
    if re.search(r"[.!?;:]$", text) or len(text.split()) > LONGEST_ROLE:
        return False
    if not last.role and not last.affiliation:
        last.role = text
        return True
    if not last.affiliation:
        last.affiliation = text
        return True
    return False


def share(people_so_far: list[Person]) -> None:
    """Names on one line share the affiliation printed under them; a role and e-mail they do not."""
    affiliation = people_so_far[-1].affiliation if people_so_far else ""
    for person in reversed(people_so_far):
        if person.affiliation or person.role or person.email:
            affiliation = person.affiliation or affiliation
        else:
            person.affiliation = affiliation


def units(affiliation: str) -> tuple[str, str, str]:
    """Name and acronym of the centre, acronym of the institute, as far as they are printed."""
    short = SHORT.fullmatch(affiliation.strip())
    if short:
        return "", short["unit"], short["institute"]
    match = UNIT.fullmatch(affiliation.strip())
    if not match:
        return "", "", ""
    rest = (match["rest"] or "").strip()
    inner = UNIT.fullmatch(rest)
    institute = inner["acronym"] if inner else rest if re.fullmatch(ACRONYM, rest) else ""
    if not institute and re.match(
        r"institut|universit|council|foundation", match["name"], re.IGNORECASE
    ):
        return "", "", match["acronym"]
    return match["name"].strip(), match["acronym"], institute
