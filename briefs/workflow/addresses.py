"""The verb that moves no stage: another address for a brief."""

import re

from django.db import IntegrityError, transaction

from briefs.models import Address, Brief, StageChange, User
from briefs.models.brief import new_token
from briefs.stages import READDRESS, Stage
from briefs.workflow.acting import renew
from briefs.workflow.refusals import NotAllowed, NotReady, WrongStage

TAKEN = "Another brief has or had this address."
ADDRESS_LENGTH = 100
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def readdress(*, brief: Brief, by: User, slug: str, comment: str = "") -> StageChange | None:
    """Give a brief another address. Once it was scheduled or published, this takes a permission and
    is recorded, and the former address redirects for ever; before, it is just changed (None is
    returned)."""
    if not SLUG.fullmatch(slug) or len(slug) > ADDRESS_LENGTH:
        raise NotReady("An address consists of small letters a–z, digits and single hyphens.")
    if Address.objects.filter(slug=slug).exclude(brief=brief).exists():
        raise NotReady(TAKEN)
    frozen = brief.was_frozen
    stage = brief.effective_stage
    if not frozen and not brief.is_editable_by(by):
        raise NotAllowed("You may not change this brief.")
    if frozen and not by.has_perm(f"briefs.{READDRESS}_brief"):
        raise NotAllowed(
            "You may not change the address of a brief that was scheduled or published."
        )
    if stage == Stage.WITHDRAWN:
        raise WrongStage("A withdrawn brief keeps its address.")
    token = new_token()
    try:
        with transaction.atomic(durable=frozen):
            renew(brief, token)
            former = Address.objects.of(brief).slug
            if former == slug:
                raise NotReady("The brief has this address already.")
            _move_address(brief, slug, keep_former=frozen)
            change = frozen and StageChange.record(
                brief=brief,
                verb=READDRESS,
                from_stage=stage,
                to_stage=stage,
                by=by,
                comment=" ".join(filter(None, [f"{former} → {slug}.", comment.strip()])),
            )
    except IntegrityError as error:
        raise NotReady(TAKEN) from error
    brief.token = token
    return change or None


def _move_address(brief: Brief, slug: str, *, keep_former: bool) -> None:
    if not keep_former:
        Address.objects.filter(brief=brief, current=True).update(slug=slug)
        return
    Address.objects.filter(brief=brief, current=True).update(current=False)
    Address.objects.update_or_create(slug=slug, brief=brief, defaults={"current": True})
