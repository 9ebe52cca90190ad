"""The stages of a draft and the table of verbs that move it: from, to, permission.

Pure data. `workflow.py` carries the verbs out; nothing else changes a stage."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Stage(TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DISCARDED = "discarded", "Discarded"

    @property
    def in_words(self) -> str:
        """As it is said after “the brief is”."""
        return "a draft" if self is Stage.DRAFT else str(self.label).lower()


# Text may be changed here only; elsewhere a verb must bring the brief back first.
EDITABLE = frozenset({Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED})


class EditionKind(TextChoices):
    """What an edition is to the one before it."""

    ORIGINAL = "original", "Original"
    TYPO = "typo", "Typo corrected"
    CORRECTION = "correction", "Correction"
    UPDATE = "update", "Update"
    RETRACTION = "retraction", "Retraction"


# What a brief is since an edition of this kind.
STATES = {
    EditionKind.TYPO: "typo corrected",
    EditionKind.CORRECTION: "corrected",
    EditionKind.UPDATE: "updated",
    EditionKind.RETRACTION: "retracted",
}
LATER_KINDS = tuple(kind for kind in EditionKind if kind is not EditionKind.ORIGINAL)


@dataclass(frozen=True)
class Verb:
    """One row of the table. `own` says whether people may use it on their own briefs without
    holding the permission to edit everybody's."""

    name: str
    label: str
    sources: frozenset[Stage]
    target: Stage
    own: bool = False

    @property
    def permission(self) -> str:
        return f"briefs.{self.codename}"

    @property
    def codename(self) -> str:
        return f"{self.name}_brief"


def _verb(name: str, label: str, sources: set[Stage], target: Stage, *, own: bool = False) -> Verb:
    return Verb(name, label, frozenset(sources), target, own)


_NOT_FINAL = set(Stage) - {Stage.WITHDRAWN}

VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        _verb("submit", "Submit for review", {Stage.DRAFT}, Stage.IN_REVIEW, own=True),
        _verb("return", "Return to draft", {Stage.IN_REVIEW, Stage.APPROVED}, Stage.DRAFT),
        _verb("approve", "Approve", {Stage.IN_REVIEW}, Stage.APPROVED),
        _verb("publish", "Publish", {Stage.APPROVED}, Stage.PUBLISHED),
        _verb("schedule", "Schedule", {Stage.APPROVED, Stage.SCHEDULED}, Stage.SCHEDULED),
        _verb("cancel", "Cancel schedule", {Stage.SCHEDULED}, Stage.APPROVED),
        _verb("revise", "Revise", {Stage.PUBLISHED}, Stage.DRAFT),
        _verb("correct", "Publish correction", {Stage.APPROVED}, Stage.PUBLISHED),
        _verb("withdraw", "Withdraw", _NOT_FINAL, Stage.WITHDRAWN),
        _verb("discard", "Discard", {Stage.DRAFT}, Stage.DISCARDED, own=True),
        _verb("restore", "Restore", {Stage.DISCARDED}, Stage.DRAFT, own=True),
    )
}

# `readdress` changes the address of what was published and no stage; it is recorded like a verb.
READDRESS = "readdress"

EDIT_ALL = "briefs.edit_all_briefs"

CONTRIBUTOR_VERBS = ("submit", "discard", "restore")
EDITOR_VERBS = (*CONTRIBUTOR_VERBS, "return", "approve", "revise")
PUBLISHER_VERBS = (*EDITOR_VERBS, "publish", "schedule", "cancel", "correct", "withdraw")


def _model_permissions(models: str, acts: str) -> set[str]:
    return {f"{act}_{model}" for model in models.split() for act in acts.split()}


_EVERYONE = (
    _model_permissions("brief", "add change view")
    | _model_permissions("source", "add change view")
    | _model_permissions("author", "add view")
    | _model_permissions("centre series topic edition stagechange", "view")
    | _model_permissions("byline", "add change delete view")
    | _model_permissions("address", "view")
)
_EDITORS = (
    _EVERYONE
    | {"edit_all_briefs", "delete_brief"}
    | _model_permissions("author centre series topic source", "add change delete view")
)

# Group → codenames of its permissions, all of the app `briefs`.
GROUPS: dict[str, frozenset[str]] = {
    "Contributors": frozenset(_EVERYONE | {VERBS[name].codename for name in CONTRIBUTOR_VERBS}),
    "Editors": frozenset(_EDITORS | {VERBS[name].codename for name in EDITOR_VERBS}),
    "Publishers": frozenset(
        _EDITORS | {VERBS[name].codename for name in PUBLISHER_VERBS} | {f"{READDRESS}_brief"}
    ),
    "Administrators": frozenset(
        _model_permissions("institute", "change view")
        | _model_permissions("user", "add change delete view")
    ),
}
