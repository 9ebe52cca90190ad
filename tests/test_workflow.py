import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import default_storage

from briefs import workflow
from briefs.composition import compose, digest, read
from briefs.models import Address, Brief, Contribution, Edition, Institute, StageChange, Withdrawal
from briefs.models.clock import database_now
from briefs.models.files import StorageError
from briefs.stages import Stage
from tests.factories import (
    cite,
    make_author,
    make_brief,
    make_centre,
    make_edition,
    make_series,
    make_source,
    make_user,
    note,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stub_typesetting")]

HOUR = dt.timedelta(hours=1)


def approved(**fields: Any) -> Brief:
    brief = make_brief(**fields)
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.APPROVED)
    brief.refresh_from_db()
    return brief


def publisher() -> Any:
    return make_user(group="Publishers")


class TestPublishing:
    def test_freezes_what_was_composed_with_all_its_rows(self) -> None:
        source = make_source("Report", container_title="Dawn", issued="2025-03-24")
        brief = approved(
            title="Ties",
            subtitle="Reset",
            body=f"<p>Text{note('See ' + cite(source, 'p. 4') + '.')} and more.</p>",
            authors=[make_author("Amina Khan", role="Director", email="a@example.org")],
            centre=make_centre("Centre for Africa", "CFA"),
            series=make_series("Issue Brief"),
            series_number=7,
            topics=("Trade", "Security"),
            dated=dt.date(2025, 4, 7),
            disclaimer="Views are the author's.",
        )
        workflow.publish(brief=brief, by=publisher())
        edition = Edition.objects.public().whole().get()
        assert edition.number == 1
        assert edition.dated == dt.date(2025, 4, 7)
        assert edition.body == '<p>Text<span data-note="1"></span> and more.</p>'
        assert edition.notes[0]["text"].startswith("See “Report”, Dawn, March 24, 2025, p. 4")
        assert [row.name for row in edition.topics.all()] == ["Security", "Trade"]
        assert edition.bylines.get().affiliation == "Institute"
        assert edition.sources.get().source == source
        assert digest(read(edition)) == edition.sha256
        assert default_storage.exists(edition.pdf_name)

    def test_keeps_what_was_published_when_everything_behind_it_changes(self) -> None:
        source = make_source("Before")
        author = make_author("Before", role="Fellow")
        brief = approved(
            body=f"<p>x{note(cite(source))}</p>", authors=[author], topics=("before",),
            centre=make_centre("Before"),
        )  # fmt: skip
        workflow.publish(brief=brief, by=publisher())
        for row, name in (
            (source, "title"), (author, "name"), (brief.topics.get(), "name"),
            (brief.centre, "name"), (brief, "title"),
        ):  # fmt: skip
            setattr(row, name, "After")
            row.save()
        Institute(name="After", accent="#000000").save()
        edition = Edition.objects.whole().get()
        assert "After" not in str(read(edition))
        assert digest(read(edition)) == edition.sha256

    def test_dates_the_brief_by_the_day_in_the_institutes_time_zone(self) -> None:
        Institute(time_zone="Pacific/Kiritimati").save()  # 14 hours ahead of UTC
        brief = approved()
        workflow.publish(brief=brief, by=publisher())
        edition = Edition.objects.get()
        assert edition.dated == (edition.public_from + 14 * HOUR).date()

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"body": ""}, "it has no text"),
            ({"authors": []}, "no author in the byline"),
            ({"body": "", "authors": []}, "no text and no author in the byline"),
        ],
    )
    def test_is_refused_while_something_is_missing(
        self, fields: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(workflow.NotReady, match=sentence):
            workflow.publish(brief=approved(**fields), by=publisher())

    def test_is_refused_with_the_engines_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(composition: object) -> None:
            raise workflow.pdf.TypesettingError("Note 3 does not fit on the page of its call.")

        monkeypatch.setattr("briefs.workflow.pdf.typeset", fail)
        brief = approved()
        with pytest.raises(workflow.NotReady, match="Note 3 does not fit"):
            workflow.publish(brief=brief, by=publisher())
        assert not Edition.objects.exists()
        assert Brief.objects.get().stage == Stage.APPROVED

    def test_is_refused_when_the_pdf_cannot_be_stored(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(name: str, content: bytes) -> None:
            raise StorageError("The file could not be stored: No space left on device.")

        monkeypatch.setattr("briefs.workflow.store", full)
        with pytest.raises(workflow.NotReady, match="No space left"):
            workflow.publish(brief=approved(), by=publisher())
        assert not Edition.objects.exists()

    def test_is_refused_when_the_text_changed_after_it_was_looked_at(self) -> None:
        brief = approved()
        other = Brief.objects.get(pk=brief.pk)
        other.body = "<p>Slipped in.</p>"
        other.save()
        with pytest.raises(workflow.Changed):
            workflow.publish(brief=brief, by=publisher())
        assert not Edition.objects.exists()

    def test_leaves_nothing_when_the_last_step_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(**values: object) -> None:
            raise RuntimeError("the plug was pulled")

        brief = approved()
        monkeypatch.setattr(StageChange, "record", fail)
        with pytest.raises(RuntimeError):
            workflow.publish(brief=brief, by=publisher())
        assert not Edition.objects.exists()
        assert Brief.objects.get().stage == Stage.APPROVED
        assert brief.stage == Stage.APPROVED


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
        Brief.objects.filter(pk=brief.pk).update(stage=Stage.APPROVED)
        brief.refresh_from_db()
        return brief

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
        at = database_now() + HOUR
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
        at = database_now() + HOUR
        brief = approved()
        workflow.schedule(brief=brief, by=publisher(), at=at)
        assert not Edition.objects.public().exists()
        assert not Edition.objects.public(at - dt.timedelta(microseconds=1)).exists()
        assert Edition.objects.current(at).get().brief == brief
        assert brief.effective_stage == Stage.SCHEDULED

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
        at = database_now() + HOUR
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


class TestAddresses:
    def test_change_freely_before_the_first_edition(self) -> None:
        brief = make_brief(slug="old")
        assert workflow.readdress(brief=brief, by=make_user(group="Editors"), slug="new") is None
        assert list(Address.objects.values_list("slug", flat=True)) == ["new"]

    def test_redirect_for_ever_afterwards(self) -> None:
        brief = make_brief(slug="old")
        make_edition(brief)
        change = workflow.readdress(brief=brief, by=publisher(), slug="new")
        assert change is not None
        assert change.comment == "old → new."
        rows = Address.objects.values_list("slug", "current")
        assert set(rows) == {("old", False), ("new", True)}
        workflow.readdress(brief=brief, by=publisher(), slug="old")
        assert Address.objects.of(brief).slug == "old"
        assert digest(read(Edition.objects.whole().get())) == Edition.objects.get().sha256

    @pytest.mark.parametrize("slug", ["", "Ab", "a--b", "-a", "a/b", "ناصر", "a" * 101, "a\n"])
    def test_are_small_letters_digits_and_hyphens(self, slug: str) -> None:
        with pytest.raises(workflow.NotReady, match="small letters"):
            workflow.readdress(brief=make_brief(), by=publisher(), slug=slug)

    def test_of_another_brief_are_never_taken(self) -> None:
        make_brief("Other", slug="taken")
        with pytest.raises(workflow.NotReady, match="Another brief"):
            workflow.readdress(brief=make_brief(), by=publisher(), slug="taken")

    def test_of_published_briefs_take_a_permission(self) -> None:
        brief = make_brief()
        make_edition(brief)
        with pytest.raises(workflow.NotAllowed):
            workflow.readdress(brief=brief, by=make_user(group="Editors"), slug="new")


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


def test_the_hash_of_an_edition_covers_all_that_is_printed_but_addresses() -> None:
    institute = Institute(name="I", address="1 Some Street")
    institute.save()
    brief = approved(centre=make_centre(), series=make_series(), topics=("A",))
    before = compose(brief, public_from=database_now())
    for change in (
        {"letterhead": replace(before.letterhead, address="2 Other Street")},
        {"title": "Other"},
        {"dated": dt.date(2000, 1, 1)},
        {"number": 2},
        {"topics": ()},
        {"centre": "Other"},
    ):
        assert digest(replace(before, **change)) != digest(before), change
    for change in (
        {"address": "https://example.org/elsewhere"},
        {"centre_slug": "x"},
        {"series_slug": "x"},
        {"byline": tuple(replace(line, slug="x") for line in before.byline)},
    ):
        assert digest(replace(before, **change)) == digest(before), change
