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
    run("ties", "schedule", "--by", "boss", "--at", "2030-01-01T09:00")
    assert Edition.objects.get().public_from.isoformat() == "2030-01-01T04:00:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere", "publish", "--by", "boss"], "no brief at “nowhere”"),
        (["ties", "publish", "--by", "nobody"], "no user “nobody”"),
        (["ties", "submit", "--by", "boss"], "the brief is approved"),
        (["ties", "schedule", "--by", "boss"], "needs a time"),
        (["ties", "schedule", "--by", "boss", "--at", "soon"], "“soon” is no time"),
        (["ties", "schedule", "--by", "boss", "--at", "2025-13-45T99:00"], "is no time"),
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
