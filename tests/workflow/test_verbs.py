import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from briefs import workflow
from briefs.models import Brief, Contribution, Edition, Institute, StageChange, Withdrawal
from briefs.models.clock import database_now
from briefs.stages import Stage
from tests.factories import (
    approve,
    make_brief,
    make_edition,
    make_user,
)
from tests.workflow.drafts import HOUR, approved, publisher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stub_typesetting")]


class TestCorrections:
    def published(self) -> Brief:
        brief = approved(dated=dt.date(2025, 1, 1))
        workflow.publish(brief=brief, by=publisher())
        return brief

    def approve_again(self, brief: Brief, **changes: Any) -> Brief:
        workflow.revise(brief=brief, by=publisher())
        for name, value in changes.items():
            setattr(brief, name, value)
        brief.save()
        return approve(brief)

    def test_make_the_next_edition_and_keep_the_first(self) -> None:
        brief = self.approve_again(self.published(), body="<p>Better.</p>")
        workflow.correct(brief=brief, by=publisher(), kind="correction", comment="A wrong word.")
        first, second = Edition.objects.order_by("number")
        assert (second.number, second.kind, second.change_note) == (
            2, "correction", "A wrong word.",
        )  # fmt: skip
        assert list(Edition.objects.current()) == [second]
        assert first in Edition.objects.public()
        assert first.body == "<p>Some words.</p>"

    @pytest.mark.parametrize(("kind", "year"), [
        ("typo", 2025), ("correction", 2025), ("retraction", 2025), ("update", 2026),
    ])  # fmt: skip
    def test_only_an_update_moves_the_date(self, kind: str, year: int) -> None:
        brief = self.approve_again(self.published(), dated=dt.date(2026, 2, 2))
        workflow.correct(brief=brief, by=publisher(), kind=kind, comment="Why.")
        assert Edition.objects.current().get().dated.year == year

    @pytest.mark.parametrize(("kind", "comment", "sentence"), [
        (None, "x", "needs a kind"), ("original", "x", "needs a kind"), ("typo", " ", "Say what"),
    ])  # fmt: skip
    def test_say_what_kind_and_why(self, kind: str | None, comment: str, sentence: str) -> None:
        brief = self.approve_again(self.published())
        with pytest.raises(workflow.NotReady, match=sentence):
            workflow.correct(brief=brief, by=publisher(), kind=kind, comment=comment)

    def test_may_be_scheduled(self) -> None:
        brief = self.approve_again(self.published())
        at = database_now().replace(microsecond=0) + HOUR
        with pytest.raises(workflow.NotReady, match="needs a kind"):
            workflow.schedule(brief=brief, by=publisher(), at=at)
        workflow.schedule(brief=brief, by=publisher(), at=at, kind="update", comment="News.")
        assert Edition.objects.current().get().number == 1
        assert Edition.objects.current(at).get().number == 2
        workflow.schedule(brief=brief, by=publisher(), at=at + HOUR)
        pending = Edition.objects.pending().get()
        assert (pending.number, pending.kind, pending.change_note) == (2, "update", "News.")


class TestSchedules:
    def test_freeze_now_and_are_public_at_their_time(self) -> None:
        at = database_now().replace(microsecond=0) + HOUR
        brief = approved()
        workflow.schedule(brief=brief, by=publisher(), at=at)
        assert not Edition.objects.public().exists()
        assert not Edition.objects.public(at - dt.timedelta(microseconds=1)).exists()
        assert Edition.objects.current(at).get().brief == brief
        assert brief.effective_stage == Stage.SCHEDULED

    @pytest.mark.parametrize("microseconds", [1, 500_000, 999_999])
    def test_begin_with_a_whole_second_and_never_early(self, microseconds: int) -> None:
        whole = database_now().replace(microsecond=0) + HOUR
        at = whole + dt.timedelta(microseconds=microseconds)
        workflow.schedule(brief=approved(), by=publisher(), at=at)
        assert Edition.objects.get().public_from == whole + dt.timedelta(seconds=1)

    def test_can_be_cancelled_and_the_number_used_again(self) -> None:
        brief = approved()
        workflow.schedule(brief=brief, by=publisher(), at=database_now() + HOUR)
        change = workflow.cancel(brief=brief, by=publisher())
        assert change.edition_number == 1
        assert not Edition.objects.exists()
        workflow.publish(brief=brief, by=publisher())
        assert Edition.objects.get().number == 1

    def test_can_be_moved(self) -> None:
        brief = approved()
        at = database_now().replace(microsecond=0) + HOUR
        workflow.schedule(brief=brief, by=publisher(), at=at)
        workflow.schedule(brief=brief, by=publisher(), at=at + HOUR)
        assert Edition.objects.get().public_from == at + HOUR

    def test_cannot_be_cancelled_once_the_time_has_come(self) -> None:
        brief = make_brief()
        make_edition(brief)
        Brief.objects.filter(pk=brief.pk).update(stage=Stage.SCHEDULED)
        brief.refresh_from_db()
        with pytest.raises(workflow.WrongStage, match="the brief is published"):
            workflow.cancel(brief=brief, by=publisher())

    @pytest.mark.parametrize(
        "at", [None, dt.datetime(2999, 1, 1), dt.datetime(2020, 1, 1, tzinfo=dt.UTC)]
    )
    def test_need_a_time_to_come(self, at: dt.datetime | None) -> None:
        with pytest.raises(workflow.NotReady):
            workflow.schedule(brief=approved(), by=publisher(), at=at)


class TestWithdrawal:
    def test_takes_the_text_away_and_cancels_what_was_pending(self) -> None:
        brief = make_brief()
        make_edition(brief)
        make_edition(brief, public_from=database_now() + HOUR)
        brief.refresh_from_db()
        workflow.withdraw(brief=brief, by=publisher(), comment="By court order.")
        assert not Edition.objects.public().exists()
        assert not Edition.objects.pending().exists()
        assert Withdrawal.objects.get().notice == "By court order."
        assert not workflow.available(brief=brief, by=make_user(is_superuser=True))

    def test_needs_a_notice(self) -> None:
        brief = make_brief()
        make_edition(brief)
        with pytest.raises(workflow.NotReady, match="notice"):
            workflow.withdraw(brief=brief, by=publisher(), comment="")


class TestOwnWork:
    def in_review(self) -> Brief:
        brief = make_brief()
        Brief.objects.filter(pk=brief.pk).update(stage=Stage.IN_REVIEW)
        brief.refresh_from_db()
        return brief

    def test_whoever_saved_text_cannot_approve_it(self) -> None:
        brief, editor = self.in_review(), make_user(group="Editors")
        Contribution.note(brief=brief, by=editor)
        with pytest.raises(workflow.NotAllowed, match="someone else must approve"):
            workflow.approve(brief=brief, by=editor)

    def test_unless_the_institute_allows_it(self) -> None:
        Institute(own_approval=True).save()
        brief, editor = self.in_review(), make_user(group="Editors")
        Contribution.note(brief=brief, by=editor)
        workflow.approve(brief=brief, by=editor)

    def test_text_saved_before_the_last_edition_counts_no_more(self) -> None:
        brief, editor = self.in_review(), make_user(group="Editors")
        Contribution.note(brief=brief, by=editor)
        Contribution.objects.update(saved_at=database_now() - HOUR)
        make_edition(brief)
        Brief.objects.filter(pk=brief.pk).update(stage=Stage.IN_REVIEW)
        brief.refresh_from_db()
        workflow.approve(brief=brief, by=editor)


def test_a_stale_brief_moves_nobody() -> None:
    brief = make_brief()
    stale = Brief.objects.get(pk=brief.pk)
    editor = make_user(group="Editors")
    workflow.submit(brief=brief, by=editor)
    with pytest.raises(workflow.Changed):
        workflow.submit(brief=stale, by=editor)
    assert StageChange.objects.count() == 1


def test_an_unknown_verb_is_named() -> None:
    with pytest.raises(workflow.NotReady, match="no verb “fly”"):
        workflow.perform("fly", brief=make_brief(), by=publisher())


def test_the_whole_way_of_a_brief() -> None:
    contributor, editor, boss = (
        make_user(group=group) for group in ("Contributors", "Editors", "Publishers")
    )
    brief = make_brief(by=contributor)
    steps: list[tuple[Callable[..., StageChange], Any, dict[str, Any]]] = [
        (workflow.submit, contributor, {}),
        (workflow.return_, editor, {"comment": "Sources?"}),
        (workflow.discard, contributor, {}),
        (workflow.restore, contributor, {}),
        (workflow.submit, contributor, {}),
        (workflow.approve, editor, {}),
        (workflow.publish, boss, {}),
        (workflow.revise, editor, {}),
        (workflow.submit, editor, {}),
        (workflow.approve, boss, {}),
        (workflow.correct, boss, {"kind": "retraction", "comment": "The data were made up."}),
        (workflow.withdraw, boss, {"comment": "By request of the author."}),
    ]
    for verb, by, given in steps:
        verb(brief=brief, by=by, **given)
    assert brief.stage == Stage.WITHDRAWN
    assert StageChange.objects.count() == len(steps)


def test_a_brief_is_not_returned_without_a_word() -> None:
    brief = approved()
    with pytest.raises(workflow.NotReady, match="Say what is to be changed"):
        workflow.return_(brief=brief, by=publisher(), comment=" ")
    assert Brief.objects.get().stage == Stage.APPROVED


class TestTheMomentOfAnEmbargo:
    """Its time comes between the look and the act."""

    def due_at_deletion(self, monkeypatch: pytest.MonkeyPatch) -> Brief:
        brief = approved()
        workflow.schedule(brief=brief, by=publisher(), at=database_now() + HOUR)
        real = Edition.delete

        def late(edition: Edition) -> Any:
            with monkeypatch.context() as patch:
                patch.setattr(Edition.objects, "pending", Edition.objects.none)
                return real(edition)

        monkeypatch.setattr(Edition, "delete", late)
        return brief

    @pytest.mark.parametrize("verb", ["cancel", "schedule"])
    def test_a_verb_that_comes_too_late_is_refused_whole(
        self, verb: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        brief = self.due_at_deletion(monkeypatch)
        given = {"at": database_now() + 2 * HOUR} if verb == "schedule" else {}
        with pytest.raises(workflow.WrongStage, match="Too late"):
            workflow.perform(verb, brief=brief, by=publisher(), **given)
        assert Edition.objects.count() == 1
        assert Brief.objects.get().stage == Stage.SCHEDULED

    def test_cancelling_nothing_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        brief = approved()
        workflow.schedule(brief=brief, by=publisher(), at=database_now() + HOUR)
        Edition.objects.pending().delete()
        monkeypatch.setattr(Brief, "effective_stage", Stage.SCHEDULED)
        with pytest.raises(workflow.WrongStage, match="Too late"):
            workflow.cancel(brief=brief, by=publisher())


def test_a_retracted_brief_stays_retracted() -> None:
    brief = make_brief()
    make_edition(brief)
    make_edition(brief, kind="retraction", change_note="Invented.")
    approve(brief)
    with pytest.raises(workflow.NotReady, match="retracted"):
        workflow.correct(brief=brief, by=publisher(), kind="typo", comment="A comma.")
    with pytest.raises(workflow.NotReady, match="retracted"):
        workflow.schedule(
            brief=brief, by=publisher(), at=database_now() + HOUR, kind="update", comment="x"
        )
    workflow.correct(brief=brief, by=publisher(), kind="retraction", comment="Invented, all of it.")


def test_a_first_edition_has_no_kind() -> None:
    with pytest.raises(workflow.NotReady, match="no kind"):
        workflow.schedule(
            brief=approved(), by=publisher(), at=database_now() + HOUR, kind="retraction"
        )


def test_there_must_be_something_to_review() -> None:
    brief = make_brief(body="", authors=[])
    with pytest.raises(workflow.NotReady, match="no text and no author"):
        workflow.submit(brief=brief, by=make_user(group="Editors"))
