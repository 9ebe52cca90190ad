import pytest
from django.db import IntegrityError

from briefs.models import Address, Author, slugs
from briefs.models.slugs import create_with_slug, slug_from
from tests.factories import make_author, make_brief

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Éric Ożóg", "eric-ozog"), ("平和", "pinghe"), ("…", "x"), ("word " * 40, "word-" * 20)],
)
def test_a_slug_is_ascii_at_whole_words(text: str, slug: str) -> None:
    assert slug_from(text, fallback="x").startswith(slug[:99].rstrip("-"))
    assert len(slug_from(text, fallback="x")) <= 100


def test_rows_of_one_name_get_numbered_slugs() -> None:
    rows = [create_with_slug(Author, "Ada", fallback="x", name="Ada") for _ in range(3)]
    assert [row.slug for row in rows] == ["ada", "ada-2", "ada-3"]


def test_whoever_was_faster_keeps_the_slug(monkeypatch: pytest.MonkeyPatch) -> None:
    make_author("Ada", slug="ada")
    real, answers = slugs.free_slug, iter(["ada"])
    monkeypatch.setattr(
        slugs, "free_slug", lambda *args, **named: next(answers, None) or real(*args, **named)
    )
    assert create_with_slug(Author, "Ada", fallback="x", name="Ada").slug == "ada-2"


def test_another_refusal_than_the_slugs_is_not_tried_again() -> None:
    make_author("Ada", slug="ada", email="ada@example.org")
    with pytest.raises(IntegrityError):
        create_with_slug(Author, "Bea", fallback="x", name="Bea", email="ADA@example.org")
    assert Author.objects.count() == 1


def test_a_slug_that_is_always_taken_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    brief = make_brief(slug="taken")
    monkeypatch.setattr(slugs, "free_slug", lambda *args, **named: "taken")
    with pytest.raises(IntegrityError):
        create_with_slug(Address, "x", fallback="x", brief=brief, current=False)
