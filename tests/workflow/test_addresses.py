import pytest

from briefs import workflow
from briefs.composition import digest, read
from briefs.models import Address, Brief, Edition
from briefs.models.clock import database_now
from tests.factories import (
    make_brief,
    make_edition,
    make_user,
)
from tests.workflow.drafts import HOUR, approved, publisher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stub_typesetting")]


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


def test_a_new_address_makes_a_stale_publication_fail() -> None:
    brief = approved(slug="old")
    looked_at = Brief.objects.get(pk=brief.pk)
    workflow.readdress(brief=brief, by=make_user(group="Editors"), slug="new")
    with pytest.raises(workflow.Changed):
        workflow.publish(brief=looked_at, by=publisher())


def test_an_address_that_was_scheduled_once_is_kept() -> None:
    brief = approved(slug="old")
    workflow.schedule(brief=brief, by=publisher(), at=database_now() + HOUR)
    workflow.cancel(brief=brief, by=publisher())
    assert workflow.readdress(brief=brief, by=publisher(), slug="new") is not None
    assert Address.objects.filter(slug="old", current=False).exists()


def test_a_contributor_changes_no_address_after_submitting() -> None:
    user = make_user(group="Contributors")
    brief = make_brief(by=user)
    workflow.submit(brief=brief, by=user)
    with pytest.raises(workflow.NotAllowed):
        workflow.readdress(brief=brief, by=user, slug="new")
