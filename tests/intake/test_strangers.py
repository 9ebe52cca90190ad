"""What an import says of authors and drafts: who is new, and what stands here already."""

import pytest

from briefs.composition import compose
from briefs.intake import Intake, import_manuscript, system_user
from briefs.models import Institute, User
from tests.factories import make_author, make_brief, make_centre, make_user

pytestmark = pytest.mark.django_db
NEW = "Ada Author is new here, without a centre; look at the author’s entry."


def imported(*lines: str, by: User | None = None) -> Intake:
    byline = "\n".join(("By", "Ada Author", *lines))
    data = f"# A Small Brief\n\n{byline}\n\n1 May 2025\n\nFirst words of the text.\n".encode()
    return import_manuscript(data=data, filename="x.md", by=by or make_user())


def test_of_a_new_author_without_a_centre_nothing_is_claimed() -> None:
    Institute(name="Institute of Strategic Studies", short_name="ISSI").save()
    intake = imported()
    assert [line.affiliation for line in compose(intake.brief).byline] == [""]
    assert NEW in intake.warnings


def test_what_the_manuscript_says_of_a_new_author_is_printed() -> None:
    Institute(name="Institute of Strategic Studies", short_name="ISSI").save()
    intake = imported("Fellow", "Institute of Strategic Studies")
    assert compose(intake.brief).byline[0].affiliation == "Institute of Strategic Studies"


def test_an_author_who_is_known_or_has_a_centre_is_not_introduced() -> None:
    make_author("Ada Author")
    assert NEW not in imported().warnings


def test_a_known_authors_centre_is_printed() -> None:
    make_author("Ada Author", centre=make_centre("Centre for Trade"), email="a@example.org")
    intake = imported("Email: a@example.org")
    assert compose(intake.brief).byline[0].affiliation == "Centre for Trade, Institute"


EXISTS = "Another brief has this title: a-small-brief (in review)."


def test_an_editor_is_told_of_a_draft_with_the_same_title_and_its_stage() -> None:
    make_brief("A SMALL brief", stage="in_review")
    assert EXISTS in imported(by=make_user(group="Editors")).warnings
    assert EXISTS in imported(by=system_user()).warnings


def test_a_contributor_is_not_told_of_somebody_elses_draft() -> None:
    contributor = make_user(group="Contributors")
    make_brief("A Small Brief", stage="in_review")
    assert not any("has this title" in told for told in imported(by=contributor).warnings)
    assert "Another brief has this title: a-small-brief-2 (draft)." in (
        imported(by=contributor).warnings
    )
