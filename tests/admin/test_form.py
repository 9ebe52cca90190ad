"""The form in which a brief is written."""

import pytest
from django.urls import reverse

from briefs.models import Address, Brief, Contribution
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled, verb_url
from tests.factories import cite, make_author, make_brief, make_source, make_topic, make_user, note

pytestmark = pytest.mark.django_db


def test_a_contributor_begins_a_brief_with_an_address_of_its_own() -> None:
    user = make_user(group="Contributors")
    data = filled(make_brief(title="Model", by=user)) | {
        "title": "Une Réforme",
        "seen": "",
        "slug": "",
        "bylines-INITIAL_FORMS": 0,
        "bylines-TOTAL_FORMS": 0,
    }
    response = client_of(user).post(reverse("admin:briefs_brief_add"), data)
    brief = Brief.objects.get(title="Une Réforme")
    assert response["Location"] == change_url(brief)
    assert (brief.created_by, brief.stage, brief.slug) == (user, Stage.DRAFT, "une-reforme")
    assert Contribution.objects.filter(brief=brief, user=user).exists()


def test_who_has_no_note_is_told_how_to_write_one() -> None:
    client = client_of(make_user(group="Editors"))
    told = "None yet. Put the caret where a note is called"
    assert told in client.get(reverse("admin:briefs_brief_add")).content.decode()


def test_a_saved_text_keeps_its_notes_and_says_who_wrote() -> None:
    user = make_user(group="Editors")
    body = f"<p>Words.{note('See ' + cite(make_source(), 'p. 4') + '.')} More.</p>"
    brief = make_brief(body=body)
    response = client_of(user).post(
        change_url(brief), filled(brief, body=body.replace("Words", "Other words"))
    )
    assert response.status_code == 302
    brief.refresh_from_db()
    assert brief.body == body.replace("Words", "Other words")
    assert brief.citations.count() == 1
    assert brief.is_written_by(user)


def test_saving_nothing_changes_nothing_and_makes_nobody_an_author() -> None:
    user = make_user(group="Editors")
    brief = make_brief(summary="One line.\nAnother.", body="<p>a</p>\n<p>b</p>")
    token = brief.token
    data = filled(brief, summary="One line.\r\nAnother.", body="<p>a</p>\r\n<p>b</p>")
    client_of(user).post(change_url(brief), data)
    brief.refresh_from_db()
    assert brief.token == token
    assert not brief.is_written_by(user)


def test_a_changed_byline_alone_counts_as_writing() -> None:
    user = make_user(group="Editors")
    brief = make_brief()
    token = brief.token
    client_of(user).post(change_url(brief), filled(brief) | {"bylines-0-role": "Fellow"})
    brief.refresh_from_db()
    assert brief.token != token
    assert brief.is_written_by(user)
    assert brief.bylines.get().role == "Fellow"


def test_byline_rows_are_numbered_in_the_order_given_and_new_ones_come_last() -> None:
    user = make_user(group="Editors")
    first, second, third = (make_author(name) for name in ("Ann", "Bob", "Cy"))
    brief = make_brief(authors=[first, second])
    data = filled(brief) | {
        "bylines-TOTAL_FORMS": 3,
        "bylines-0-position": 7,
        "bylines-1-position": 2,
        "bylines-2-brief": brief.pk,
        "bylines-2-author": third.pk,
    }
    response = client_of(user).post(change_url(brief), data)
    assert response.status_code == 302
    assert [row.author.name for row in brief.bylines.all()] == ["Bob", "Ann", "Cy"]


def test_moving_one_row_moves_the_others_too() -> None:
    brief = make_brief(authors=[make_author(name) for name in ("Ann", "Bob", "Cy")])
    for position, row in enumerate(brief.bylines.all(), start=1):
        row.position = position
        row.save()
    data = filled(brief) | {"bylines-2-position": 0}
    client_of(make_user(group="Editors")).post(change_url(brief), data)
    assert [row.author.name for row in brief.bylines.all()] == ["Cy", "Ann", "Bob"]


def test_a_save_on_top_of_another_is_refused_and_the_text_stays_in_the_form() -> None:
    user = make_user("dana", group="Editors")
    brief = make_brief()
    mine = filled(brief, body="<p>What I typed for an hour.</p>")
    other = make_user("omar", group="Editors")
    client_of(other).post(change_url(brief), filled(brief, body="<p>What Omar wrote.</p>"))
    response = client_of(user).post(change_url(brief), mine)
    page = response.content.decode()
    assert response.status_code == 200
    assert "What I typed for an hour." in page
    assert "omar saved this brief on" in page
    assert 'href="#id_body"' in page
    assert "What Omar wrote." in page
    assert 'href="#id_title"' not in page
    brief.refresh_from_db()
    assert brief.body == "<p>What Omar wrote.</p>"


def test_ones_own_other_window_is_not_somebody_else_nor_an_error_below() -> None:
    brief, client = make_brief(), client_of(make_user("dana", group="Editors"))
    mine = filled(brief, body="<p>From the first window.</p>")
    client.post(change_url(brief), filled(brief, body="<p>From the second.</p>"))
    page = client.post(change_url(brief), mine).content.decode()
    assert "You saved this brief in another window on" in page
    assert "dana saved" not in page
    assert "theirs" not in page
    assert "Please correct" not in page
    assert "From the first window." in page
    wrong = client.post(change_url(brief), mine | {"title": ""}).content.decode()
    assert "Please correct the errors below." in wrong


def test_mine_is_saved_over_theirs_only_when_theirs_was_shown() -> None:
    user = make_user(group="Editors")
    brief = make_brief()
    mine = filled(brief, body="<p>Mine.</p>")
    for words in ("Theirs.", "Theirs again."):
        shown = Brief.objects.get().token
        other = client_of(make_user(group="Editors"))
        other.post(change_url(brief), filled(brief, body=f"<p>{words}</p>"))
    client = client_of(user)
    client.post(change_url(brief), mine | {"over": shown})
    assert Brief.objects.get().body == "<p>Theirs again.</p>"
    client.post(change_url(brief), mine | {"over": Brief.objects.get().token})
    assert Brief.objects.get().body == "<p>Mine.</p>"


def test_a_text_typed_while_the_brief_was_closed_comes_back_unsaved() -> None:
    user = make_user(group="Contributors")
    brief = make_brief(by=user)
    client = client_of(user)
    mine = filled(brief, body="<p>Typed meanwhile.</p>")
    client.post(verb_url(brief, "submit"), {"seen": brief.token})
    response = client.post(change_url(brief), mine)
    assert response.status_code == 200
    assert "Typed meanwhile." in response.content.decode()
    brief.refresh_from_db()
    assert (brief.stage, brief.body) == (Stage.IN_REVIEW, "<p>Some words.</p>")


@pytest.mark.parametrize("stage", [Stage.SCHEDULED, Stage.PUBLISHED, Stage.WITHDRAWN])
def test_nobody_edits_what_is_closed_and_the_page_says_what_opens_it(stage: Stage) -> None:
    user = make_user(group="Publishers")
    brief = make_brief(stage=stage)
    client = client_of(user)
    page = client.get(change_url(brief)).content.decode()
    assert 'class="closed"' in page
    assert 'name="title"' not in page
    client.post(change_url(brief), filled(brief, title="Forged"))
    brief.refresh_from_db()
    assert brief.title == "A Brief"


def test_fields_that_are_nobodys_to_set_are_ignored() -> None:
    user = make_user(group="Contributors")
    brief = make_brief(by=user)
    forged = {"stage": "published", "created_by": make_user().pk, "token": "mine"}
    client_of(user).post(change_url(brief), filled(brief, title="Mine") | forged)
    brief.refresh_from_db()
    assert (brief.title, brief.stage, brief.created_by) == ("Mine", Stage.DRAFT, user)
    assert brief.token != "mine"


def test_a_row_of_anothers_byline_cannot_be_taken_or_deleted() -> None:
    user = make_user(group="Contributors")
    brief, other = make_brief(by=user), make_brief(title="Another")
    row = other.bylines.get()
    data = filled(brief) | {"bylines-0-id": row.pk, "bylines-0-DELETE": "on"}
    client_of(user).post(change_url(brief), data)
    assert other.bylines.get() == row
    moved = filled(brief) | {"bylines-0-id": row.pk, "bylines-0-role": "Forged"}
    assert client_of(user).post(change_url(brief), moved).status_code == 200
    assert other.bylines.get().role == ""


def test_a_contributor_names_topics_but_makes_none() -> None:
    user = make_user(group="Contributors")
    brief = make_brief(by=user)
    editor = client_of(make_user(group="Editors"))
    editor.post(change_url(brief), filled(brief, topics="Trade"))
    page = client_of(user).post(change_url(brief), filled(brief, topics="Trade, Gossip"))
    assert "There is no topic “Gossip” yet" in page.content.decode()
    client_of(user).post(change_url(brief), filled(brief, topics="trade"))
    assert [topic.name for topic in brief.topics.all()] == ["Trade"]


def test_all_unknown_topics_are_told_at_once_and_those_that_exist_are_shown() -> None:
    user = make_user(group="Contributors")
    brief = make_brief(by=user)
    make_topic("Trade <b>& Transit</b>")
    page = client_of(user).post(change_url(brief), filled(brief, topics="Gossip, Rumour, Hearsay"))
    assert "There are no topics “Gossip”, “Hearsay” and “Rumour” yet" in page.content.decode()
    help_text = page.content.decode().partition("Topics in use</summary>")[2]
    assert help_text.startswith("Trade &lt;b&gt;&amp; Transit&lt;/b&gt;</details>")


def test_an_address_is_free_until_it_was_published_and_never_anothers() -> None:
    user = make_user(group="Editors")
    brief = make_brief()
    make_brief(title="Taken")
    client = client_of(user)
    response = client.post(change_url(brief), filled(brief, slug="taken"))
    assert "Another brief has or had this address." in response.content.decode()
    client.post(change_url(brief), filled(brief, slug="better"))
    assert Address.objects.of(brief).slug == "better"
    assert brief.addresses.count() == 1


def test_a_note_of_a_source_that_is_gone_is_refused_in_a_sentence() -> None:
    user = make_user(group="Editors")
    brief, source = make_brief(), make_source()
    body = f"<p>Words.{note(cite(source))}</p>"
    source.delete()
    response = client_of(user).post(change_url(brief), filled(brief, body=body))
    assert "cites a source that does not exist any more" in response.content.decode()


def test_script_in_a_title_and_a_text_is_shown_as_text_or_taken_out() -> None:
    user = make_user(group="Editors")
    brief = make_brief(title="<script>alert(1)</script>")
    client = client_of(user)
    client.post(change_url(brief), filled(brief, body='<p onclick="x()">a<script>b</script></p>'))
    brief.refresh_from_db()
    assert brief.body == "<p>a</p>"
    for url in (change_url(brief), reverse("admin:index"), change_url(brief, "history")):
        assert "<script>alert" not in client.get(url).content.decode()


def test_a_brief_with_a_history_is_never_deleted_and_the_desk_says_why() -> None:
    user = make_user(group="Editors")
    brief = make_brief(by=user)
    client = client_of(user)
    client.post(verb_url(brief, "submit"), {"seen": brief.token})
    response = client.post(change_url(brief, "delete"), {"post": "yes"}, follow=True)
    assert "A brief with a history is never deleted." in response.content.decode()
    assert Brief.objects.filter(pk=brief.pk).exists()


def test_a_draft_without_a_history_may_be_deleted_by_an_editor() -> None:
    user = make_user(group="Editors")
    brief = make_brief(by=user)
    client_of(user).post(change_url(brief, "delete"), {"post": "yes"})
    assert not Brief.objects.filter(pk=brief.pk).exists()
