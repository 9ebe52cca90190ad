"""The pages of a brief's revisions."""

import pytest
from django.urls import reverse

from briefs.models import Brief, BriefRevision, User
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled
from tests.factories import cite, make_brief, make_edition, make_source, make_user, note

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_user("dana", group="Editors")


@pytest.fixture
def brief(editor: User) -> Brief:
    """Once saved at the desk."""
    source = make_source("The Book")
    brief = make_brief(body=f"<p>Ties were reset.{note('See ' + cite(source))}</p>", by=editor)
    mended = filled(brief, body=brief.body.replace("reset", "mended"))
    client_of(editor).post(change_url(brief), mended)
    brief.refresh_from_db()
    return brief


def compare_url(brief: Brief, before: object, after: object) -> str:
    return f"{change_url(brief, 'compare')}?from={before}&to={after}"


def restore_url(brief: Brief, revision: BriefRevision) -> str:
    return reverse("admin:briefs_brief_restore_revision", args=[brief.pk, revision.pk])


def test_every_save_at_the_desk_is_a_revision_and_the_list_says_what_changed(
    brief: Brief, editor: User
) -> None:
    assert brief.revisions.count() == 2
    response = client_of(editor).get(change_url(brief, "revisions"))
    page = response.content.decode()
    assert "+1 −1 words" in page
    assert "As it stood before revisions were kept" in page
    assert "Saved at the desk" in page
    assert "stands now" in page
    assert "no-store" in response["Cache-Control"]


def test_a_form_that_changes_nothing_or_an_address_alone_makes_no_revision(
    brief: Brief, editor: User
) -> None:
    client = client_of(editor)
    client.post(change_url(brief), filled(brief))
    client.post(change_url(brief), filled(brief, slug="elsewhere"))
    brief.refresh_from_db()
    assert brief.revisions.count() == 2
    newest = brief.revisions.first()
    assert newest and newest.stood_under(brief.token)


def test_a_new_brief_has_its_first_revision_at_once(editor: User) -> None:
    data = filled(make_brief("Model")) | {"title": "New", "seen": "", "slug": ""}
    data |= {"bylines-INITIAL_FORMS": 0, "bylines-TOTAL_FORMS": 0}
    client_of(editor).post(reverse("admin:briefs_brief_add"), data)
    [kept] = Brief.objects.get(title="New").revisions.all()
    assert kept.revision.user == editor


def test_a_byline_that_changed_is_kept_as_it_is_stored(brief: Brief, editor: User) -> None:
    client = client_of(editor)
    client.post(change_url(brief), filled(brief) | {"bylines-0-role": "Fellow"})
    newest, before, _ = brief.revisions.all()
    page = client.get(compare_url(brief, before.pk, newest.pk)).content.decode()
    assert "Byline" in page and "Fellow" in page
    assert newest.changes == "byline"


def test_a_comparison_says_in_words_what_was_added_and_removed(brief: Brief, editor: User) -> None:
    newest, oldest = brief.revisions.all()
    client = client_of(editor)
    page = client.get(compare_url(brief, newest.pk, oldest.pk)).content.decode()
    assert '<del><span class="visually-hidden" lang="en">[removed: </span>reset<' in page
    assert '<ins><span class="visually-hidden" lang="en">[added: </span>mended<' in page
    with_now = client.get(compare_url(brief, oldest.pk, "now")).content.decode()
    assert "The text as it stands now" in with_now and ">mended<" in with_now
    same = client.get(compare_url(brief, newest.pk, "now")).content.decode()
    assert "Nothing differs." in same


def test_sources_are_told_by_name_and_text_is_escaped(brief: Brief, editor: User) -> None:
    other = make_source("Another <b>Book</b>")
    body = f"<p>Ties.{note(cite(other))}</p><p>&lt;script&gt;</p>"
    client_of(editor).post(change_url(brief), filled(brief, body=body))
    newest, before, _ = brief.revisions.all()
    page = client_of(editor).get(compare_url(brief, before.pk, newest.pk)).content.decode()
    shown = page.partition("What differs")[2]
    assert "The Book" in shown and "Another &lt;b&gt;Book&lt;/b&gt;" in shown
    assert str(other.pk) not in shown
    assert "<script>" not in shown.partition("</main>")[0]


@pytest.mark.parametrize("query", ["", "?from=now", "?from=x&to=now", "?from=0&to=now"])
def test_what_is_no_revision_is_not_found(query: str, brief: Brief, editor: User) -> None:
    assert client_of(editor).get(change_url(brief, "compare") + query).status_code == 404


def test_one_revision_is_shown_as_readers_would_see_it(brief: Brief, editor: User) -> None:
    oldest = brief.revisions.last()
    url = reverse("admin:briefs_brief_revision", args=[brief.pk, oldest.pk])
    page = client_of(editor).get(url).content.decode()
    assert "Ties were reset." in page
    assert "The Book" in page
    assert 'role="doc-noteref"' in page


def test_restoring_is_confirmed_and_posted_and_says_so(brief: Brief, editor: User) -> None:
    client, oldest = client_of(editor), brief.revisions.last()
    page = client.get(restore_url(brief, oldest)).content.decode()
    assert f'name="seen" value="{brief.token}"' in page
    assert Brief.objects.get(pk=brief.pk).body == brief.body
    done = client.post(restore_url(brief, oldest), {"seen": brief.token}, follow=True)
    assert "The text is again as in the revision of" in done.content.decode()
    assert "reset" in Brief.objects.get(pk=brief.pk).body
    again = client.post(restore_url(brief, oldest), {"seen": brief.token}, follow=True)
    assert "changed after this page was shown" in again.content.decode()


def test_who_may_not_edit_now_is_offered_no_restoring(brief: Brief, editor: User) -> None:
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.PUBLISHED)
    client, oldest = client_of(editor), brief.revisions.last()
    response = client.get(restore_url(brief, oldest), follow=True)
    assert "cannot be edited now" in response.content.decode()
    client.post(restore_url(brief, oldest), {"seen": brief.token})
    assert Brief.objects.get(pk=brief.pk).body == brief.body
    page = client.get(compare_url(brief, oldest.pk, "now")).content.decode()
    assert "Restore the earlier one" not in page


def test_anothers_brief_has_no_revisions_for_strangers(brief: Brief) -> None:
    stranger = client_of(make_user(group="Contributors"))
    mine = make_brief("Mine", by=make_user(group="Contributors"))
    oldest = brief.revisions.last()
    for url in (
        change_url(brief, "revisions"),
        compare_url(brief, oldest.pk, "now"),
        reverse("admin:briefs_brief_revision", args=[brief.pk, oldest.pk]),
        restore_url(brief, oldest),
        change_url(brief, "changes"),
    ):
        assert stranger.get(url).status_code == 404
    assert stranger.post(restore_url(brief, oldest), {"seen": brief.token}).status_code == 404
    owner = client_of(mine.created_by)
    taken = reverse("admin:briefs_brief_revision", args=[mine.pk, oldest.pk])
    assert owner.get(taken).status_code == 404
    assert owner.get(compare_url(mine, oldest.pk, "now")).status_code == 404


def test_a_brief_of_before_has_no_revisions_and_the_page_says_when_it_will(editor: User) -> None:
    old = make_brief()
    page = client_of(editor).get(change_url(old, "revisions")).content.decode()
    assert "There are no revisions yet" in page


def test_what_changed_since_the_public_edition_is_told_with_notes_as_printed(editor: User) -> None:
    source = make_source("The Book")
    brief = make_brief(body=f"<p>Ties were reset.{note(cite(source))}</p>")
    make_edition(brief)
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.DRAFT)
    client = client_of(editor)
    unchanged = client.get(change_url(brief, "changes")).content.decode()
    assert "Nothing differs." in unchanged
    client.post(change_url(brief), filled(brief, body=brief.body.replace("reset", "mended")))
    page = client.get(change_url(brief, "changes")).content.decode()
    assert "Changes since edition 1" in page
    assert ">mended<" in page and "note" not in page.partition("In short")[2].partition("</dl>")[0]
    source.title = "The Other Book"
    source.save()
    page = client.get(change_url(brief, "changes")).content.decode()
    assert "Note 1: words changed" in page
    assert client.get(change_url(make_brief("Draft"), "changes")).status_code == 404


def test_deleting_a_draft_deletes_its_revisions(brief: Brief, editor: User) -> None:
    client_of(editor).post(change_url(brief, "delete"), {"post": "yes"})
    assert not Brief.objects.filter(pk=brief.pk).exists()
    assert not BriefRevision.objects.exists()


def test_each_passage_runs_as_its_words_do(editor: User) -> None:
    brief = make_brief(language="ur", body="<p>یہ پہلا متن ہے۔</p><p>An English passage.</p>")
    changed = brief.body.replace("پہلا", "دوسرا").replace("passage", "paragraph")
    client_of(editor).post(change_url(brief), filled(brief, body=changed))
    newest, before = brief.revisions.all()
    page = client_of(editor).get(compare_url(brief, before.pk, newest.pk)).content.decode()
    assert '<div class="side" lang="ur" dir="rtl">' in page
    assert '<div class="passage like-p was-changed" dir="rtl">' in page
    assert '<div class="passage like-p was-changed" dir="ltr">' in page
    assert "</del>&zwnj;" in page  # or the letters of both words would join


def test_a_thousand_changes_take_a_handful_of_queries(
    editor: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    brief = make_brief(body="".join(f"<p>Paragraph {n}.</p>" for n in range(500)), by=editor)
    client = client_of(editor)
    for word in ("One", "Two", "Three"):
        changed = brief.body.replace("Paragraph", word)
        client.post(change_url(brief), filled(brief, body=changed))
    newest, *_, oldest = brief.revisions.all()
    for url in (change_url(brief, "revisions"), compare_url(brief, oldest.pk, newest.pk)):
        with django_assert_max_num_queries(32):
            assert client.get(url).status_code == 200
