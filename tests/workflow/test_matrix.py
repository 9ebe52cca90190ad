"""Every stage × verb × role: who may do what, and that a refusal changes nothing."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from briefs import workflow
from briefs.models import Brief, Edition, StageChange, User
from briefs.models.clock import database_now
from briefs.stages import VERBS, Stage
from tests.factories import approve, make_author, make_brief, make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stub_typesetting")]

HOUR = dt.timedelta(hours=1)

# State → the verbs of: owner (a contributor who created it), bylined (a contributor in the byline),
# stranger (any other contributor), editor, writer (an editor in the byline), publisher.
MATRIX: dict[str, dict[str, str]] = {
    "draft": {
        "owner": "submit discard",
        "bylined": "submit",
        "editor": "submit discard",
        "writer": "submit discard",
        "publisher": "submit discard",
    },
    "in review": {
        "editor": "return approve",
        "writer": "return",
        "publisher": "return approve",
    },
    "approved": {
        "editor": "return",
        "writer": "return",
        "publisher": "return publish schedule",
    },
    "scheduled": {"publisher": "schedule cancel"},
    "scheduled, its time has come": {
        "editor": "revise",
        "writer": "revise",
        "publisher": "revise withdraw",
    },
    "published": {
        "editor": "revise",
        "writer": "revise",
        "publisher": "revise withdraw",
    },
    "draft of a published brief": {
        "owner": "submit discard",
        "bylined": "submit",
        "editor": "submit discard",
        "writer": "submit discard",
        "publisher": "submit discard withdraw",
    },
    "in review after publication": {
        "editor": "return approve",
        "writer": "return",
        "publisher": "return approve withdraw",
    },
    "approved correction": {
        "editor": "return",
        "writer": "return",
        "publisher": "return schedule correct withdraw",
    },
    "scheduled correction": {"publisher": "schedule cancel withdraw"},
    "withdrawn": {},
    "discarded": {
        "owner": "restore",
        "editor": "restore",
        "writer": "restore",
        "publisher": "restore",
    },
    "discarded revision": {
        "owner": "restore",
        "editor": "restore",
        "writer": "restore",
        "publisher": "restore withdraw",
    },
}
ROLES = (
    "owner", "bylined", "stranger", "editor", "writer", "publisher",
    "administrator", "inactive publisher", "superuser",
)  # fmt: skip


def people() -> dict[str, User]:
    make = make_user
    return {
        "owner": make("owner", "Contributors"),
        "bylined": make("bylined", "Contributors"),
        "stranger": make("stranger", "Contributors"),
        "editor": make("editor", "Editors"),
        "writer": make("writer", "Editors"),
        "publisher": make("publisher", "Publishers"),
        "administrator": make("administrator", "Administrators"),
        "inactive publisher": make("gone", "Publishers", is_active=False),
        "superuser": make("root", is_superuser=True),
    }


def make_state(state: str, users: dict[str, User]) -> Brief:
    brief = make_brief(
        by=users["owner"],
        authors=[
            make_author("Bylined", user=users["bylined"]),
            make_author("Writer", user=users["writer"]),
        ],
    )
    soon = database_now() + HOUR
    past_edition = "published", "draft of a published brief", "in review after publication"
    if state in {*past_edition, "approved correction", "withdrawn", "discarded revision"}:
        make_edition(brief)
    if state == "scheduled, its time has come":
        make_edition(brief)
    if state == "scheduled":
        make_edition(brief, public_from=soon)
    if state == "scheduled correction":
        make_edition(brief)
        make_edition(brief, public_from=soon)
    if state == "withdrawn":
        brief.stage = Stage.PUBLISHED
        workflow.withdraw(brief=brief, by=users["superuser"], comment="Notice.")
    if state.startswith(("approved", "scheduled")):
        approve(brief)
    brief.stage = STAGE[state]
    Brief.objects.filter(pk=brief.pk).update(stage=brief.stage)
    return Brief.objects.get(pk=brief.pk)


STAGE = {
    "draft": Stage.DRAFT,
    "in review": Stage.IN_REVIEW,
    "approved": Stage.APPROVED,
    "scheduled": Stage.SCHEDULED,
    "scheduled, its time has come": Stage.SCHEDULED,
    "published": Stage.PUBLISHED,
    "draft of a published brief": Stage.DRAFT,
    "in review after publication": Stage.IN_REVIEW,
    "approved correction": Stage.APPROVED,
    "scheduled correction": Stage.SCHEDULED,
    "withdrawn": Stage.WITHDRAWN,
    "discarded": Stage.DISCARDED,
    "discarded revision": Stage.DISCARDED,
}


def allowed(state: str, role: str) -> set[str]:
    row = MATRIX[state]
    return set(row.get("publisher" if role == "superuser" else role, "").split())


def everything(brief: Brief) -> tuple[Any, ...]:
    """All that a refused verb must leave alone."""
    return (
        Brief.objects.filter(pk=brief.pk).values().get(),
        list(Edition.objects.values("id", "number", "public_from")),
        StageChange.objects.count(),
        list(brief.addresses.values()),
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", MATRIX)
def test_exactly_the_verbs_of_the_table_are_available(state: str, role: str) -> None:
    users = people()
    brief = make_state(state, users)
    user = User.objects.get(pk=users[role].pk)
    found = {verb.name for verb in workflow.available(brief=brief, by=user)}
    assert found == allowed(state, role)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", MATRIX)
def test_a_verb_is_carried_out_or_refused_with_a_sentence(state: str, role: str) -> None:
    users = people()
    for verb in VERBS:
        with undone():
            brief = make_state(state, users)
            user = User.objects.get(pk=users[role].pk)
            try_verb(brief, user, verb, permitted=verb in allowed(state, role))


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back, so that the next verb finds the state as it was."""
    savepoint = transaction.savepoint_create()  # not atomic(): the verbs insist on being outermost
    yield
    transaction.savepoint_rollback(savepoint)


def try_verb(brief: Brief, user: User, verb: str, *, permitted: bool) -> None:
    before, stage = everything(brief), brief.effective_stage
    arguments: dict[str, Any] = {"comment": "Because."}
    if verb == "schedule":
        arguments["at"] = database_now() + 2 * HOUR
    if verb == "correct" or (verb == "schedule" and Edition.objects.public().exists()):
        arguments["kind"] = "correction"
    if not permitted:
        with pytest.raises(workflow.TransitionError, match=r"^[A-Z“].*\.$"):
            workflow.perform(verb, brief=brief, by=user, **arguments)
        assert everything(brief) == before
        return
    workflow.perform(verb, brief=brief, by=user, **arguments)
    change = StageChange.objects.filter(brief=brief).first()
    assert change is not None
    assert (change.verb, change.from_stage, change.to_stage, change.by, change.comment) == (
        verb, stage, VERBS[verb].target, user, "Because.",
    )  # fmt: skip
    assert Brief.objects.get(pk=brief.pk).stage == VERBS[verb].target == brief.stage
