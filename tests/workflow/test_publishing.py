import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from briefs import pdf, workflow
from briefs.composition import Composition, compose, digest, read
from briefs.models import Brief, Edition, Institute, StageChange
from briefs.models.clock import database_now
from briefs.models.files import StorageError
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
from tests.workflow.drafts import HOUR, approved, publisher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stub_typesetting")]


class TestPublishing:
    def test_freezes_what_was_composed_with_all_its_rows(self) -> None:
        source = make_source("Report", container_title="Dawn", issued="2025-03-24")
        centre = make_centre("Centre for Africa", "CFA")
        brief = approved(
            title="Ties",
            subtitle="Reset",
            body=f"<p>Text{note('See ' + cite(source, 'p. 4') + '.')} and more.</p>",
            authors=[
                make_author("Amina Khan", role="Director", email="a@example.org", centre=centre)
            ],
            centre=centre,
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
        assert edition.bylines.get().affiliation == "Centre for Africa (CFA), Institute"
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
            raise pdf.TypesettingError("Note 3 does not fit on the page of its call.")

        monkeypatch.setattr("briefs.pdf.typeset", fail)
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

        monkeypatch.setattr("briefs.workflow.publishing.store", full)
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


def test_a_verb_moves_the_brief_to_the_head_of_the_list() -> None:
    brief = make_brief()
    Brief.objects.filter(pk=brief.pk).update(updated_at=database_now() - HOUR)
    workflow.submit(brief=brief, by=make_user(group="Editors"))
    assert Brief.objects.get().updated_at > database_now() - HOUR / 2


def test_a_long_affiliation_is_printed_whole() -> None:
    Institute(name="N" * 200).save()
    centre = make_centre("C" * 200, "A" * 20)
    workflow.publish(brief=approved(authors=[make_author(centre=centre)]), by=publisher())
    assert len(Edition.objects.get().bylines.get().affiliation) > 400


def test_a_note_that_cites_nothing_known_is_refused_and_nothing_is_stored() -> None:
    source = make_source()
    brief = make_brief(body=f"<p>x{note(cite(source))}</p>")
    unknown = f'<cite data-source="{uuid4()}"></cite>'
    brief.body = f"<p>y{note(unknown)}</p>"
    with pytest.raises(ValidationError, match="does not exist"):
        brief.save()
    assert Brief.objects.get().body.startswith("<p>x")
    assert brief.citations.get().source == source


def test_a_field_that_a_later_version_adds_changes_no_hash() -> None:
    composition = compose(approved(), public_from=database_now())

    @dataclass(frozen=True)
    class Later(Composition):
        reviewed_by: str = ""

    later = Later(**{f.name: getattr(composition, f.name) for f in fields(composition)})
    assert digest(later) == digest(composition)
