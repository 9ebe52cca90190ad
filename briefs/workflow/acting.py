"""One durable transaction for every verb: compare and swap, write, record."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from briefs.models import Brief, StageChange, User
from briefs.models.brief import new_token
from briefs.models.facts import FactError
from briefs.stages import Stage, Verb
from briefs.workflow.refusals import CHANGED, TOO_LATE, Changed, WrongStage


def carry_out(
    verb: Verb,
    brief: Brief,
    by: User,
    comment: str,
    write: Callable[[str], int | None],
    *,
    text_sha256: str = "",
) -> StageChange:
    """One durable transaction: compare and swap, `write` (given the stage that is left, returns the
    number of the edition that it was about), and the record. Nothing stays of it if any part is
    refused."""
    token = new_token()
    try:
        with transaction.atomic(durable=True):
            from_stage = _swap(verb, brief, token)
            number = write(from_stage)
            change = StageChange.record(
                brief=brief,
                verb=verb.name,
                from_stage=from_stage,
                to_stage=verb.target,
                by=by,
                comment=comment.strip(),
                edition_number=number,
                text_sha256=text_sha256,
            )
    except FactError as error:
        raise WrongStage(TOO_LATE) from error
    except IntegrityError as error:
        if "check constraint" in str(error).lower():
            raise  # not a race: a rule that should have been told before
        raise Changed(CHANGED) from error
    brief.stage, brief.token = verb.target, token
    return change


def _swap(verb: Verb, brief: Brief, token: str) -> str:
    """Stage and token as they were read, or nobody moves. Returns the stage that is left, by the
    database's clock."""
    renew(brief, token, stage=verb.target)
    stage = brief.effective_stage
    if stage not in verb.sources:
        raise WrongStage(f"Too late: the brief is {Stage(stage).in_words} by now.")
    return stage


def renew(brief: Brief, token: str, **values: str) -> None:
    moved = Brief.objects.filter(pk=brief.pk, stage=brief.stage, token=brief.token).update(
        token=token, updated_at=Now(), **values
    )
    if moved != 1:
        raise Changed(CHANGED)
