"""What stands above the form of a brief: what readers see now, why it came back."""

from typing import Any

from briefs.models import Brief, Edition, StageChange
from briefs.stages import STATES, Stage


def above_the_form(brief: Brief) -> dict[str, Any]:
    now_public = Edition.objects.current().filter(brief=brief).addressed().first()
    return {
        "now_public": now_public,
        "public_state": STATES.get(now_public.kind, "") if now_public else "",
        "waiting": Edition.objects.pending().filter(brief=brief).first(),
        "returned": returned(brief),
    }


def returned(brief: Brief) -> StageChange | None:
    """The reviewer's answer, as long as it is the last thing that happened."""
    last = brief.stage_changes.select_related("by").first()
    came_back = last is not None and last.verb == "return" and brief.stage == Stage.DRAFT
    return last if came_back else None
