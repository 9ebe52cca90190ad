"""What the dialog of a note asks of the desk."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from briefs.models import Source
from tests.admin.desk import client_of
from tests.factories import cite, make_source, make_user

pytestmark = pytest.mark.django_db
NOWHERE = "7b0f3f58-1d3f-4c59-9d9f-1f3a6a0b0c11"
PRINTED = "See Ali Khan, “The Water War,” *Dawn*, March 4, 2020, https://dawn.com/x; and more."


@pytest.fixture
def contributor() -> Client:
    return client_of(make_user(group="Contributors"))


def url(name: str) -> str:
    return reverse(f"admin:briefs_source_{name}")


def found(client: Client, words: str) -> list[str]:
    answer = client.get(url("find"), {"q": words})
    assert "no-store" in answer["Cache-Control"]
    return [row["label"] for row in answer.json()["results"]]


def test_sources_are_found_by_title_author_outlet_and_address(contributor: Client) -> None:
    khan = [{"family": "Khan", "given": "Ali"}]
    make_source("The Water War", authors=khan, container_title="Dawn", url="https://dawn.com/x")
    make_source("Other", authors=[{"literal": "آصف"}], url="https://e.org/?a=%25")
    for words in ("water", "khan war", "DAWN", "dawn.com/x"):
        assert found(contributor, words) == ["Khan: The Water War"], words
    assert found(contributor, "آصف") == found(contributor, "%25") == ["آصف: Other"]
    assert found(contributor, "water nothing") == []
    assert len(found(contributor, "")) == 2


def confirmed(client: Client, parts: list[object], **data: str) -> dict[str, object]:
    answer = client.post(url("make"), {"parts": json.dumps(parts)} | data)
    assert answer.status_code == 200, answer.content.decode()
    result: dict[str, object] = answer.json()
    return result


NEW = {"c0-type": "article-newspaper", "c0-title": "The Water War", "c0-url": "https://dawn.com/x"}


def test_a_printed_reference_becomes_a_source_and_keeps_the_words_around_it(
    contributor: Client,
) -> None:
    shown = contributor.post(url("read"), {"text": PRINTED}).content.decode()
    assert 'value="[&quot;See &quot;, 0, &quot;; and more.&quot;]"' in shown
    assert "The Water War</textarea>" in shown
    assert "Khan, Ali</textarea>" in shown
    given = {"c0-authors": "Khan, Ali", "c0-locator": "p. 4 & 5"} | NEW
    result = confirmed(contributor, ["See ", 0, " <b>*and* more"], **given)
    source = Source.objects.get()
    assert source.authors == [{"family": "Khan", "given": "Ali"}]
    assert result == {
        "html": f'See <cite data-source="{source.pk}" data-locator="p. 4 &amp; 5"></cite>'
        " &lt;b&gt;<em>and</em> more",
        "names": {str(source.pk): "Khan: The Water War"},
    }


def test_the_note_so_far_is_read_like_a_printed_one(contributor: Client) -> None:
    note = 'Ali Khan, “Water,” <em>Dawn</em>, March 4, 2020, <a href="https://e.org/">https://e.org/</a>.'
    shown = contributor.post(url("read"), {"note": note}).content.decode()
    assert 'value="Dawn"' in shown
    assert 'value="https://e.org/"' in shown


@pytest.mark.parametrize(
    "text",
    [
        "https://www.dawn.com/x/?utm_source=a",
        "The Water-War!",
        '[{"type": "book", "title": "Else", "DOI": "10.1234/ABC"}]',
    ],
)
def test_a_source_like_a_known_one_is_pointed_out(contributor: Client, text: str) -> None:
    known = make_source("The Water War", url="https://www.dawn.com/x", doi="10.1234/abc")
    make_source("A far cry", url="https://www.dawn.com/y")
    shown = contributor.post(url("read"), {"text": text}).content.decode()
    assert shown.count('type="radio"') == 2
    assert f'value="{known.pk}"' in shown
    assert "There is one like it already" in shown


def test_a_known_source_is_cited_instead_of_a_second_one(contributor: Client) -> None:
    known = make_source("The Water War")
    result = confirmed(contributor, [0], **{"c0-use": str(known.pk)})
    assert result["html"] == cite(known)
    assert Source.objects.count() == 1


def test_text_that_is_no_reference_is_offered_as_a_title(contributor: Client) -> None:
    shown = contributor.post(url("read"), {"text": "Some paper, https://e.org/a."}).content.decode()
    assert "Some paper</textarea>" in shown
    assert 'value="https://e.org/a"' in shown


def test_what_is_lacking_is_said_beside_its_field_and_nothing_is_stored(
    contributor: Client,
) -> None:
    data = {"parts": "[0, 1]", "c1-type": "book", "c1-title": " ", "c1-issued": "last year"} | NEW
    answer = contributor.post(url("make"), data)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "A date looks like 2025-03-24" in shown
    assert "The Water War</textarea>" in shown
    assert not Source.objects.exists()


@pytest.mark.parametrize("parts", ["", "[7]", "{}", "5", "[0, 0]", '[{"a": 1}, 1]', "[true, 0]"])
def test_what_was_not_shown_cannot_be_confirmed(contributor: Client, parts: str) -> None:
    answer = contributor.post(url("make"), {"parts": parts} | NEW)
    assert answer.status_code == 422
    assert not Source.objects.exists()


@pytest.mark.parametrize("use", ["nonsense", NOWHERE])
def test_a_known_source_that_is_gone_is_said_to_be(contributor: Client, use: str) -> None:
    answer = contributor.post(url("make"), {"parts": "[0]", "c0-use": use} | NEW)
    assert answer.status_code == 422
    assert "does not exist any more" in answer.content.decode()


def test_broken_records_get_a_sentence(contributor: Client) -> None:
    answer = contributor.post(url("read"), {"text": "@book{x, title={A"})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("No record could be read")


def test_notes_are_told_as_they_will_be_printed(contributor: Client) -> None:
    source = make_source("The Water War", url="https://dawn.com/x")
    given = [f"See {cite(source, 'p. 4')}", "Plain <em>words</em>", cite(source), "حاشیہ"]
    answer = contributor.post(url("notes"), {"note": given, "language": "en"}).json()
    first, second, third, fourth = answer["notes"]
    assert "The Water War" in first
    assert second == "Plain <em>words</em>"
    assert len(third) < len(first)
    assert fourth == '<span class="line" dir="rtl">حاشیہ</span>'
    assert answer["names"] == {str(source.pk): "The Water War"}


@pytest.mark.parametrize(
    "notes",
    [[f'<cite data-source="{NOWHERE}"></cite>'], ["a</span><span data-note>b"], ["x" * 2_000_001]],
)
def test_notes_that_cannot_be_printed_get_a_sentence(contributor: Client, notes: list[str]) -> None:
    answer = contributor.post(url("notes"), {"note": notes})
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")


def test_only_those_who_may_make_sources_ask() -> None:
    stranger = client_of(make_user())
    assert stranger.get(url("find")).status_code == 403
    for name in ("read", "make", "notes"):
        assert stranger.post(url(name)).status_code == 403
        assert client_of(make_user(group="Editors")).get(url(name)).status_code == 405
    assert Client().post(url("read")).status_code == 302
