"""The words with which a note brings in a source: they are the note's own, never an author's.

Pure; knows institutions' names, but nothing of how a reference is read."""

import re

from .outlets import INSTITUTION_WORDS

PHRASES = """
    see; see also; see esp.; see further; see generally; see especially; see in particular; see however
    see contra; but see; but see contra; but cf.; cf.; cf; confer; compare; contrast; contra; pace
    accord; against; following; with; sources; source; source of data; adapted from; based on
    drawn from; taken from; citing; quoting; in response to; responding to; according to; as in
    e.g.; e.g; esp.; especially; notably; likewise; similarly; thus; also; cp.; for example; for instance; inter alia; among others
    quoted in; quoted by; cited in; cited by; reported in; reported by; reprinted in; reproduced in
    argued in; argued by; noted in; noted by; discussed in; discussed by; described in
    described by; shown in; shown by; explained in; explained by; mentioned in; mentioned by
    observed by; claimed by; stated by; stated in; suggested by; summarised in; summarized in
    pointed out by; put by; told by
    voir; voir aussi; voir notamment; voir par exemple; voir cependant; comparer; contre; selon
    d’après; d'après; à l’encontre de; à l'encontre de; p. ex.; par exemple; notamment
    cité par; cité dans; citée par; cités par
    vgl.; vgl. auch; siehe; siehe auch; zit. nach; zitiert nach; z. B.; z.B.; so auch; anders
    véase; véase también; cfr.; ver también; contra de; vedi; vedi anche
    см.; см. также; см; ср.; цит. по; цитируется по; по мнению
    انظر; انظر أيضا; انظر أيضاً; أنظر; راجع; قارن; نقلا عن; نقلاً عن
    دیکھیے; دیکھئے; دیکھیں; مزید دیکھیے; ملاحظہ ہو; بحوالہ
    نگاه کنید به; بنگرید به; ر.ک.; ر. ک.; رجوع کنید به; به نقل از
    参见; 参看; 详见; 转引自; 引自; 另见; 见
"""
_LISTED = sorted(
    {phrase.strip() for line in PHRASES.split("\n") for phrase in line.split(";")} - {""},
    key=len,
    reverse=True,
)
_ANY = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in _LISTED)
_CAPITAL = "|".join(
    re.escape(form).replace(r"\ ", r"\s+")
    for phrase in _LISTED
    for form in (phrase[0].upper() + phrase[1:], phrase.upper())
)
# With a capital only at the head of a sentence: "The Holy See" and "Iran Contra Affair" are names.
_HEAD = r"(?:(?<![^\s.;:!?—–(\[])(?<!\w\s)(?<!\w[,’'-]\s))"
_AFTER = r"(?![\w’'-])[,:]?\s*"
SIGNAL = re.compile(
    rf"(?:(?<![\w’'-])(?:as\s+)?(?:{_ANY})|{_HEAD}(?:As\s+(?:{_ANY})|{_CAPITAL})"
    rf"(?!\s+(?:{INSTITUTION_WORDS.pattern})))(?:(?<=[见自])|{_AFTER})"
)
ITALIC_SIGNAL = re.compile(rf"\*(?:{_CAPITAL}|{_ANY})[,.]?(?:\s+(?:e\.g\.))?[,.]?\*[,:]?\s+")


def end_of_signals(text: str) -> int:
    """Where the last signal of `text` ends; 0 if there is none."""
    return max((found.end() for found in SIGNAL.finditer(text)), default=0)
