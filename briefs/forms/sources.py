"""A source in a form that people can fill in: names as lines, further fields as lines."""

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from briefs import citations
from briefs.forms.fields import LinesField
from briefs.models import Source
from briefs.models.sources import TEXT_VARIABLES
from briefs.pandoc import PandocError

VARIABLE = re.compile(r"[A-Za-z][A-Za-z_-]*")
OWN_FIELDS = {*TEXT_VARIABLES.values(), "id", "type", "author", "issued", "accessed"}


class NamesField(LinesField):
    """CSL names, one a line: `Family, Given`, or the name of an institution.

    A line that was not touched keeps what else CSL says of that name."""

    known: dict[str, dict[str, str]]

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        self.known = {name_line(name): name for name in value}
        return "\n".join(self.known)

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in super().to_python(value).splitlines()]
        return [self.known.get(line) or read_name(line) for line in lines if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        self.prepare_value(initial or [])
        return (initial or []) != self.to_python(data)


def name_line(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    particle = name.get("non-dropping-particle", "")
    family = " ".join(filter(None, [particle, name.get("family", "")]))
    return ", ".join(filter(None, [family, name.get("given", "")]))


def read_name(line: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in line.partition(","))
    if comma and family and given:
        return {"family": family, "given": given}
    return {"literal": line.strip(" ,") or line}


class VariablesField(LinesField):
    """Further CSL variables, one a line: `volume: 12`. What is no text stands as JSON."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{name}: {variable_line(item)}" for name, item in value.items())

    def to_python(self, value: Any) -> Any:
        lines = super().to_python(value).splitlines()
        return dict(read_variable(line) for line in lines if line.strip())

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or {}) != self.to_python(data)
        except ValidationError:
            return True


def variable_line(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def read_variable(line: str) -> tuple[str, Any]:
    name, colon, text = (part.strip() for part in line.partition(":"))
    if not colon or not text or not VARIABLE.fullmatch(name):
        raise ValidationError(f"A line looks like “volume: 12”, not “{line.strip()}”.")
    if name in OWN_FIELDS:
        raise ValidationError(f"“{name}” has a field of its own above.")
    if text[0] in "[{":
        return name, _json(name, text)
    return name, text


def _json(name: str, text: str) -> Any:
    """What both databases can hold: no NaN, no infinity, no NUL, no half of a character."""
    try:
        value = json.loads(text, parse_constant=_refuse)
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
        written.encode()
        if "\\u0000" in written:
            raise ValueError
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"“{name}” is not valid JSON.") from error
    return value


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class SourceForm(forms.ModelForm):
    authors = NamesField(
        required=False, help_text="One a line: Family, Given. Institutions as they are called."
    )
    more = VariablesField(
        label="Further fields",
        required=False,
        help_text="One a line, by their CSL names: “volume: 12”, “issue: 3”, “page: 45–67”.",
    )

    class Meta:
        model = Source
        fields = (
            *("type", "title", "authors", "container_title", "publisher", "publisher_place"),
            *("issued", "accessed", "url", "archive_url", "doi", "more"),
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        for name in {"title", "authors", "more"} & self.fields.keys():
            self.fields[name].widget.attrs["rows"] = 3
        if "authors" in self.fields:
            self.fields["authors"].known = {
                name_line(name): name for name in self.instance.authors or []
            }


def printed(source: Source) -> str:
    """The source in house style, as plain text; a sentence where that is impossible."""
    key = str(source.pk)
    cite = citations.Cite(key)
    try:
        rendered = citations.render([[cite]], {key: source.csl}, language="en")
    except PandocError as error:
        return f"It cannot be printed: {error}"
    return rendered.notes[0].text
