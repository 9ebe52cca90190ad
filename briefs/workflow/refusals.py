"""Who may use which verb now, and the sentences of refusal."""

from briefs.models import Brief, Edition, Institute, User
from briefs.stages import EDIT_ALL, VERBS, Stage, Verb

CHANGED = "Someone else has changed this brief meanwhile. Look at it again."
TOO_LATE = "Too late: the time of this edition has come."


class TransitionError(Exception):
    """A verb was refused; the message is a sentence for the person who tried."""


class NotAllowed(TransitionError):
    """They may not do this to this brief."""


class WrongStage(TransitionError):
    """The brief is not at a stage at which this can be done."""


class Changed(TransitionError):
    """Someone else changed the brief meanwhile."""


class NotReady(TransitionError):
    """Something is missing: in the brief, or in what was given with the verb."""


def available(*, brief: Brief, by: User) -> list[Verb]:
    """The verbs that `by` may use on this brief now, in the order of the table."""
    return [verb for verb in VERBS.values() if _refusal(verb, brief, by) is None]


def refusal(*, verb: Verb, brief: Brief, by: User) -> str | None:
    """Why `by` may not use this verb now, as a sentence; None where they may."""
    error = _refusal(verb, brief, by)
    return None if error is None else str(error)


def withheld(*, brief: Brief, by: User) -> list[tuple[Verb, str]]:
    """The verbs that the stage and their permissions would allow to `by`, but for what they did to
    this brief themselves; each with its reason."""
    found = []
    for verb in VERBS.values():
        if brief.effective_stage in verb.sources and by.has_perm(verb.permission):
            error = _refusal(verb, brief, by)
            if isinstance(error, NotAllowed):
                found.append((verb, str(error)))
    return found


def standing(*, verb: Verb, brief: Brief) -> str:
    """That what the verb is for has come about already, as a sentence; nothing where it has not, or
    where the stage alone does not tell."""
    stage = brief.effective_stage
    if verb.name == "cancel" or stage in verb.sources or stage != verb.target:
        return ""
    return "Already a draft." if stage is Stage.DRAFT else f"Already {stage.label.lower()}."


def permit(name: str, brief: Brief, by: User) -> Verb:
    verb = VERBS[name]
    if refusal := _refusal(verb, brief, by):
        raise refusal
    return verb


def _refusal(verb: Verb, brief: Brief, by: User) -> TransitionError | None:
    act = verb.label.lower()
    if not by.has_perm(verb.permission):
        return NotAllowed(f"You have no permission to {act}.")
    if verb.own and not by.has_perm(EDIT_ALL) and not _owns(verb, brief, by):
        return NotAllowed(f"You may {act} only for your own briefs.")
    stage = brief.effective_stage
    if stage not in verb.sources:
        if already := standing(verb=verb, brief=brief):
            return WrongStage(already)
        now = Stage(stage).in_words
        return WrongStage(f"“{verb.label}” is not possible: the brief is {now}.")
    if verb.name == "approve" and brief.is_written_by(by) and not Institute.load().own_approval:
        return NotAllowed("You worked on this brief yourself; someone else must approve it.")
    return _refusal_by_editions(verb, brief)


def _owns(verb: Verb, brief: Brief, by: User) -> bool:
    return brief.is_owned_by(by) if verb.name == "submit" else brief.created_by_id == by.pk


def _refusal_by_editions(verb: Verb, brief: Brief) -> TransitionError | None:
    if verb.name not in {"publish", "correct", "withdraw"}:
        return None
    public = Edition.objects.public().filter(brief=brief).exists()
    if verb.name == "publish" and public:
        return WrongStage("This brief has an edition already; publish a correction instead.")
    if verb.name == "correct" and not public:
        return WrongStage("This brief has no edition to correct; publish it instead.")
    if verb.name == "withdraw" and not public:
        return WrongStage("Only a brief with a public edition can be withdrawn.")
    return None
