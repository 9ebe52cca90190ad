"""Who sees and does what at the desk, also with forged requests."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from briefs.models import Author, Brief, Contribution, Source, User
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled, read_to_end, verb_url
from tests.factories import (
    cite,
    make_author,
    make_brief,
    make_edition,
    make_source,
    make_topic,
    make_user,
    note,
)

pytestmark = pytest.mark.django_db

PAGES = ("change", "history", "delete", "preview", "preview_pdf", "preview_cover", "address")
SECRET = "Unspeakable"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_brief_is_not_found_and_not_named(page: str, method: str) -> None:
    brief = make_brief(title=SECRET)
    client = client_of(make_user(group="Contributors"))
    response = getattr(client, method)(change_url(brief, page))
    assert response.status_code in (403, 404, 405)
    assert SECRET not in response.content.decode()


def test_anothers_brief_takes_no_verb() -> None:
    brief = make_brief(title=SECRET)
    client = client_of(make_user(group="Contributors"))
    response = client.post(verb_url(brief, "submit"), {"seen": brief.token})
    assert response.status_code == 404
    brief.refresh_from_db()
    assert brief.stage == Stage.DRAFT


def test_lists_and_front_page_name_only_what_one_may_open() -> None:
    make_brief(title=SECRET)
    user = make_user(group="Contributors")
    make_brief(title="Mine", by=user)
    bylined = make_brief(title="Bylined", authors=[make_author(user=user)])
    client = client_of(user)
    for url in (reverse("admin:index"), reverse("admin:briefs_brief_changelist") + "?q=e"):
        page = client.get(url).content.decode()
        assert SECRET not in page
        assert "Mine" in page
        assert bylined.title in page


@pytest.mark.parametrize("group", [None, "Administrators"])
def test_those_without_a_part_in_briefs_get_none(group: str | None) -> None:
    brief = make_brief(title=SECRET)
    client = client_of(make_user(group=group))
    assert SECRET not in client.get(reverse("admin:index")).content.decode()
    for url in (
        reverse("admin:briefs_brief_changelist"),
        reverse("admin:briefs_brief_add"),
        reverse("admin:briefs_brief_manuscript"),
        change_url(brief),
        change_url(brief, "preview"),
    ):
        response = client.get(url)
        assert response.status_code in (403, 404)
        assert SECRET not in response.content.decode()


def test_the_desk_is_closed_to_visitors() -> None:
    brief = make_brief()
    outsider = make_user(group="Editors")
    User.objects.filter(pk=outsider.pk).update(is_staff=False)
    for url in (reverse("admin:index"), change_url(brief), change_url(brief, "preview")):
        response = client_of(outsider).get(url)
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]


def test_there_are_no_bulk_actions() -> None:
    brief = make_brief()
    data = {"action": "delete_selected", "_selected_action": [brief.pk], "post": "yes"}
    for group in ("Contributors", "Publishers"):
        client_of(make_user(group=group)).post(reverse("admin:briefs_brief_changelist"), data)
    assert Brief.objects.filter(pk=brief.pk).exists()


def autocomplete(user: User, field: str, model: str) -> int:
    query = {"app_label": "briefs", "model_name": model, "field_name": field, "term": "a"}
    return client_of(user).get(reverse("admin:autocomplete"), query).status_code


def test_choosers_answer_those_who_may_see_what_is_chosen() -> None:
    make_author()
    contributor, administrator = make_user(group="Contributors"), make_user(group="Administrators")
    assert autocomplete(contributor, "author", "byline") == 200
    assert autocomplete(contributor, "centre", "brief") == 200
    assert autocomplete(administrator, "author", "byline") == 403
    assert autocomplete(contributor, "created_by", "brief") == 403


@pytest.mark.parametrize("model", ["centre", "series", "topic"])
def test_a_contributor_may_look_at_people_and_subjects_but_not_change_them(model: str) -> None:
    author = make_author()
    make_topic("Trade")
    client = client_of(make_user(group="Contributors"))
    assert client.get(reverse(f"admin:briefs_{model}_changelist")).status_code == 200
    assert client.post(reverse(f"admin:briefs_{model}_add"), {"name": "x"}).status_code == 403
    response = client.post(reverse("admin:briefs_author_change", args=[author.pk]), {"name": "x"})
    assert response.status_code == 403
    assert Author.objects.get().name == author.name


def test_a_contributor_does_not_edit_what_was_submitted_and_an_editor_does() -> None:
    user = make_user(group="Contributors")
    brief = make_brief(by=user, stage=Stage.IN_REVIEW)
    assert 'name="title"' not in client_of(user).get(change_url(brief)).content.decode()
    client_of(user).post(change_url(brief), filled(brief, title="Forged"))
    brief.refresh_from_db()
    assert brief.title == "A Brief"
    editor = client_of(make_user(group="Editors"))
    editor.post(change_url(brief), filled(brief, title="Better"))
    brief.refresh_from_db()
    assert brief.title == "Better"


def test_scheduled_editions_of_others_stay_unseen() -> None:
    user = make_user(group="Contributors")
    public = make_edition(title="Public one")
    hidden = make_edition(title=SECRET, public_from=public.public_from.replace(year=2100))
    client = client_of(user)
    page = client.get(reverse("admin:briefs_edition_changelist")).content.decode()
    assert "Public one" in page
    assert SECRET not in page
    for name in ("change", "pdf"):
        for edition, status in ((hidden, 404), (public, 200)):
            response = client.get(reverse(f"admin:briefs_edition_{name}", args=[edition.pk]))
            read_to_end(response)
            assert response.status_code == status


def test_no_row_leads_to_an_address_that_one_may_not_know() -> None:
    make_edition(make_brief(title=SECRET, topics=("peace",)))
    clients = [client_of(make_user(group="Contributors")), client_of(make_user(is_superuser=True))]
    for model in apps.get_models():
        kind, row = ContentType.objects.get_for_model(model), model._base_manager.first()
        for client in clients:
            response = client.get(f"/admin/r/{kind.pk}/{row.pk if row else 1}/")
            assert response.status_code == 404, model


def test_editions_cannot_be_changed_by_anybody() -> None:
    edition = make_edition()
    superuser = make_user(is_superuser=True)
    url = reverse("admin:briefs_edition_change", args=[edition.pk])
    assert client_of(superuser).post(url, {"title": "Forged"}).status_code == 403
    url = reverse("admin:briefs_edition_delete", args=[edition.pk])
    assert client_of(superuser).post(url, {"post": "yes"}).status_code == 403


def test_a_source_names_only_the_drafts_that_one_may_open() -> None:
    source = make_source()
    make_brief(title=SECRET, body=f"<p>x{note(cite(source))}</p>")
    url = reverse("admin:briefs_source_change", args=[source.pk])
    page = client_of(make_user(group="Contributors")).get(url).content.decode()
    assert SECRET not in page
    assert "1 draft that you may not open" in page
    assert SECRET in client_of(make_user(group="Editors")).get(url).content.decode()


def test_who_changes_a_source_approves_no_draft_that_cites_it() -> None:
    source = make_source("Before")
    body = f"<p>x{note(cite(source))} y{note(cite(source))}</p>"
    cited = {stage: make_brief(f"In {stage}", body=body, stage=stage) for stage in Stage}
    other, user = make_brief(stage=Stage.IN_REVIEW), make_user(group="Editors")
    url = reverse("admin:briefs_source_change", args=[source.pk])
    data = {"type": source.type, "url": source.url}
    client_of(user).post(url, data | {"title": "Before"})
    assert not Contribution.objects.filter(user=user).exists()
    client_of(user).post(url, data | {"title": "After"})
    noted = {stage for stage, brief in cited.items() if brief.is_written_by(user)}
    assert noted == {Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED}
    review = client_of(user)
    for brief, stage in ((cited[Stage.IN_REVIEW], Stage.IN_REVIEW), (other, Stage.APPROVED)):
        brief.refresh_from_db()
        review.post(verb_url(brief, "approve"), {"seen": brief.token})
        brief.refresh_from_db()
        assert brief.stage == stage


def test_a_source_in_use_is_not_deleted() -> None:
    source = make_source()
    make_brief(body=f"<p>x{note(cite(source))}</p>")
    url = reverse("admin:briefs_source_delete", args=[source.pk])
    assert client_of(make_user(group="Editors")).post(url, {"post": "yes"}).status_code == 403
    assert Source.objects.exists()


def test_an_administrator_makes_no_superuser_and_touches_none() -> None:
    administrator, superuser = make_user(group="Administrators"), make_user(is_superuser=True)
    client = client_of(administrator)
    own = reverse("admin:briefs_user_change", args=[administrator.pk])
    client.post(own, {"username": "me", "is_superuser": "on", "is_staff": "on", "is_active": "on"})
    administrator.refresh_from_db()
    assert (administrator.username, administrator.is_superuser) == ("me", False)
    above = reverse("admin:auth_user_password_change", args=[superuser.pk])
    assert client.post(above, {"password1": "x", "password2": "x"}).status_code == 403
    url = reverse("admin:briefs_user_change", args=[superuser.pk])
    assert client.post(url, {"username": "taken"}).status_code == 403


def test_the_institute_is_the_administrators() -> None:
    url = reverse("admin:briefs_institute_change", args=[1])
    assert client_of(make_user(group="Publishers")).get(url).status_code == 403
    assert client_of(make_user(group="Administrators")).get(url).status_code == 200
    superuser = client_of(make_user(is_superuser=True))
    assert superuser.get(reverse("admin:briefs_institute_add")).status_code == 403
    assert superuser.post(reverse("admin:briefs_institute_delete", args=[1])).status_code == 403


def test_an_editor_does_not_unlink_a_log_in_to_approve_their_own_work() -> None:
    user = make_user(group="Editors")
    author = make_author(user=user)
    data = {"name": author.name, "slug": author.slug, "user": ""}
    client_of(user).post(reverse("admin:briefs_author_change", args=[author.pk]), data)
    author.refresh_from_db()
    assert author.user == user


def test_a_contributor_changes_a_source_only_while_all_that_cites_it_is_theirs() -> None:
    user, source = make_user(group="Contributors"), make_source("Shared")
    make_brief(by=user, body=f"<p>a{note(cite(source))}</p>")
    client, url = client_of(user), reverse("admin:briefs_source_change", args=[source.pk])
    assert 'name="title"' in client.get(url).content.decode()
    make_brief("Other", body=f"<p>b{note(cite(source))}</p>")
    page = client.get(url).content.decode()
    assert 'name="title"' not in page
    assert "only an editor changes it" in page
    assert client.post(url, {"title": "Forged"}).status_code == 403


@pytest.mark.parametrize("model", ["author", "centre", "series"])
def test_lists_do_not_tell_of_drafts_that_one_may_not_open(model: str) -> None:
    hidden = make_brief("Hidden")
    client = client_of(make_user(group="Contributors"))
    listed = client.get(reverse(f"admin:briefs_{model}_changelist"), {"briefs": hidden.pk})
    assert listed.status_code == 400


def test_a_question_that_no_database_can_be_asked_is_dropped() -> None:
    client = client_of(make_user(group="Editors"))
    url = reverse("admin:briefs_edition_changelist")
    assert client.get(url, {"kind__exact": "\x00"})["Location"] == url


def test_who_has_worked_here_is_made_inactive_and_not_deleted() -> None:
    administrator, writer = make_user(group="Administrators"), make_user(group="Contributors")
    client, idle = client_of(administrator), make_user()
    make_brief(by=writer)
    for user, status in ((writer, 403), (idle, 302)):
        url = reverse("admin:briefs_user_delete", args=[user.pk])
        assert client.post(url, {"post": "yes"}).status_code == status
    assert User.objects.filter(pk=writer.pk).exists()


@pytest.mark.parametrize("value", ["[NaN]", "[1e400]", "[" * 100000, '["\\u0000"]', '["\\ud800"]'])
def test_a_field_of_a_source_that_no_database_holds_is_refused_in_the_form(value: str) -> None:
    source = make_source()
    data = {"type": source.type, "title": source.title, "url": source.url, "more": f"x: {value}"}
    url = reverse("admin:briefs_source_change", args=[source.pk])
    response = client_of(make_user(group="Editors")).post(url, data)
    assert "is not valid JSON" in response.content.decode()
