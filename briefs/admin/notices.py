"""What stands above the form of a brief: what readers see now, why it came back, what it lacks."""

from typing import Any

from briefs import workflow
from briefs.models import Brief, Edition, StageChange
from briefs.stages import EDITABLE, Stage


def above_the_form(brief: Brief) -> dict[str, Any]:
    return {
        "now_public": Edition.objects.current().filter(brief=brief).addressed().first(),
        "waiting": Edition.objects.pending().filter(brief=brief).first(),
        "returned": returned(brief),
        "standing": standing(brief),
    }


def returned(brief: Brief) -> StageChange | None:
    """The reviewer's answer, as long as it is the last thing that happened."""
    last = brief.stage_changes.select_related("by").first()
    came_back = last is not None and last.verb == "return" and brief.stage == Stage.DRAFT
    return last if came_back else None


def standing(brief: Brief) -> str:
    """What still stands in the way of publication, in one line."""
    if brief.stage not in EDITABLE:
        return ""
    lacking = workflow.missing(brief)
    if lacking:
        return f"Before it can be published: it has no {' and no '.join(lacking)}."
    approved = brief.stage_changes.filter(verb="approve").first()
    later = approved and brief.contributions.filter(saved_at__gt=approved.at).exists()
    if brief.stage == Stage.APPROVED and later:
        return "It was changed after the approval: return it, and have it approved again."
    return ""
