"""Earlier texts of a draft are kept, and come back."""

import datetime as dt
import json

import pytest
from reversion.models import Revision, Version

from briefs import intake, revisions
from briefs.models import Brief, BriefRevision, Contribution, User
from briefs.models.files import store
from briefs.stages import Stage
from tests.factories import (
    cite,
    make_author,
    make_brief,
    make_centre,
    make_series,
    make_source,
    make_user,
    note,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_user("dana", group="Editors")


def saved(brief: Brief, by: User, **fields: object) -> BriefRevision:
    """As the desk saves: what stood before is kept, then what stands now."""
    brief.refresh_from_db()
    revisions.keep(brief=brief)
    for name, value in fields.items():
        setattr(brief, name, value)
    brief.save()
    kept = revisions.record(brief=brief, by=by, comment="Saved at the desk")
    assert kept
    return kept


def restored(brief: Brief, kept: BriefRevision, by: User) -> list[str]:
    brief.refresh_from_db()
    return revisions.restore(brief=brief, revision=kept, by=by, seen=brief.token)


def test_the_first_save_keeps_the_text_before_it_too(editor: User) -> None:
    brief = make_brief(body="<p>As it was.</p>")
    token = brief.token
    saved(brief, editor, body="<p>As it is.</p>")
    now, before = brief.revisions.all()
    assert revisions.of_revision(before).body == "<p>As it was.</p>"
    assert revisions.of_revision(now).body == "<p>As it is.</p>"
    assert (before.revision.user, now.revision.user) == (None, editor)
    assert now.changes == "+1 −1 words"
    assert revisions.by_token(brief=brief, token=token) == before
    assert revisions.by_token(brief=brief, token=brief.token) == now
    assert revisions.by_token(brief=make_brief("Other"), token=token) is None


def test_a_text_that_did_not_change_is_kept_once_under_both_tokens(editor: User) -> None:
    brief = make_brief()
    revisions.keep(brief=brief)
    first = brief.token
    brief.save()
    assert brief.token != first
    assert revisions.record(brief=brief, by=editor, comment="Saved at the desk") is None
    [kept] = brief.revisions.all()
    assert kept.stood_under(first) and kept.stood_under(brief.token)


def test_an_import_is_the_first_revision(editor: User) -> None:
    made = intake.import_manuscript(data=b"# Title\n\nWords.", filename="ties.md", by=editor)
    [kept] = made.brief.revisions.all()
    assert (kept.revision.comment, kept.revision.user) == ("Imported from ties.md", editor)
    assert revisions.of_revision(kept).is_like(revisions.of_draft(made.brief))


def test_everything_that_is_text_comes_back_and_nothing_else(editor: User) -> None:
    ann, bob = make_author("Ann"), make_author("Bob")
    source, series = make_source(), make_series()
    brief = make_brief(
        "First",
        authors=[ann, bob],
        topics=("Trade",),
        centre=make_centre(),
        series=series,
        series_number=3,
        dated=dt.date(2026, 1, 2),
        summary="Short.",
        language="fr",
        body=f"<p>One.{note(cite(source, 'p. 4'))}</p>",
    )
    before = revisions.of_draft(brief)
    revisions.keep(brief=brief)
    kept = brief.revisions.get()
    brief.bylines.filter(author=ann).delete()
    brief.topics.set(["War"])
    saved(
        brief,
        editor,
        title="Second",
        centre=None,
        series=None,
        series_number=None,
        dated=None,
        summary="",
        language="en",
        body="<p>Two.</p>",
    )
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.IN_REVIEW)
    brief.refresh_from_db()
    token, begun = brief.token, (brief.created_by, brief.created_at)
    assert restored(brief, kept, editor) == []
    brief.refresh_from_db()
    assert revisions.of_draft(brief) == before
    assert brief.citations.get().source == source
    assert (brief.stage, brief.created_by, brief.created_at) == (Stage.IN_REVIEW, *begun)
    assert brief.token != token
    assert Contribution.objects.filter(brief=brief, user=editor).exists()
    newest = brief.revisions.first()
    assert newest and newest.revision.comment.startswith("Restored from the revision of ")
    assert newest.changes == ("+1 −1 words, 1 note added, title, byline, summary, 6 other fields")
    assert brief.revisions.count() == 4  # rows changed before the save are kept too


def test_a_citation_of_a_source_that_is_gone_comes_back_as_words(editor: User) -> None:
    source = make_source("The Book", authors=[{"family": "Khan"}])
    brief = make_brief(body=f"<p>One.{note('See ' + cite(source, 'p. 4') + '.')}</p>")
    saved(brief, editor, body="<p>Two.</p>")
    kept = brief.revisions.last()
    source.delete()
    told = restored(brief, kept, editor)
    assert told == ["“Khan: The Book” was deleted since; the notes that cited it have it in words."]
    brief.refresh_from_db()
    assert brief.body == f"<p>One.{note('See Khan: The Book, p. 4.')}</p>"


def test_what_else_is_gone_is_told_and_the_rest_comes_back(editor: User) -> None:
    author, centre, series = make_author("Ann"), make_centre("Old Centre"), make_series()
    brief = make_brief(
        authors=[author, make_author("Bob")],
        topics=("Trade",),
        centre=centre,
        series=series,
        series_number=3,
        cover="images/ab/gone.png",
        cover_alt="A port",
    )
    revisions.keep(brief=brief)
    kept = brief.revisions.get()
    brief.bylines.filter(author=author).delete()
    brief.topics.clear()
    saved(brief, editor, centre=None, series_number=None, cover="", cover_alt="", title="Other")
    author.delete()
    centre.delete()
    make_brief("Third", series=series, series_number=3)
    told = restored(brief, kept, editor)
    assert told == [
        "Its centre, “Old Centre”, was deleted since; the present one stays.",
        "Number 3 of its series is another brief’s by now.",
        "The file of its cover is gone; the present one stays.",
        "Ann was deleted since, and stays out of the byline.",
    ]
    brief.refresh_from_db()
    assert (brief.title, brief.series, brief.series_number) == ("A Brief", series, None)
    assert [row.author.name for row in brief.bylines.all()] == ["Bob"]
    assert [topic.name for topic in brief.topics.all()] == ["Trade"]


def test_a_cover_comes_back_with_its_words(editor: User) -> None:
    store("images/ab/cd.png", b"picture")
    brief = make_brief(cover="images/ab/cd.png", cover_alt="A port")
    saved(brief, editor, cover="", cover_alt="")
    assert restored(brief, brief.revisions.last(), editor) == []
    brief.refresh_from_db()
    assert (brief.cover.name, brief.cover_alt) == ("images/ab/cd.png", "A port")


@pytest.mark.parametrize(
    ("stage", "group", "seen", "sentence"),
    [
        (Stage.PUBLISHED, "Editors", "", revisions.CLOSED),
        (Stage.DRAFT, "Contributors", "", revisions.CLOSED),
        (Stage.DRAFT, "Editors", "older", revisions.CHANGED),
    ],
)
def test_restoring_is_guarded_like_any_save(
    stage: Stage, group: str, seen: str, sentence: str, editor: User
) -> None:
    brief = make_brief()
    saved(brief, editor, body="<p>Two.</p>")
    Brief.objects.filter(pk=brief.pk).update(stage=stage)
    by = make_user(group=group)
    with pytest.raises(revisions.RestoreError, match=sentence):
        revisions.restore(
            brief=brief, revision=brief.revisions.last(), by=by, seen=seen or brief.token
        )
    brief.refresh_from_db()
    assert brief.body == "<p>Two.</p>"
    assert not brief.is_written_by(by)


def test_restoring_what_stands_already_does_nothing(editor: User) -> None:
    brief = make_brief()
    kept = saved(brief, editor, body="<p>Two.</p>")
    token = brief.token
    with pytest.raises(revisions.RestoreError):
        restored(brief, kept, editor)
    brief.refresh_from_db()
    assert brief.token == token


def test_a_revision_of_a_model_that_was_another_is_read_and_restored(editor: User) -> None:
    """A field was added since, one taken away, and a language is offered no more."""
    brief = make_brief(summary="Stays.")
    saved(brief, editor, body="<p>Two.</p>")
    kept = brief.revisions.last()
    version = Version.objects.get(revision=kept.revision, object_repr="A Brief")
    [row] = json.loads(version.serialized_data)
    del row["fields"]["summary"]
    row["fields"] |= {"running_head": "Gone", "language": "tlh", "title": "Old"}
    version.serialized_data = json.dumps([row])
    version.save()
    snapshot = revisions.of_revision(kept)
    assert revisions.differences(snapshot, revisions.of_draft(brief)).fields
    assert revisions.composed(snapshot, brief).title == "Old"
    assert restored(brief, kept, editor) == [
        "Its language cannot be had any more; the present one stays."
    ]
    brief.refresh_from_db()
    assert (brief.title, brief.language, brief.summary) == ("Old", "en", "Stays.")


def test_one_is_shown_as_readers_would_see_it_without_a_trace(editor: User) -> None:
    source = make_source("The Book")
    brief = make_brief(
        authors=[make_author("Ann", role="Fellow")], body=f"<p>a{note(cite(source))}</p>"
    )
    revisions.keep(brief=brief)
    brief.bylines.all().delete()
    saved(brief, editor, title="Other", body="<p>b</p>")
    token = brief.token
    composition = revisions.composed(revisions.of_revision(brief.revisions.last()), brief)
    assert [line.name for line in composition.byline] == ["Ann"]
    assert "The Book" in composition.notes[0].text
    brief.refresh_from_db()
    assert (brief.title, brief.token) == ("Other", token)


def test_with_a_draft_its_earlier_texts_are_deleted(editor: User) -> None:
    brief = make_brief()
    saved(brief, editor, body="<p>Two.</p>")
    revisions.forget(brief=brief)
    assert not Revision.objects.exists() and not Version.objects.exists()
    assert not BriefRevision.objects.exists()
