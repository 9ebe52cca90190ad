from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from briefs.models import Edition, Institute, StageChange
from briefs.stages import Stage
from tests.factories import make_brief, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stub_typesetting")]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("transition", *arguments, stdout=out)
    return out.getvalue().strip()


def approved() -> None:
    make_brief(slug="ties", stage=Stage.APPROVED)
    make_user("boss", "Publishers")


def test_a_verb_is_carried_out_and_said() -> None:
    approved()
    out = run("ties", "publish", "--by", "boss", "--comment", "Go.")
    assert out == "ties: Approved → Published, edition 1"
    assert StageChange.objects.get(verb="publish").comment == "Go."


def test_a_time_without_offset_is_the_institutes() -> None:
    Institute(time_zone="Asia/Karachi").save()
    approved()
    out = run("ties", "schedule", "--by", "boss", "--at", "2030-01-01T09:00")
    assert Edition.objects.get().public_from.isoformat() == "2030-01-01T04:00:00+00:00"
    public_from = "2030-01-01T09:00+05:00 (Asia/Karachi)"
    assert out == f"ties: Approved → Scheduled, edition 1, public from {public_from}"


def test_a_time_that_the_institutes_clock_never_shows_is_refused() -> None:
    Institute(time_zone="Europe/Paris").save()
    approved()
    with pytest.raises(CommandError, match="may not exist"):
        run("ties", "schedule", "--by", "boss", "--at", "2030-03-31T02:30")


def test_what_was_cancelled_is_said_to_be_taken_back() -> None:
    approved()
    run("ties", "schedule", "--by", "boss", "--at", "2030-01-01T09:00Z")
    out = run("ties", "cancel", "--by", "boss")
    assert out == "ties: Scheduled → Approved; edition 1 is taken back"


def test_a_draft_is_called_one() -> None:
    make_brief(slug="ties")
    make_user("boss", "Publishers")
    with pytest.raises(CommandError, match=r"the brief is a draft\.$"):
        run("ties", "publish", "--by", "boss")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere", "publish", "--by", "boss"], "no brief at “nowhere”"),
        (["ties", "publish", "--by", "nobody"], "no user “nobody”"),
        (["ties", "submit", "--by", "boss"], "the brief is approved"),
        (["ties", "schedule", "--by", "boss"], "needs a time"),
        (["ties", "schedule", "--by", "boss", "--at", "soon"], "“soon” is no time"),
        (["ties", "schedule", "--by", "boss", "--at", "2025-13-45T99:00"], "is no time"),
        (["ties", "schedule", "--by", "boss", "--at", "2999-01-01"], "has no time of day"),
        (["ties", "return", "--by", "boss"], "Say what is to be changed"),
        (["ties", "publish", "--by", "visitor"], "no permission"),
        (["ties", "publish", "--by", "boss", "--at", "2999-01-01T09:00Z"], "takes no time"),
        (["ties", "publish", "--by", "boss", "--kind", "retraction"], "takes no kind"),
        (["ties", "schedule", "--by", "boss", "--at", "9999-12-31T23:59-12:00"], "100 years"),
        (["ties", "fly", "--by", "boss"], "invalid choice"),
    ],
)
def test_bad_input_gets_one_clear_line(arguments: list[str], sentence: str) -> None:
    approved()
    make_user("visitor", "Contributors")
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert sentence in str(error.value)
    assert not Edition.objects.exists()
