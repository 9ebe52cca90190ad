"""Verbs at the desk: buttons, pages that ask, acts by POST alone."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from briefs import workflow
from briefs.models import Address, Brief, Edition, Institute, StageChange
from briefs.models.clock import database_now
from briefs.stages import VERBS, Stage
from tests.admin.desk import change_url, client_of, filled, verb_url
from tests.factories import approve, cite, make_brief, make_edition, make_source, make_user, note

pytestmark = pytest.mark.django_db


def stage_of(brief: Brief) -> str:
    brief.refresh_from_db()
    return brief.stage


@pytest.mark.parametrize("verb", VERBS)
def test_looking_at_a_verb_does_nothing(verb: str) -> None:
    brief = make_brief(stage=Stage.APPROVED)
    token = brief.token
    client_of(make_user(group="Publishers")).get(verb_url(brief, verb))
    assert stage_of(brief) == Stage.APPROVED
    assert brief.token == token
    assert not StageChange.objects.exclude(verb="approve").exists()


def test_buttons_are_the_verbs_that_this_person_may_use() -> None:
    brief = make_brief(stage=Stage.APPROVED)
    for group in ("Editors", "Publishers"):
        user = make_user(group=group)
        page = client_of(user).get(change_url(brief)).content.decode()
        names = {verb.name for verb in workflow.available(brief=brief, by=user)}
        assert names == {name for name in VERBS if f'name="_verb" value="{name}"' in page}
    assert "publish" in names


def test_a_verbs_button_saves_first_and_leads_to_the_verbs_page() -> None:
    brief = make_brief()
    client = client_of(make_user(group="Editors"))
    data = filled(brief, title="Better", _verb="submit")
    response = client.post(change_url(brief), data)
    assert response["Location"] == verb_url(brief, "submit")
    assert stage_of(brief) == Stage.DRAFT
    assert brief.title == "Better"


def test_an_editor_who_only_presses_buttons_may_still_approve() -> None:
    brief = make_brief(stage=Stage.IN_REVIEW)
    client = client_of(make_user(group="Editors"))
    response = client.post(change_url(brief), filled(brief, _verb="approve"))
    brief.refresh_from_db()
    response = client.post(response["Location"], {"seen": brief.token, "comment": "Good."})
    assert response["Location"] == change_url(brief)
    assert stage_of(brief) == Stage.APPROVED
    assert brief.stage_changes.get().comment == "Good."


def test_what_is_approved_is_what_was_looked_at() -> None:
    brief = make_brief(stage=Stage.IN_REVIEW)
    seen = brief.token
    client_of(make_user(group="Editors")).post(change_url(brief), filled(brief, title="New"))
    response = client_of(make_user(group="Editors")).post(
        verb_url(brief, "approve"), {"seen": seen, "comment": "As I read it."}
    )
    page = response.content.decode()
    assert "Someone else has changed this brief meanwhile" in page
    assert "As I read it." in page
    assert stage_of(brief) == Stage.IN_REVIEW


def test_a_button_pressed_twice_acts_once_and_says_that_it_is_done() -> None:
    brief = make_brief(stage=Stage.IN_REVIEW)
    client = client_of(make_user(group="Editors"))
    data = {"seen": brief.token}
    client.post(verb_url(brief, "approve"), data)
    response = client.post(verb_url(brief, "approve"), data, follow=True)
    assert "Approved." in response.content.decode()
    assert "meanwhile" not in response.content.decode()
    assert StageChange.objects.count() == 1


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_without_the_right_to_it_is_refused_in_a_sentence(verb: str) -> None:
    user = make_user(group="Contributors")
    brief = make_brief(by=user, stage=Stage.APPROVED)
    data = {"seen": brief.token, "comment": "Kept words.", "kind": "typo", "at": "2100-01-01T09:00"}
    response = client_of(user).post(verb_url(brief, verb), data)
    assert response.status_code == 200
    assert "Kept words." in response.content.decode()
    assert stage_of(brief) == Stage.APPROVED
    assert not StageChange.objects.exclude(verb="approve").exists()


def test_publishing_says_what_it_does_and_does_it() -> None:
    brief = make_brief(stage=Stage.APPROVED)
    client = client_of(make_user(group="Publishers"))
    page = client.get(verb_url(brief, "publish")).content.decode()
    assert "Readers will see it at once at http://localhost:8000/briefs/a-brief/" in page
    response = client.post(verb_url(brief, "publish"), {"seen": brief.token}, follow=True)
    assert "Published: edition 1 is at" in response.content.decode()
    assert Edition.objects.current().get().title == "A Brief"


def test_what_is_not_ready_is_refused_with_the_reason() -> None:
    brief = make_brief(stage=Stage.APPROVED, body="")
    client = client_of(make_user(group="Publishers"))
    response = client.post(verb_url(brief, "publish"), {"seen": brief.token})
    assert "it has no text" in response.content.decode()


def refused_buttons(page: str) -> dict[str, str]:
    """Label → the reason that the button points to."""
    found = re.findall(r'<button[^>]* aria-describedby="([-a-z]+)">([^<…]+)', page)
    return {label: re.search(rf'id="{reason}">([^<]+)<', page)[1] for reason, label in found}


def test_what_was_changed_after_the_approval_offers_no_publication_but_the_reason() -> None:
    source = make_source("Before")
    brief = make_brief(body=f"<p>a{note(cite(source))}</p>", stage=Stage.APPROVED)
    client = client_of(make_user(group="Publishers"))
    assert refused_buttons(client.get(change_url(brief)).content.decode()) == {}
    source.title = "After"
    source.save()
    page = client.get(change_url(brief)).content.decode()
    assert refused_buttons(page).keys() == {"Publish", "Schedule"}
    assert "changed after the approval" in refused_buttons(page)["Publish"]
    assert 'value="publish"' not in page
    response = client.get(verb_url(brief, "publish"), follow=True)
    assert response.redirect_chain == [(change_url(brief), 302)]


def test_a_save_that_changes_nothing_that_is_read_leaves_publication_possible() -> None:
    brief = make_brief(stage=Stage.APPROVED)
    client = client_of(make_user(group="Publishers"))
    client.post(change_url(brief), filled(brief, series_number="", topics="Late"))
    assert 'value="publish" class="main"' in client.get(change_url(brief)).content.decode()


def test_a_draft_that_lacks_something_says_so_beside_a_button_that_saves_first() -> None:
    brief = make_brief(authors=[])
    client = client_of(make_user(group="Editors"))
    page = client.get(change_url(brief)).content.decode()
    assert "no author in the byline" in refused_buttons(page)["Submit for review"]
    assert 'value="submit" class="unready"' in page
    response = client.post(change_url(brief), filled(brief, _verb="submit"), follow=True)
    assert response.redirect_chain[-1] == (change_url(brief), 302)


def test_a_time_is_on_the_clock_of_the_institute() -> None:
    Institute.objects.create(time_zone="Asia/Karachi")
    brief = make_brief(stage=Stage.APPROVED)
    client = client_of(make_user(group="Publishers"))
    data = {"seen": brief.token, "at": "2100-01-01T09:00"}
    client.post(verb_url(brief, "schedule"), data)
    assert Edition.objects.get().public_from == dt.datetime(2100, 1, 1, 4, tzinfo=dt.UTC)


@pytest.mark.parametrize("at", ["2000-01-01T09:00", "soon", ""])
def test_a_time_that_is_none_or_past_is_refused(at: str) -> None:
    brief = make_brief(stage=Stage.APPROVED)
    client = client_of(make_user(group="Publishers"))
    response = client.post(verb_url(brief, "schedule"), {"seen": brief.token, "at": at})
    assert response.status_code == 200
    assert stage_of(brief) == Stage.APPROVED


def test_a_correction_needs_its_kind_and_what_changed() -> None:
    brief = make_brief()
    make_edition(brief)
    approve(brief)
    brief.refresh_from_db()
    client = client_of(make_user(group="Publishers"))
    data = {"seen": brief.token, "kind": "correction", "comment": ""}
    client.post(verb_url(brief, "correct"), data)
    assert stage_of(brief) == Stage.APPROVED
    client.post(verb_url(brief, "correct"), data | {"comment": "A figure was wrong."})
    assert Edition.objects.current().get().change_note == "A figure was wrong."


def test_a_withdrawal_needs_a_notice() -> None:
    brief = make_brief()
    make_edition(brief)
    brief.refresh_from_db()
    client = client_of(make_user(group="Publishers"))
    client.post(verb_url(brief, "withdraw"), {"seen": brief.token, "comment": " "})
    assert stage_of(brief) == Stage.PUBLISHED
    client.post(verb_url(brief, "withdraw"), {"seen": brief.token, "comment": "Out of date."})
    assert stage_of(brief) == Stage.WITHDRAWN


def test_a_published_address_is_changed_by_a_verb_and_not_in_the_form() -> None:
    brief = make_brief()
    make_edition(brief)
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.DRAFT)
    client = client_of(make_user(group="Publishers"))
    client.post(change_url(brief), filled(brief, title="New", slug="forged"))
    brief = Brief.objects.get()
    assert (brief.title, brief.slug) == ("New", "a-brief")
    client.post(change_url(brief, "address"), {"slug": "early", "seen": "an earlier token"})
    assert Brief.objects.get().slug == "a-brief"
    client.post(change_url(brief, "address"), {"slug": "another", "seen": brief.token})
    assert Brief.objects.get().slug == "another"
    editor = client_of(make_user(group="Editors"))
    token = Brief.objects.get().token
    editor.post(change_url(brief, "address"), {"slug": "third", "seen": token})
    assert Brief.objects.get().slug == "another"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stub_typesetting")
def test_an_address_that_was_only_scheduled_is_changed_by_the_verb_too() -> None:
    publisher = make_user(group="Publishers")
    brief = make_brief(stage=Stage.APPROVED, slug="early")
    workflow.schedule(brief=brief, by=publisher, at=database_now() + dt.timedelta(days=1))
    workflow.cancel(brief=brief, by=publisher)
    for group in ("Editors", "Publishers"):
        data = filled(brief, title=f"By {group}", slug="forged")
        response = client_of(make_user(group=group)).post(change_url(brief), data)
        assert response.status_code == 302
        assert (Brief.objects.get().title, Brief.objects.get().slug) == (f"By {group}", "early")
    client = client_of(publisher)
    assert change_url(brief, "address") in client.get(change_url(brief)).content.decode()
    brief.refresh_from_db()
    client.post(change_url(brief, "address"), {"slug": "late", "seen": brief.token})
    assert Brief.objects.get().slug == "late"
    assert Address.objects.filter(slug="early", current=False).exists()


def test_a_scheduled_brief_whose_time_has_come_is_shown_as_published() -> None:
    brief = make_brief()
    make_edition(brief)
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.SCHEDULED)
    client = client_of(make_user(group="Publishers"))
    assert 'class="stage published"' in client.get(change_url(brief)).content.decode()
    listed = client.get(reverse("admin:briefs_brief_changelist") + "?stage=published")
    assert "A Brief" in listed.content.decode()
    waiting = client.get(reverse("admin:briefs_brief_changelist") + "?stage=scheduled")
    assert "A Brief" not in waiting.content.decode()


def test_verbs_need_the_token_of_the_session() -> None:
    brief = make_brief(stage=Stage.IN_REVIEW)
    client = client_of(make_user(group="Editors"))
    client.handler.enforce_csrf_checks = True
    response = client.post(verb_url(brief, "approve"), {"seen": brief.token})
    assert response.status_code == 403
    assert "Please send it again" in response.content.decode()
    assert stage_of(brief) == Stage.IN_REVIEW


def test_an_old_form_with_another_time_is_no_second_press() -> None:
    brief = make_brief(stage=Stage.APPROVED)
    client = client_of(make_user(group="Publishers"))
    data = {"seen": brief.token, "at": "2100-01-01T09:00"}
    client.post(verb_url(brief, "schedule"), data)
    again = client.post(verb_url(brief, "schedule"), data)
    assert again.status_code == 302
    other = client.post(verb_url(brief, "schedule"), data | {"at": "2120-01-01T09:00"})
    assert "meanwhile" in other.content.decode()
    assert Edition.objects.get().public_from.year == 2100


def test_who_wrote_the_text_sees_why_approval_is_not_theirs() -> None:
    brief, user = make_brief(stage=Stage.IN_REVIEW), make_user(group="Editors")
    client = client_of(user)
    client.post(change_url(brief), filled(brief, title="Mine now"))
    page = client.get(change_url(brief)).content.decode()
    assert 'value="approve"' not in page
    assert "someone else must approve it" in page
    refused = client.get(verb_url(brief, "approve"), follow=True).content.decode()
    assert refused.count("someone else must approve it") == 2


def test_who_returns_a_brief_says_why_and_its_author_reads_it_first() -> None:
    author = make_user(group="Contributors")
    brief = make_brief(by=author, stage=Stage.IN_REVIEW)
    client = client_of(make_user(group="Editors"))
    client.post(verb_url(brief, "return"), {"seen": brief.token, "comment": ""})
    assert stage_of(brief) == Stage.IN_REVIEW
    client.post(verb_url(brief, "return"), {"seen": brief.token, "comment": "Shorter, please."})
    assert stage_of(brief) == Stage.DRAFT
    front = client_of(author).get(reverse("admin:index")).content.decode()
    assert "Returned to you" in front
    assert "Shorter, please." in front
    form = client_of(author).get(change_url(brief)).content.decode()
    assert '<h2 id="returned">' in form


@pytest.mark.parametrize(("group", "told"), [("Contributors", True), ("Publishers", False)])
def test_only_who_loses_the_text_by_submitting_it_is_told_so(group: str, told: bool) -> None:
    user = make_user(group=group)
    page = client_of(user).get(verb_url(make_brief(by=user), "submit")).content.decode()
    assert ("not change it" in page) is told


def test_what_stands_already_is_told_as_that_and_not_as_impossible() -> None:
    brief = make_brief(stage=Stage.APPROVED)
    client, token = client_of(make_user(group="Publishers")), brief.token
    client.post(verb_url(brief, "publish"), {"seen": token})
    assert "Already published." in client.get(verb_url(brief, "publish"), follow=True).text
    other = client_of(make_user(group="Publishers"))
    response = other.post(verb_url(brief, "publish"), {"seen": token}, follow=True)
    assert "Already published." in response.text
    assert "changed this brief meanwhile" not in response.text
    revise = client.get(verb_url(brief, "cancel"), follow=True).text
    assert "“Cancel schedule” is not possible: the brief is published." in revise


def test_before_its_time_an_edition_is_told_of_without_a_link() -> None:
    brief = make_brief(stage=Stage.APPROVED)
    client = client_of(make_user(group="Publishers"))
    data = {"seen": brief.token, "at": "2100-01-01T09:00"}
    page = client.post(verb_url(brief, "schedule"), data, follow=True).content.decode()
    said = "Scheduled: edition 1 will be public on 1 Jan 2100, 09:00"
    assert said in page
    assert "at http://localhost:8000/briefs/a-brief/" in page
    assert 'href="http://localhost:8000/briefs/a-brief/"' not in page
    assert "edition 1 will be public on 1 Jan 2100, 09:00</span>" in page
