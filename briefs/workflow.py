"""The verbs: whatever changes the stage of a brief. Called alike by desk, command and tests.

Each: permission, compare-and-swap that must hit one row, write, `StageChange`. Must not import
forms, views or the admin; takes no request."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from briefs import pdf, search
from briefs.composition import Composition, CompositionError, compose
from briefs.freezing import freeze
from briefs.models import (
    Address,
    Brief,
    Edition,
    Institute,
    StageChange,
    User,
    Withdrawal,
)
from briefs.models.brief import new_token
from briefs.models.clock import database_now
from briefs.models.files import StorageError, store
from briefs.stages import EDIT_ALL, LATER_KINDS, READDRESS, VERBS, Stage, Verb

CHANGED = "Someone else has changed this brief meanwhile. Look at it again."
ADDRESS_LENGTH = 100
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


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


def perform(
    verb: str,
    *,
    brief: Brief,
    by: User,
    at: dt.datetime | None = None,
    kind: str | None = None,
    comment: str = "",
) -> StageChange:
    """Carry out the verb of this name (`at` for schedule, `kind` for schedule and correct, both
    where they apply). Raises TransitionError."""
    if verb not in VERBS:
        raise NotReady(f"There is no verb “{verb}”. The verbs are: {', '.join(VERBS)}.")
    given: dict[str, Any] = {"comment": comment}
    if verb == "schedule":
        given |= {"at": at, "kind": kind}
    elif verb == "correct":
        given |= {"kind": kind}
    return FUNCTIONS[verb](brief=brief, by=by, **given)


def submit(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Hand a draft to review."""
    return _move("submit", brief, by, comment)


def return_(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Give a brief back to its authors."""
    return _move("return", brief, by, comment)


def approve(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Declare a brief fit to publish; not one's own work, unless the institute allows it."""
    return _move("approve", brief, by, comment)


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
    verb = _permit("publish", brief, by)
    if brief.editions.exists():
        raise WrongStage("This brief has an edition already; publish a correction instead.")
    edition = _prepare(brief)
    return _release(verb, brief, by, comment, edition)


def correct(*, brief: Brief, by: User, kind: str | None, comment: str = "") -> StageChange:
    """Make the next edition, public at once; `comment` says what changed and why."""
    verb = _permit("correct", brief, by)
    if not Edition.objects.public().filter(brief=brief).exists():
        raise WrongStage("This brief has no edition to correct; publish it instead.")
    edition = _prepare(brief, kind=_later_kind(kind), change_note=_change_note(comment))
    return _release(verb, brief, by, comment, edition)


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
    verb = _permit("schedule", brief, by)
    if at is None or at.tzinfo is None:
        raise NotReady("Scheduling needs a time, with its time zone.")
    if at <= database_now():
        raise NotReady("That time has passed; publish at once or choose a later one.")
    public = Edition.objects.public().filter(brief=brief).exists()
    pending = Edition.objects.pending().filter(brief=brief).first()
    if public:
        kind = kind or (pending.kind if pending else None)
        comment = comment or (pending.change_note if pending else "")
        edition = _prepare(
            brief, kind=_later_kind(kind), change_note=_change_note(comment), public_from=at
        )
    else:
        edition = _prepare(brief, public_from=at)
    return _release(verb, brief, by, comment, edition)


def cancel(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Take back an edition before its time; its number is used again."""
    verb = _permit("cancel", brief, by)
    return _carry_out(verb, brief, by, comment, lambda: _delete_pending(brief))


def withdraw(*, brief: Brief, by: User, comment: str = "") -> StageChange:
    """Take the text away for ever: all its addresses answer 410 with `comment` as the notice."""
    verb = _permit("withdraw", brief, by)
    if not comment.strip():
        raise NotReady("A withdrawal needs a notice that readers will see.")
    current = Edition.objects.current().filter(brief=brief).first()
    if current is None:
        raise WrongStage("Only a brief with a public edition can be withdrawn.")

    def write() -> int:
        _delete_pending(brief)
        Withdrawal.record(brief=brief, notice=comment.strip())
        number: int = current.number
        return number

    return _carry_out(verb, brief, by, comment, write)


def readdress(*, brief: Brief, by: User, slug: str, comment: str = "") -> StageChange | None:
    """Give a brief another address. Once frozen, the former one redirects for ever and this takes
    a permission and is recorded; before, it is just changed (None is returned)."""
    if not SLUG.fullmatch(slug) or len(slug) > ADDRESS_LENGTH:
        raise NotReady("An address consists of small letters a–z, digits and single hyphens.")
    if Address.objects.filter(slug=slug).exclude(brief=brief).exists():
        raise NotReady("Another brief has or had this address.")
    current = Address.objects.of(brief)
    if not brief.editions.exists():
        _require_editable(brief, by)
        current.slug = slug
        current.save()
        return None
    if not by.has_perm(f"briefs.{READDRESS}_brief"):
        raise NotAllowed("You may not change the address of a published brief.")
    stage = brief.effective_stage
    if stage == Stage.WITHDRAWN or slug == current.slug:
        raise WrongStage("This brief keeps its address.")
    with transaction.atomic(durable=True):
        Address.objects.filter(brief=brief, current=True).update(current=False)
        Address.objects.update_or_create(slug=slug, brief=brief, defaults={"current": True})
        return StageChange.record(
            brief=brief,
            verb=READDRESS,
            from_stage=stage,
            to_stage=stage,
            by=by,
            comment=" ".join(filter(None, [f"{current.slug} → {slug}.", comment.strip()])),
        )


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


def available(*, brief: Brief, by: User) -> list[Verb]:
    """The verbs that `by` may use on this brief now, in the order of the table."""
    return [verb for verb in VERBS.values() if _refusal(verb, brief, by) is None]


def _permit(name: str, brief: Brief, by: User) -> Verb:
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
        label = Stage(stage).label.lower()
        return WrongStage(f"“{verb.label}” is not possible: the brief is {label}.")
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


def _require_editable(brief: Brief, by: User) -> None:
    if not Brief.objects.editable_by(by).filter(pk=brief.pk).exists() or not brief.is_editable:
        raise NotAllowed("You may not change this brief.")


def _later_kind(kind: str | None) -> str:
    if kind not in LATER_KINDS:
        kinds = ", ".join(LATER_KINDS)
        raise NotReady(f"A later edition needs a kind: {kinds}.")
    return kind


def _change_note(comment: str) -> str:
    if not comment.strip():
        raise NotReady("Say what changed and why: readers will see it.")
    return comment.strip()


def _move(name: str, brief: Brief, by: User, comment: str) -> StageChange:
    """A verb that touches no edition."""
    return _carry_out(_permit(name, brief, by), brief, by, comment, lambda: None)


def _carry_out(
    verb: Verb, brief: Brief, by: User, comment: str, write: Callable[[], int | None]
) -> StageChange:
    """One durable transaction: compare and swap, `write` (returns the number of the edition that it
    was about), and the record. Nothing stays of it if any part is refused."""
    token = new_token()
    try:
        with transaction.atomic(durable=True):
            from_stage = _swap(verb, brief, token)
            number = write()
            change = StageChange.record(
                brief=brief,
                verb=verb.name,
                from_stage=from_stage,
                to_stage=verb.target,
                by=by,
                comment=comment.strip(),
                edition_number=number,
            )
    except IntegrityError as error:
        raise Changed(CHANGED) from error
    brief.stage, brief.token = verb.target, token
    return change


def _swap(verb: Verb, brief: Brief, token: str) -> str:
    """Stage and token as they were read, or nobody moves. Returns the stage that is left, by the
    database's clock."""
    moved = Brief.objects.filter(pk=brief.pk, stage=brief.stage, token=brief.token).update(
        stage=verb.target, token=token
    )
    if moved != 1:
        raise Changed(CHANGED)
    stage = brief.effective_stage
    if stage not in verb.sources:
        raise WrongStage(f"Too late: the brief is {Stage(stage).label.lower()} by now.")
    return stage


def _delete_pending(brief: Brief) -> int | None:
    pending = Edition.objects.pending().filter(brief=brief).first()
    if pending is None:
        return None
    number: int = pending.number
    pending.delete()
    return number


@dataclass(frozen=True)
class _Prepared:
    composition: Composition
    pdf: pdf.Pdf
    engine: dict[str, str]


def _prepare(brief: Brief, **release: Any) -> _Prepared:
    """Compose, typeset and store the PDF, outside any transaction. A PDF that no edition refers to
    is harmless."""
    if missing := _missing(brief):
        raise NotReady(f"The brief is not ready: it has no {' and no '.join(missing)}.")
    try:
        composition = compose(brief, **release)
        document = pdf.typeset(composition)
        store(Edition.pdf_address(document.sha256), document.content)
    except (CompositionError, pdf.TypesettingError, StorageError) as error:
        raise NotReady(str(error)) from error
    return _Prepared(composition, document, pdf.fingerprint())


def _missing(brief: Brief) -> list[str]:
    present = {
        "title": brief.title.strip(),
        "text": brief.body.strip(),
        "author in the byline": brief.bylines.exists(),
    }
    return [name for name, value in present.items() if not value]


def _release(verb: Verb, brief: Brief, by: User, comment: str, prepared: _Prepared) -> StageChange:
    def write() -> int:
        _delete_pending(brief)
        edition = freeze(
            brief=brief,
            composition=prepared.composition,
            pdf=prepared.pdf.content,
            pages=prepared.pdf.pages,
            engine=prepared.engine,
        )
        search.index(edition)
        number: int = edition.number
        return number

    return _carry_out(verb, brief, by, comment, write)
