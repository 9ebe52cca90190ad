import json

import pytest
from django.core.exceptions import ValidationError

from briefs import citations
from briefs.models import Author, Source
from briefs.models.sources import validate_date
from tests.factories import make_source


def render(source: Source) -> str:
    key = str(source.pk)
    notes = citations.render([[citations.Cite(key)]], {key: source.csl}, language="en").notes
    return notes[0].text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("more", [1]),
        ("more", "volume"),
        ("more", {"volume": "1\x002"}),
        ("authors", ["x"]),
        ("authors", {"family": "X"}),
        ("authors", [{"foo": "bar"}]),
        ("authors", [{"family": 1}]),
        ("authors", [{"literal": "a\x00b"}]),
        ("url", "https://example.org/" + "漢" * 400),
        ("issued", "٢٠٢٥-٠٣-٢٤"),
        ("issued", "2025-03-24\n"),
        ("accessed", "2025-13"),
    ],
)
def test_what_no_style_could_print_is_refused_at_its_field(field: str, value: object) -> None:
    source = Source(title="T", **{field: value})
    with pytest.raises(ValidationError) as refusal:
        source.clean_fields()
    assert list(refusal.value.message_dict) == [field]


def test_what_styles_print_is_accepted() -> None:
    Source(
        title="T",
        authors=[{"family": "Doe", "given": "Jo"}, {"literal": "WHO"}],
        more={"volume": "12", "issue": 3, "event-date": {"date-parts": [[2025]]}},
        issued="2025-03",
        url="https://example.org/é",
    ).clean_fields()
    validate_date("2025")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"more": [1]},
        {"more": "x"},
        {"more": None},
        {"authors": ["x"]},
        {"authors": {"a": 1}},
        {"authors": [{"foo": "bar"}, {"literal": "WHO"}]},
    ],
)
def test_what_came_around_the_validators_is_printed_without_it(wrong: dict[str, object]) -> None:
    source = make_source("A Report", url="", **{k: v for k, v in wrong.items() if v is not None})
    for field, value in wrong.items():
        setattr(source, field, value)
    assert "A Report" in str(source)
    assert "A Report" in render(source)
    json.dumps(source.csl)


@pytest.mark.parametrize("orcid", ["0000-0002-1825-009٧", "0000-0002-1825-0097\n"])
def test_an_orcid_has_ascii_digits_and_nothing_after_them(orcid: str) -> None:
    with pytest.raises(ValidationError, match="An ORCID looks like"):
        Author(name="Ada", slug="ada", orcid=orcid).clean_fields()
    Author(name="Ada", slug="ada", orcid="0000-0002-1825-009X").clean_fields()
