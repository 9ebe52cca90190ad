"""Two people save one brief: each sees what the other did, and nothing is lost."""

import pytest

from briefs.models import Brief, User
from tests.admin.desk import change_url, client_of, filled
from tests.factories import make_author, make_brief, make_user

pytestmark = pytest.mark.django_db
TEXT = "<p>The first paragraph of it.</p><p>The second paragraph of it.</p>"


@pytest.fixture
def brief() -> Brief:
    return make_brief(body=TEXT, authors=[make_author("Ann")], topics=("Trade",))


@pytest.fixture
def dana() -> User:
    return make_user("dana", group="Editors")


def overtaken(brief: Brief, by: User, **mine: object) -> tuple[dict[str, object], str]:
    """What `by` sent after Omar had saved, and the page that came back."""
    sent = filled(brief, **mine)
    theirs = {"body": TEXT.replace("second", "next"), "subtitle": "By Omar"}
    omar = make_user("omar", group="Editors")
    client_of(omar).post(change_url(brief), filled(brief, **theirs))
    return sent, client_of(by).post(change_url(brief), sent).content.decode()


def parts(page: str) -> tuple[str, str, str]:
    """What they changed, what I changed, and what keeping mine would change."""
    theirs, _, rest = page.partition('id="typed-here"')
    mine, _, between = rest.partition('class="between"')
    return theirs.partition('id="saved-since"')[2], mine, between.partition("</details>\n")[0]


def test_what_they_changed_and_what_i_changed_are_told_apart(brief: Brief, dana: User) -> None:
    _, page = overtaken(brief, dana, body=TEXT.replace("first", "opening"), topics="Trade, War")
    theirs, mine, between = parts(page)
    assert ">next<" in theirs and ">opening<" not in theirs and "By Omar" in theirs
    assert ">opening<" in mine and ">next<" not in mine and "War" in mine
    assert "By Omar" not in mine and "Byline" not in mine
    assert ">opening<" in between and ">second<" in between and "By Omar" in between


def test_mine_is_kept_on_top_of_theirs_and_theirs_stays_a_revision(
    brief: Brief, dana: User
) -> None:
    sent, page = overtaken(brief, dana, title="Mine")
    token = Brief.objects.get().token
    assert f'name="over" value="{token}"' in page
    client_of(dana).post(change_url(brief), sent | {"over": token})
    brief.refresh_from_db()
    assert (brief.title, brief.subtitle) == ("Mine", "")
    assert [kept.changes for kept in brief.revisions.all()] == [
        "+1 −1 words, title, subtitle",
        "+1 −1 words, subtitle",
        "",
    ]


def test_theirs_is_taken_and_mine_stays_at_hand_with_its_notes(brief: Brief, dana: User) -> None:
    body = '<p>Mine<span data-note="">A note of mine</span> alone.<script>x()</script></p>'
    sent, _ = overtaken(brief, dana, title="My title", body=body)
    token = Brief.objects.get().token
    response = client_of(dana).post(change_url(brief), sent | {"_take": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'name="seen" value="{token}"' in page
    assert 'value="By Omar"' in page
    assert "Two versions" not in page
    typed = page.partition('id="typed"')[2].partition("</section>")[0]
    assert "My title" in typed and "Ann" in typed
    assert '<p>Mine<span data-note="">A note of mine</span> alone.</p>' in typed
    assert Brief.objects.get().token == token


def test_where_what_was_opened_is_not_known_yours_is_held_against_the_saved(
    brief: Brief, dana: User
) -> None:
    sent = filled(brief, title="Mine")
    brief.title = "Theirs"
    brief.save()
    page = client_of(dana).post(change_url(brief), sent).content.decode()
    assert 'id="saved-since"' not in page
    assert "What keeping yours would change in the saved text" in page
    assert "Theirs" in page and "Mine" in page


def test_a_field_that_cannot_be_read_is_told_beside_it_and_not_compared(
    brief: Brief, dana: User
) -> None:
    _, page = overtaken(brief, dana, dated="soon", topics="Trade")
    assert "Enter a valid date." in page
    assert "Two versions of this brief" in page
    assert 'href="#id_dated"' not in parts(page)[1]


def test_a_field_of_the_wrong_kind_takes_nothing_down(brief: Brief, dana: User) -> None:
    sent, _ = overtaken(brief, dana)
    sent |= {"bylines-0-author": "9" * 30, "_take": "1", "body": "<p>" + "a" * 10}
    assert client_of(dana).post(change_url(brief), sent).status_code == 200
