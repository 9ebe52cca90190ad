"""`compose`: what readers would see if a brief, as it is stored, became an edition."""

import datetime as dt

from briefs.composition.drafts import Draft, draft_of, render
from briefs.composition.values import Composition, CompositionError
from briefs.models import Address, Brief
from briefs.stages import EditionKind


def compose(
    brief: Brief,
    *,
    kind: str = EditionKind.ORIGINAL,
    change_note: str = "",
    public_from: dt.datetime | None = None,
) -> Composition:
    """What readers would see if the draft became an edition of `kind` at `public_from` (default:
    now). Raises CompositionError with a sentence that names what stands in the way."""
    return render(gather(brief, kind=kind, change_note=change_note, public_from=public_from))


def gather(
    brief: Brief,
    *,
    kind: str = EditionKind.ORIGINAL,
    change_note: str = "",
    public_from: dt.datetime | None = None,
) -> Draft:
    """The draft from its rows."""
    address = Address.objects.filter(brief=brief, current=True).first()
    if address is None:
        raise CompositionError("The brief has no address.")
    return draft_of(
        brief,
        byline=brief.bylines.select_related("author__centre"),
        topics=brief.topics.all(),
        address=address,
        kind=kind,
        change_note=change_note,
        public_from=public_from,
    )
