"""A text of a brief is kept: once, however often it is saved."""

import datetime as dt

import reversion
from django.db import transaction
from reversion.models import Revision

from briefs.models import Brief, BriefRevision, User
from briefs.models.clock import database_now
from briefs.revisions.differences import differences
from briefs.revisions.snapshots import Snapshot, of_draft, of_revision

BEFORE = "As it stood before revisions were kept"
ELSEWHERE = "Changed without a revision being kept"


def keep(*, brief: Brief) -> None:
    """Before a save: the text as the database holds it, should no revision hold it yet."""
    stored = Brief.objects.get(pk=brief.pk)
    comment = ELSEWHERE if stored.revisions.exists() else BEFORE
    _store(stored, by=None, comment=comment, at=stored.updated_at)


def record(*, brief: Brief, by: User, comment: str) -> BriefRevision | None:
    """After a save: the text as the database holds it now; None if it is that of the last revision,
    which then stands under the new token too."""
    return _store(Brief.objects.get(pk=brief.pk), by=by, comment=comment, at=database_now())


def forget(*, brief: Brief) -> None:
    """With a draft that is deleted, every text of it goes."""
    Revision.objects.filter(of_brief__brief=brief).delete()


def by_token(*, brief: Brief, token: str) -> BriefRevision | None:
    """The text that stood under `token`: what somebody saw who opened the brief then."""
    found = brief.revisions.filter(tokens__contains=token) if token else ()
    return next((revision for revision in found if revision.stood_under(token)), None)


def _store(
    stored: Brief, *, by: User | None, comment: str, at: dt.datetime
) -> BriefRevision | None:
    now = of_draft(stored)
    last = stored.revisions.select_related("revision").first()
    if last and (before := of_revision(last)).is_like(now):
        last.add_token(stored.token)
        return None
    changes = _told(before, now) if last else ""
    with transaction.atomic(), reversion.create_revision(manage_manually=True):
        reversion.set_user(by)
        reversion.set_comment(comment)
        reversion.set_date_created(at)
        reversion.add_to_revision(stored)
        reversion.add_meta(
            BriefRevision, brief=stored, tokens=stored.token, changes=changes, names=now.names
        )
    return stored.revisions.first()


def _told(before: Snapshot, after: Snapshot) -> str:
    return differences(before, after).in_few_words
