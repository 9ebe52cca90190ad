"""What is said about a draft: by whom, to whom, until when, and that nothing else changes by it."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from briefs import comments
from briefs.comments import CommentError
from briefs.models import Brief, Comment, Contribution, User
from briefs.models.clock import database_now
from briefs.prose.anchors import Anchor
from briefs.stages import Stage
from tests.factories import make_author, make_brief, make_user
from tests.test_parallel import at_once

pytestmark = pytest.mark.django_db
PASSAGE = Anchor("Some words", "", ".")


def begun(brief: Brief | None = None, by: User | None = None, words: str = "Why?") -> Comment:
    by = by or make_user(group="Editors")
    return comments.begin(brief=brief or make_brief(), by=by, words=words, anchor=PASSAGE)


def test_a_thread_remembers_its_passage_and_who_said_what() -> None:
    by = make_user(group="Editors")
    thread = begun(by=by)
    answer = comments.reply(thread=thread, by=by, words="So.")
    thread.refresh_from_db()
    assert (thread.quote, thread.before, thread.after) == ("Some words", "", ".")
    assert (answer.parent, answer.thread_id, answer.quote) == (thread, thread.pk, "")


def test_to_comment_is_not_to_write() -> None:
    brief = make_brief()
    token, body, saved = brief.token, brief.body, brief.updated_at
    thread = begun(brief)
    comments.reply(thread=thread, by=thread.by, words="And?")
    comments.resolve(thread=thread, by=thread.by)
    brief.refresh_from_db()
    assert (brief.token, brief.body, brief.updated_at) == (token, body, saved)
    assert not Contribution.objects.exists()
    assert not brief.is_written_by(thread.by)


@pytest.mark.parametrize("stage", Stage.values)
def test_comments_are_made_in_every_stage(stage: str) -> None:
    brief = make_brief()
    Brief.objects.filter(pk=brief.pk).update(stage=stage)
    assert begun(Brief.objects.get(pk=brief.pk)).pk


def test_only_those_who_may_open_the_brief_take_part() -> None:
    thread = begun()
    stranger = make_user(group="Contributors")
    for act in (
        lambda: begun(thread.brief, stranger),
        lambda: comments.reply(thread=thread, by=stranger, words="x"),
        lambda: comments.resolve(thread=thread, by=stranger),
        lambda: comments.reopen(thread=thread, by=stranger),
        lambda: comments.take_back(comment=thread, by=stranger),
    ):
        with pytest.raises(CommentError, match="You may not comment"):
            act()
    assert Comment.objects.get().resolved_at is None


def test_a_thread_is_resolved_once_and_opened_again_by_an_answer() -> None:
    thread, other = begun(), make_user(group="Editors")
    comments.resolve(thread=thread, by=thread.by)
    comments.resolve(thread=thread, by=other)
    thread.refresh_from_db()
    assert (thread.resolved_by, thread.resolved_at is None) == (thread.by, False)
    comments.reply(thread=thread, by=other, words="Not yet.")
    thread.refresh_from_db()
    assert (thread.resolved_by, thread.resolved_at) == (None, None)
    comments.resolve(thread=thread, by=other)
    comments.reopen(thread=thread, by=other)
    thread.refresh_from_db()
    assert thread.resolved_at is None


def test_ones_own_comment_is_taken_back_within_the_hour_and_unanswered() -> None:
    thread, other = begun(), make_user(group="Editors")
    answer = comments.reply(thread=thread, by=other, words="Because.")
    for comment, by in ((thread, thread.by), (answer, thread.by)):
        with pytest.raises(CommentError, match="Only your own"):
            comments.take_back(comment=comment, by=by)
    comments.take_back(comment=answer, by=other)
    Comment.objects.update(made_at=database_now() - dt.timedelta(minutes=61))
    thread.refresh_from_db()
    with pytest.raises(CommentError, match="within an hour"):
        comments.take_back(comment=thread, by=thread.by)
    Comment.objects.update(made_at=database_now() - dt.timedelta(minutes=59))
    thread.refresh_from_db()
    comments.take_back(comment=thread, by=thread.by)
    assert not Comment.objects.exists()
    with pytest.raises(CommentError, match="taken back"):
        comments.reply(thread=Comment(pk=thread.pk or 1, brief=thread.brief), by=other, words="x")


def test_there_is_an_end_to_threads_and_to_replies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "MAX_THREADS", 1)
    monkeypatch.setattr(comments, "MAX_REPLIES", 1)
    thread = begun()
    comments.reply(thread=thread, by=thread.by, words="1")
    with pytest.raises(CommentError, match="1 replies already"):
        comments.reply(thread=thread, by=thread.by, words="2")
    with pytest.raises(CommentError, match="1 threads already"):
        begun(thread.brief, thread.by)


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": " \n"},
        {"quote": "A reply about another passage"},
        {"resolved_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_the_database_refuses_what_is_no_reply(wrong: dict[str, object]) -> None:
    thread = begun()
    fields = {"brief": thread.brief, "by": thread.by, "words": "x", "parent": thread} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.create(**fields)


def test_comments_go_with_their_draft_and_keep_those_who_made_them() -> None:
    thread = begun()
    comments.reply(thread=thread, by=thread.by, words="x")
    with pytest.raises(ProtectedError):
        thread.by.delete()
    thread.brief.delete()
    assert not Comment.objects.exists()


def test_who_may_open_a_brief_can_be_mentioned_and_nobody_else() -> None:
    owner = make_user("olga", group="Contributors")
    bylined = make_user("boris", group="Contributors")
    editor = make_user("edda", group="Editors")
    make_user("stranger", group="Contributors")
    make_user("gone", group="Editors", is_active=False)
    make_user("nobody")
    brief = make_brief(by=owner, authors=[make_author(user=bylined)])
    assert {*comments.people(brief)} == {owner, bylined, editor}
    comment = begun(brief, editor, "@Olga and @boris, not @stranger, nor x@edda.org or @eddas")
    assert {*comment.mentioned.all()} == {owner, bylined}


def test_a_name_that_begins_another_is_not_mentioned_by_it() -> None:
    ann = make_user("a", first_name="Ann", group="Editors")
    ann_lee = make_user("b", first_name="Ann", last_name="Lee", group="Editors")
    assert comments.mentioned_in("@Ann Lee?", [ann, ann_lee]) == [ann_lee]
    assert comments.mentioned_in("@Ann, see @Ann Lee", [ann, ann_lee]) == [ann_lee, ann]
    twin = make_user("c", first_name="Ann", group="Editors")
    assert {*comments.mentioned_in("@ann", [ann, twin])} == {ann, twin}


def test_what_is_addressed_to_somebody_waits_until_they_answer_or_it_is_resolved() -> None:
    asked, asking = make_user("asked", group="Editors"), make_user(group="Editors")
    brief = make_brief()

    def waiting() -> list[str]:
        return [comment.words for comment in Comment.objects.addressed_to(asked)]

    begun(brief, asking, "To nobody")
    mine = begun(brief, asked, "My own, @asked")
    assert waiting() == []
    comments.reply(thread=mine, by=asking, words="An answer")
    thread = begun(brief, asking, "@asked, why?")
    assert waiting() == ["@asked, why?", "An answer"]
    comments.reply(thread=mine, by=asked, words="Thanks.")
    assert waiting() == ["@asked, why?"]
    comments.resolve(thread=thread, by=asking)
    assert waiting() == []
    comments.reopen(thread=thread, by=asking)
    asked.groups.clear()
    assert [*Comment.objects.addressed_to(User.objects.get(pk=asked.pk))] == []


def test_the_state_is_another_after_everything_that_happens() -> None:
    brief, by = make_brief(), make_user(group="Editors")
    seen = [comments.state(brief)]

    def then(_done: object) -> None:
        seen.append(comments.state(brief))

    then(thread := begun(brief, by))
    then(answer := comments.reply(thread=thread, by=by, words="x"))
    then(comments.resolve(thread=thread, by=by))
    then(comments.reopen(thread=thread, by=by))
    comments.take_back(comment=answer, by=by)
    then(comments.resolve(thread=thread, by=by))
    assert len({*seen}) == len(seen) - 1  # opened again it is as it was before it was resolved
    assert seen[2] == seen[4]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
def test_nobody_answers_what_is_taken_back_at_the_same_time(round_: int) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite has one writer at a time")
    thread, other = begun(), make_user(group="Editors")
    acts = iter(
        (
            lambda: comments.take_back(comment=Comment.objects.get(pk=thread.pk), by=thread.by),
            lambda: comments.reply(thread=thread, by=other, words="x"),
        )
    )
    results = at_once(lambda: next(acts)())
    refused = [result for result in results if isinstance(result, CommentError)]
    assert len(refused) == 1, results
    assert Comment.objects.count() in (0, 2)
