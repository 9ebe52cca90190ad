"""The verbs of the table, one function each."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from briefs.composition import text_digest
from briefs.models import Brief, Edition, StageChange, User, Withdrawal
from briefs.stages import VERBS
from briefs.workflow.acting import carry_out
from briefs.workflow.publishing import (
    as_stored,
    change_note,
    composed,
    delete_pending,
    later_kind,
    prepare,
    release,
    require_complete,
    time_to_come,
)
from briefs.workflow.refusals import NotReady, WrongStage, permit


def perform(
    verb: str,
    *,
    brief: Brief,
    by: User,
    at: dt.datetime | None = None,
    kind: str | None = None,
    comment: str = "",
) -> StageChange:
    """Carry out the verb of this name. `at` is for schedule alone, `kind` for schedule and correct:
    given to another verb they are refused, lest someone publish at once what was meant for later.
    Raises TransitionError."""
    if verb not in VERBS:
        raise NotReady(f"There is no verb “{verb}”. The verbs are: {', '.join(VERBS)}.")
    given: dict[str, Any] = {"comment": comment}
    if verb == "schedule":
        given |= {"at": at, "kind": kind}
    elif at is not None:
        raise NotReady(f"“{VERBS[verb].label}” takes no time; schedule the brief instead.")
    elif verb == "correct":
        given |= {"kind": kind}
    elif kind is not None:
        raise NotReady(f"“{VERBS[verb].label}” takes no kind.")
    return FUNCTIONS[verb](brief=brief, by=by, **given)


def submit(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Hand a draft to review; there must be something to review."""
    verb = permit("submit", brief, by)
    require_complete(brief)
    return carry_out(verb, brief, by, comment, lambda _: None)


def return_(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Give a brief back to its authors; `comment` says what is to be changed."""
    verb = permit("return", brief, by)
    if not comment.strip():
        raise NotReady("Say what is to be changed: its authors will see it.")
    return carry_out(verb, brief, by, comment, lambda _: None)


def approve(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Declare a brief fit to publish; not one's own work, unless the institute allows it. What was
    approved is remembered: nothing else will be published."""
    verb = permit("approve", brief, by)
    text = text_digest(composed(as_stored(brief)))
    return carry_out(verb, brief, by, comment, lambda _: None, text_sha256=text)


def revise(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Open the draft of a published brief again; its edition stays public."""
    return _move("revise", brief, by, comment)


def discard(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Put a draft away."""
    return _move("discard", brief, by, comment)


def restore(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Take a discarded draft up again."""
    return _move("restore", brief, by, comment)


def publish(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Make the first edition, public at once."""
    verb = permit("publish", brief, by)
    if brief.editions.exists():
        raise WrongStage("This brief has an edition already; publish a correction instead.")
    return release(verb, brief, by, comment, prepare(brief))


def correct(*, brief: Brief, by: User, kind: str | None, comment: str = "") -> StageChange:
    """Make the next edition, public at once; `comment` says what changed and why."""
    verb = permit("correct", brief, by)
    kind = later_kind(kind, brief)
    prepared = prepare(brief, kind=kind, change_note=change_note(comment))
    return release(verb, brief, by, comment, prepared)


def schedule(
    *,
    brief: Brief,
    by: User,
    at: dt.datetime | None,
    kind: str | None = None,
    comment: str = "",
) -> StageChange:
    """Freeze and typeset the next edition, public from `at` on. Of a scheduled brief: at another
    time. A later edition needs its `kind` and, as `comment`, what changed and why."""
    verb = permit("schedule", brief, by)
    at = time_to_come(at)
    public = Edition.objects.public().filter(brief=brief).exists()
    pending = Edition.objects.pending().filter(brief=brief).first()
    if public:
        kind = kind or (pending.kind if pending else None)
        comment = comment or (pending.change_note if pending else "")
        prepared = prepare(
            brief,
            kind=later_kind(kind, brief),
            change_note=change_note(comment),
            public_from=at,
        )
    elif kind is not None:
        raise NotReady("A first edition has no kind; it is the original.")
    else:
        prepared = prepare(brief, public_from=at)
    return release(verb, brief, by, comment, prepared)


def cancel(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Take back an edition before its time; its number is used again."""
    return carry_out(
        permit("cancel", brief, by), brief, by, comment, lambda _: delete_pending(brief)
    )


def withdraw(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Take the text away for ever: all its addresses answer 410 with `comment` as the notice."""
    verb = permit("withdraw", brief, by)
    if not comment.strip():
        raise NotReady("A withdrawal needs a notice that readers will see.")

    def write(_stage: str) -> int:
        if Edition.objects.pending().filter(brief=brief).exists():
            delete_pending(brief)
        number: int = Edition.objects.current().get(brief=brief).number
        Withdrawal.record(brief=brief, notice=comment.strip())
        return number

    return carry_out(verb, brief, by, comment, write)


def _move(name: str, brief: Brief, by: User, comment: str) -> StageChange:
    """A verb that touches no edition."""
    return carry_out(permit(name, brief, by), brief, by, comment, lambda _: None)


FUNCTIONS: dict[str, Callable[..., StageChange]] = {
    "submit": submit,
    "return": return_,
    "approve": approve,
    "publish": publish,
    "schedule": schedule,
    "cancel": cancel,
    "revise": revise,
    "correct": correct,
    "withdraw": withdraw,
    "discard": discard,
    "restore": restore,
}
