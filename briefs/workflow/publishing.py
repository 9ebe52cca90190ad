"""An approved draft becomes an edition: composed and typeset outside any transaction, then frozen."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from briefs import pdf, search
from briefs.composition import Composition, CompositionError, compose, text_digest
from briefs.freezing import freeze
from briefs.models import Brief, Edition, StageChange, User
from briefs.models.clock import database_now
from briefs.models.files import StorageError, store
from briefs.stages import LATER_KINDS, VERBS, EditionKind, Stage, Verb
from briefs.workflow.acting import carry_out
from briefs.workflow.refusals import (
    CHANGED,
    TOO_LATE,
    Changed,
    NotReady,
    TransitionError,
    WrongStage,
)

NOT_AS_APPROVED = (
    "The text, its byline or a source was changed after the approval. "
    "Return the brief, and have it reviewed and approved again."
)
NEED_READY = frozenset({"submit", "publish", "schedule", "correct"})
YEARS_AHEAD = 100


def later_kind(kind: str | None, brief: Brief) -> str:
    if kind not in LATER_KINDS:
        kinds = ", ".join(LATER_KINDS)
        raise NotReady(f"A later edition needs a kind: {kinds}.")
    current = Edition.objects.current().filter(brief=brief).first()
    if current and current.is_retracted and kind != EditionKind.RETRACTION:
        raise NotReady("This brief was retracted; its later editions are retractions too.")
    return kind


def time_to_come(at: dt.datetime | None) -> dt.datetime:
    if at is None or at.tzinfo is None:
        raise NotReady("Scheduling needs a time, with its time zone.")
    now = database_now()
    if at.year > now.year + YEARS_AHEAD:
        raise NotReady(f"That time is more than {YEARS_AHEAD} years away.")
    if at <= now:
        raise NotReady("That time has passed; publish at once or choose a later one.")
    return at


def change_note(comment: str) -> str:
    if not comment.strip():
        raise NotReady("Say what changed and why: readers will see it.")
    return comment.strip()


def delete_pending(brief: Brief) -> int:
    """Raises WrongStage where its time has come meanwhile."""
    number: int | None = None
    for pending in Edition.objects.pending().filter(brief=brief):
        number = pending.number
        pending.delete()
    if number is None:
        raise WrongStage(TOO_LATE)
    return number


@dataclass(frozen=True)
class Prepared:
    composition: Composition
    pdf: pdf.Pdf
    engine: dict[str, str]


def prepare(brief: Brief, **release: Any) -> Prepared:
    """Compose, typeset and store the PDF, outside any transaction. A PDF that no edition refers to
    is harmless."""
    composition = _as_approved(brief, **release)
    try:
        document = pdf.typeset(composition)
        engine = pdf.fingerprint()
        store(Edition.pdf_address(document.sha256), document.content)
    except (pdf.TypesettingError, StorageError) as error:
        raise NotReady(str(error)) from error
    return Prepared(composition, document, engine)


def _as_approved(brief: Brief, **release: Any) -> Composition:
    stored = as_stored(brief)
    require_complete(stored)
    composition = composed(stored, **release)
    if text_digest(composition) != _approved_text(brief):
        raise NotReady(NOT_AS_APPROVED)
    return composition


def unready(brief: Brief) -> str:
    """Why the verbs of `NEED_READY` would be refused whoever tries, as a sentence; nothing where
    they would not. Asks what they ask; composes where the brief was approved."""
    try:
        if brief.stage in VERBS["schedule"].sources:
            _as_approved(brief)
        else:
            require_complete(brief)
    except TransitionError as refusal:
        return str(refusal)
    return ""


def as_stored(brief: Brief) -> Brief:
    """What the database holds under the token that was looked at, not what a caller has in hand."""
    stored = Brief.objects.filter(pk=brief.pk, token=brief.token).first()
    if stored is None:
        raise Changed(CHANGED)
    return stored


def composed(brief: Brief, **release: Any) -> Composition:
    try:
        return compose(brief, **release)
    except CompositionError as error:
        raise NotReady(str(error)) from error


def _approved_text(brief: Brief) -> str:
    changes = StageChange.objects.filter(brief=brief, verb="approve").order_by("-id")
    return changes.values_list("text_sha256", flat=True).first() or ""


def require_complete(brief: Brief) -> None:
    """Raises NotReady where title, text or author is missing."""
    if lacking := missing(brief):
        raise NotReady(f"The brief is not ready: it has no {' and no '.join(lacking)}.")


def missing(brief: Brief) -> list[str]:
    """What a brief cannot be published without, and has not."""
    present = {
        "title": brief.title.strip(),
        "text": brief.body.strip(),
        "author in the byline": brief.bylines.exists(),
    }
    return [name for name, value in present.items() if not value]


def release(verb: Verb, brief: Brief, by: User, comment: str, prepared: Prepared) -> StageChange:
    def write(stage: str) -> int:
        if stage == Stage.SCHEDULED:
            delete_pending(brief)
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

    return carry_out(verb, brief, by, comment, write)
