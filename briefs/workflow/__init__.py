"""The verbs: whatever changes the stage of a brief. Called alike by desk, command and tests.

Each: permission, compare-and-swap that must hit one row, write, `StageChange`. Must not import
forms, views or the admin; takes no request."""

from briefs.workflow.addresses import SLUG, readdress
from briefs.workflow.publishing import NEED_READY, unready
from briefs.workflow.refusals import (
    CHANGED,
    Changed,
    NotAllowed,
    NotReady,
    TransitionError,
    WrongStage,
    available,
    refusal,
    standing,
    withheld,
)
from briefs.workflow.verbs import (
    FUNCTIONS,
    approve,
    cancel,
    correct,
    discard,
    perform,
    publish,
    restore,
    return_,
    revise,
    schedule,
    submit,
    withdraw,
)

__all__ = [
    "CHANGED",
    "FUNCTIONS",
    "NEED_READY",
    "SLUG",
    "Changed",
    "NotAllowed",
    "NotReady",
    "TransitionError",
    "WrongStage",
    "approve",
    "available",
    "cancel",
    "correct",
    "discard",
    "perform",
    "publish",
    "readdress",
    "refusal",
    "restore",
    "return_",
    "revise",
    "schedule",
    "standing",
    "submit",
    "unready",
    "withdraw",
    "withheld",
]
