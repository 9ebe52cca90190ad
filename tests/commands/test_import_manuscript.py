import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from briefs.models import Brief
from tests.factories import make_centre, make_user

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent.parent / "briefs" / "samples"
EXPECTED = json.loads((SAMPLES / "resetting-ties.expected.json").read_text())


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_manuscript", *arguments, stdout=out)
    return out.getvalue()


def typewritten(value: Any) -> Any:
    """The Word file has curly quotes and dashes where the print, from which the expected file was
    made, has straight ones; an import keeps what its file has."""
    text = json.dumps(value, ensure_ascii=False).replace("–", "--")
    return json.loads(re.sub("[“”]", r'\\"', re.sub("[‘’]", "'", text)))


def outlet(source: dict[str, Any]) -> str:
    """The expected file leaves the split of container and publisher to the editor."""
    return source.get("container-title") or source.get("publisher", "")


@pytest.mark.parametrize("suffix", ["docx", "txt"])
class TestTheRealBriefAsJson:
    def document(self, suffix: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(
            run(str(SAMPLES / f"resetting-ties.{suffix}"), "--json")
        )
        assert suffix == "docx" or document["paragraphs"] == EXPECTED["paragraphs"]
        return typewritten(document)

    def test_has_every_field_of_the_expected_file(self, suffix: str) -> None:
        document = self.document(suffix)
        for name in set(EXPECTED) - {"footnotes", "note"}:
            assert document[name] == typewritten(EXPECTED[name]), name
        assert document["slug"] == "pakistan-afghanistan-resetting-ties"
        assert document["lost"] == []

    def test_has_the_nine_notes_as_printed(self, suffix: str) -> None:
        notes = self.document(suffix)["footnotes"]
        for note, expected in zip(notes, typewritten(EXPECTED["footnotes"]), strict=True):
            assert note["number"] == expected["number"]
            assert note["text_as_printed"] == expected["text_as_printed"]

    def test_has_the_nine_sources_field_by_field(self, suffix: str) -> None:
        notes = self.document(suffix)["footnotes"]
        for note, expected in zip(notes, typewritten(EXPECTED["footnotes"]), strict=True):
            (source,), (wanted,) = note["sources"], expected["sources"]
            assert outlet(source) == outlet(wanted)
            free = {"type", "container-title", "publisher"}
            assert {k: v for k, v in source.items() if k not in free} == {
                k: v for k, v in wanted.items() if k not in free
            }


def test_the_text_says_what_came_of_it() -> None:
    out = run(str(SAMPLES / "resetting-ties.docx"), "--centre", make_centre(acronym="X").slug)
    assert "pakistan-afghanistan-resetting-ties" in out
    assert "Sources  9 (9 new, 0 known)" in out
    assert Brief.objects.get().created_by.username == "system"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.docx"], "cannot be read: No such file"),
        ([str(SAMPLES / "resetting-ties.docx"), "--centre", "none"], "no centre “none”"),
        ([str(SAMPLES / "resetting-ties.docx"), "--series", "none"], "no series “none”"),
        ([str(SAMPLES / "resetting-ties.docx"), "--by", "none"], "no user “none”"),
        ([str(SAMPLES / "resetting-ties.docx"), "--by", "helpless"], "may not add briefs"),
        ([__file__], "."),
    ],
)
def test_bad_input_gets_one_clear_line(arguments: list[str], sentence: str) -> None:
    make_user("helpless")
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)
    assert not Brief.objects.exists()
