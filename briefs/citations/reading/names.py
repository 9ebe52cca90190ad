"""Names as printed before a title: people, organisations, or neither (then it is prose)."""

import re

from .outlets import is_institution, is_periodical

type Name = dict[str, str]

PARTICLES = r"(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|ter|ten|bin|ibn|al|el|ul|ur|zu)"
INITIALS = r"(?:\w\.[ -]?)+"
WORD = r"(?:(?:al|el|ul|ur|an|ad|as|ar)-)?(?:[^\W\d_a-zà-ÿа-я][\w’'ʿʾ`.-]*)"
PERSON = re.compile(rf"(?:{WORD}|{PARTICLES})(?:\s+(?:{WORD}|{PARTICLES}))*")
HANDLE = re.compile(r"\s*\(?@\w+\)?$")
NOT_A_NAME = re.compile(
    r"(?:The|A|An|This|That|These|Those|In|On|At|For|From|By|As|It|We|He|She|They|Its|Our|His|Her"
    r"|And|But|Or|If|When|While|Although|Since|After|Before|According|Author|Authors?[’']s?|See"
    r"|Against|Contrary|Consider|Recall|Here|However|Hence|Moreover|Furthermore|Recently|Roughly|Even"
    r"|Such|Now|Only|Other|Others|Both|Contra|Accord|Voir|Selon|Contre"
    r"|Also|Cf|Ibid|Note|Source|Sources|Data|Figures|Translation|Emphasis|Interview|Interviews)\b(?!\.)"
)
SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|I{2,3}|IV)$")
PARTICLE_BEFORE_FAMILY = re.compile(
    rf"^(?P<given>.+?)\s+(?P<particle>{PARTICLES}(?:\s+{PARTICLES})*)\s+(?P<family>\S+)$"
)
CAPITAL_PARTICLE = re.compile(
    r"^(?P<given>.+?)\s+(?P<family>(?:(?:De|Van|Von|Di|Da|Du|Des|Del|Della|La|Le|Al|El)\s+)+\S+)$"
)
CJK = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]+")
CJK_COMPOUND = ("欧阳", "司马", "诸葛", "上官", "东方", "皇甫", "慕容")
JOINER = re.compile(
    r"\s*(?:,\s*(?:and|&)\s+|\s+(?:and|&|et|и|und|y|اور|و)\s+|;\s+|,\s+|[，、،]\s*)"
)
ET_AL = re.compile(r",?\s+(?:et al\b\.?|and others|и др\.|وآخرون|و دیگر)$|等$")
INVERTED = re.compile(
    rf"(?P<family>(?:{PARTICLES}\s+)*{WORD}(?:\s+{WORD})?),\s+(?P<given>{WORD}(?:\s+{WORD})*)"
)
LONGEST_PERSON = 6


def read_names(text: str, *, inverted: bool = False) -> list[Name] | None:
    """The people or the one organisation that `text` names; None if it is something else."""
    text = text.strip().strip(",，،、:：").strip()
    if not text or NOT_A_NAME.match(text):
        return None
    if HANDLE.search(text):
        return [{"literal": text}]
    others: list[Name] = []
    if rest := ET_AL.search(text):
        others, text = [{"literal": _others(rest[0])}], text[: rest.start()]
    if is_periodical(text) and " " in text:
        return [{"literal": text}, *others]
    if is_institution(text):
        return [{"literal": text}, *others] if _is_organisation(text) else None
    if inverted and (names := _inverted(text)):
        return names + others
    people = [_person(part) for part in JOINER.split(text)]
    return [person for person in people if person] + others if all(people) else None


def _others(printed: str) -> str:
    word = printed.strip(" ,")
    return "et al." if word.casefold().startswith("et al") else word


def _is_organisation(text: str) -> bool:
    words = text.split()
    small = [word for word in words if word.islower() and word not in ORGANISATION_SMALL]
    return len(words) <= 14 and not small


ORGANISATION_SMALL = {"of", "for", "and", "the", "on", "in", "to", "de", "des", "du", "la", "et"}


def _inverted(text: str) -> list[Name] | None:
    """ "Khan, T., B. Ali and C. Roy", as a list of references has it: the first name turned."""
    found = INVERTED.match(text)
    if not found:
        return None
    first = {"family": found["family"], "given": found["given"]}
    rest = text[found.end() :].strip(" ,")
    rest = re.sub(r"^(?:and|&|;)\s+", "", rest)
    if not rest:
        return [first]
    more = _inverted(rest) or read_names(rest)
    return [first, *more] if more else None


def _person(text: str) -> Name | None:
    text = text.strip()
    if CJK.fullmatch(text):
        return _chinese(text)
    if not PERSON.fullmatch(text) or len(text.split()) > LONGEST_PERSON or NOT_A_NAME.match(text):
        return None
    suffix = SUFFIX.search(text)
    name: Name = {"suffix": suffix[1]} if suffix else {}
    bare = text[: suffix.start()] if suffix else text
    if particled := PARTICLE_BEFORE_FAMILY.match(bare):
        name |= {"given": particled["given"], "family": particled["family"]}
        return name | {"non-dropping-particle": particled["particle"]}
    if capital := CAPITAL_PARTICLE.match(bare):
        return name | capital.groupdict()
    given, _, family = bare.rpartition(" ")
    return name | ({"given": given, "family": family} if given else {"literal": family})


def _chinese(text: str) -> Name:
    if len(text) > 4:
        return {"literal": text}
    length = 2 if text.startswith(CJK_COMPOUND) and len(text) > 2 else 1
    return {"family": text[:length], "given": text[length:]} if text[length:] else {"literal": text}
