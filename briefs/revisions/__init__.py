"""Earlier texts of a draft: kept at each save, compared, and brought back.

Whatever stores text calls `keep` before it does and `record` after. Must not import the workflow,
intake, forms or views."""

from briefs.revisions.differences import Difference, Differences, differences
from briefs.revisions.reading import composed, of_edition, since_edition
from briefs.revisions.recording import by_token, forget, keep, record
from briefs.revisions.restoring import CHANGED, CLOSED, Plan, RestoreError, plan, restore, told_at
from briefs.revisions.snapshots import Line, Snapshot, fields_of, names_of, of_draft, of_revision

__all__ = [
    "CHANGED",
    "CLOSED",
    "Difference",
    "Differences",
    "Line",
    "Plan",
    "RestoreError",
    "Snapshot",
    "by_token",
    "composed",
    "differences",
    "fields_of",
    "forget",
    "keep",
    "names_of",
    "of_draft",
    "of_edition",
    "of_revision",
    "plan",
    "record",
    "restore",
    "since_edition",
    "told_at",
]
