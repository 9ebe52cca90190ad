import datetime as dt
from typing import Any

import pytest

from briefs import pdf, workflow
from briefs.models import Brief, Edition
from briefs.stages import Stage
from tests.factories import (
    approve,
    cite,
    make_author,
    make_brief,
    make_series,
    make_source,
    make_user,
    note,
)
from tests.workflow.drafts import approved, publisher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stub_typesetting")]


class TestApproval:
    """What is published is what was approved."""

    def review(self, **fields: Any) -> Brief:
        brief = make_brief(**fields)
        Brief.objects.filter(pk=brief.pk).update(stage=Stage.IN_REVIEW)
        brief.refresh_from_db()
        workflow.approve(brief=brief, by=make_user(group="Editors"))
        return brief

    def test_lets_what_was_approved_be_published(self) -> None:
        brief = self.review()
        workflow.publish(brief=brief, by=publisher())

    @pytest.mark.parametrize("what", ["body", "source", "author", "byline"])
    def test_is_void_once_anything_that_is_read_has_changed(self, what: str) -> None:
        source, author = make_source("Before"), make_author("Before")
        brief = self.review(authors=[author], body=f"<p>x{note(cite(source))}</p>")
        if what == "body":
            brief.body += "<p>More.</p>"
            brief.save()
        elif what == "source":
            source.title = "Smear"
            source.save()
        elif what == "author":
            author.name = "Someone else"
            author.save()
        else:
            brief.bylines.create(author=make_author("Late"), position=2)
        with pytest.raises(workflow.NotReady, match="changed after the approval"):
            workflow.publish(brief=brief, by=publisher())

    def test_stands_when_number_date_and_topics_are_set_at_the_last_moment(self) -> None:
        brief = self.review()
        brief.series, brief.series_number, brief.dated = make_series(), 3, dt.date(2026, 1, 1)
        brief.save()
        brief.topics.add("late")
        workflow.publish(brief=brief, by=publisher())

    def test_is_needed_even_where_the_stage_says_approved(self) -> None:
        brief = make_brief()
        Brief.objects.filter(pk=brief.pk).update(stage=Stage.APPROVED)
        brief.refresh_from_db()
        with pytest.raises(workflow.NotReady):
            workflow.publish(brief=brief, by=publisher())


class TestWhatIsPublished:
    def test_is_what_is_stored_not_what_a_caller_has_in_hand(self) -> None:
        brief = approved(title="Stored")
        brief.title, brief.body = "Never saved", "<p>Never saved<script>1</script></p>"
        workflow.publish(brief=brief, by=publisher())
        edition = Edition.objects.get()
        assert (edition.title, edition.body) == ("Stored", "<p>Some words.</p>")

    def test_is_cleaned_whatever_way_it_was_stored(self) -> None:
        brief = make_brief()
        Brief.objects.filter(pk=brief.pk).update(body="<p>x<script>alert(1)</script></p>")
        brief.refresh_from_db()
        workflow.publish(brief=approve(brief), by=publisher())
        assert Edition.objects.get().body == "<p>x</p>"

    def test_is_not_what_was_saved_by_field_meanwhile(self) -> None:
        brief = approved()
        other = Brief.objects.get(pk=brief.pk)
        other.summary = "Slipped in."
        other.save(update_fields=["summary"])
        with pytest.raises(workflow.Changed):
            workflow.publish(brief=brief, by=publisher())

    def test_keeps_names_and_keys_together_when_rows_change_while_it_is_typeset(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = make_author("First"), make_author("Second")
        brief = approved(authors=[first], topics=("Trade",))
        typeset = pdf.typeset

        def meddle(composition: Any) -> Any:
            brief.bylines.update(author=second)
            brief.topics.update(slug="renamed")
            return typeset(composition)

        monkeypatch.setattr("briefs.pdf.typeset", meddle)
        workflow.publish(brief=brief, by=publisher())
        line = Edition.objects.get().bylines.get()
        assert (line.name, line.author) == ("First", first)
