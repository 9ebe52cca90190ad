"""The front page: each person's work, by what they can do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from briefs.models import Brief, Comment, Edition, Institute, StageChange, User
from briefs.models.brief import BriefQuerySet
from briefs.stages import EDIT_ALL, STATES, VERBS, Stage

SHOWN = 12
RECENT = 6
FOR_YOU = 8


@dataclass(frozen=True)
class Shelf:
    """Briefs that wait for the same thing. `more` leads to the whole list."""

    title: str
    empty: str
    briefs: list[Brief]
    more: str = ""
    count: str = ""


def shelves(user: User) -> list[Shelf]:
    """Constant queries, whatever there is. Empty shelves are left out, but for one's own drafts."""
    briefs = (
        Brief.objects.editable_by(user)
        .with_effective_stage()
        .select_related("centre", "series")
        .prefetch_related("bylines__author")
        .order_by("-updated_at")
    )
    found = [_shelf(*row) for row in _rows(user, briefs)]
    return [shelf for shelf in found if shelf.briefs or shelf.empty]


type Row = tuple[str, str, Iterable[Brief], str]


def _rows(user: User, briefs: BriefQuerySet) -> Iterator[Row]:
    def at(stage: Stage) -> BriefQuerySet:
        return briefs.filter(stage_now=stage)

    may = {name: user.has_perm(verb.permission) for name, verb in VERBS.items()}
    mine = Brief.objects.owned_by(user).values("pk")
    if may["approve"]:
        to_review = at(Stage.IN_REVIEW)
        if not Institute.load().own_approval:
            to_review = to_review.not_written_by(user)
        yield "Waiting for your review", "", to_review, "?stage=in_review"
    if may["publish"]:
        yield "Approved, ready to publish", "", at(Stage.APPROVED), "?stage=approved"
    last = StageChange.objects.filter(brief=models.OuterRef("pk")).order_by("-id")
    drafts = at(Stage.DRAFT).filter(pk__in=mine)
    drafts = drafts.annotate(
        last_verb=models.Subquery(last.values("verb")[:1]),
        last_comment=models.Subquery(last.values("comment")[:1]),
    )
    yield "Returned to you", "", drafts.filter(last_verb="return"), "?stage=draft&mine=yes"
    yield (
        "Your drafts",
        "No draft of yours. Start a brief, or bring a manuscript.",
        drafts.exclude(models.Q(last_verb__isnull=False) & models.Q(last_verb="return")),
        "?stage=draft&mine=yes",
    )
    with_others = briefs.filter(pk__in=mine, stage_now__in=(Stage.IN_REVIEW, Stage.APPROVED))
    if may["approve"]:
        yield (
            "Your briefs, waiting for another’s review",
            "",
            with_others.filter(stage_now=Stage.IN_REVIEW).exclude(
                pk__in=at(Stage.IN_REVIEW).not_written_by(user).values("pk")
            ),
            "?mine=yes",
        )
    else:
        yield "With the editors", "", with_others, "?mine=yes"
    if user.has_perm(EDIT_ALL):
        others = at(Stage.DRAFT).exclude(pk__in=mine)
        yield "Other drafts", "", others, "?stage=draft"
    pending = Edition.objects.pending().filter(brief=models.OuterRef("pk"))
    scheduled = at(Stage.SCHEDULED).annotate(
        public_from=models.Subquery(pending.values("public_from")[:1])
    )
    yield "Scheduled", "", scheduled.order_by("public_from"), "?stage=scheduled"
    yield "Recently published", "", _recent(briefs), "?stage=published"


def _recent(briefs: BriefQuerySet) -> list[Brief]:
    """In the order in which readers got to see them."""
    newest = Edition.objects.current().filter(brief__in=briefs.values("pk"))
    rows = dict(newest.order_by("-public_from").values_list("brief_id", "public_from")[:RECENT])
    by_key = briefs.in_bulk(list(rows))
    for key, brief in by_key.items():
        brief.public_state = STATES.get(brief.public_kind, "")
        brief.published = rows[key]
    return [by_key[key] for key in rows]


def _shelf(title: str, empty: str, briefs: Iterable[Brief], more: str) -> Shelf:
    if isinstance(briefs, list):
        return Shelf(title, empty, briefs, more)
    shown = list(briefs[: SHOWN + 1])
    if len(shown) > SHOWN:
        return Shelf(title, empty, shown[:SHOWN], more, f"{SHOWN}+")
    return Shelf(title, empty, shown, count=str(len(shown) or ""))


def for_you(user: User) -> list[Comment]:
    """What waits on the front page for an answer of this person."""
    found = Comment.objects.addressed_to(user).select_related("by", "brief", "parent")
    newest: dict[int, Comment] = {}
    for comment in found[: 4 * FOR_YOU]:
        newest.setdefault(comment.thread_id, comment)
    return list(newest.values())[:FOR_YOU]
