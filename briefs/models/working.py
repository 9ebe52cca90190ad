"""What somebody wrote in a form of the desk and has not saved, and who has which form open.

A working copy is seen by its owner alone and is no work on the brief: it renews no token and counts
as no contribution. A *sitting* is one form opened once, by the identifier that it gave itself, so
that a brief without a row yet has a name too and two windows never write over each other."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from briefs.models.brief import Brief
from briefs.models.people import User

SITTING_LENGTH = 40
# How many working copies a person has at most; the oldest go.
MOST_NEW = 20  # of briefs that were never saved
MOST_OF_ONE = 3  # of one brief, from as many sittings
MOST = 100
STALE = dt.timedelta(days=90)
# A form says every quarter of a minute that it is open; whoever was silent for longer has left.
PRESENT = dt.timedelta(seconds=45)
FORGOTTEN = dt.timedelta(days=1)

# The turn of a sitting whose form was saved: the row stays for a day, empty, so that a copy that was
# on its way meanwhile, on a connection that knows nothing of the save, is late.
SETTLED = 2**31 - 1

type Line = list[str]  # name of the field, its value, the words shown for it


class WorkingCopyQuerySet(models.QuerySet["WorkingCopy"]):
    def of(self, user: User, brief: Brief | None) -> "WorkingCopyQuerySet":
        """The user's own of `brief`, or of briefs not saved yet, the newest first."""
        own = self.filter(user=user, brief=brief, turn__lt=SETTLED)
        return own.order_by("-saved_at", "-pk")


class WorkingCopy(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    brief = models.ForeignKey(Brief, models.CASCADE, null=True, blank=True, related_name="+")
    sitting = models.CharField(max_length=SITTING_LENGTH)
    turn = models.PositiveIntegerField(help_text="What arrives late replaces nothing later.")
    base = models.CharField(max_length=40, blank=True, help_text="The brief's token when opened.")
    title = models.CharField(max_length=300, blank=True)
    fields = models.JSONField()
    saved_at = models.DateTimeField(db_default=Now())

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "working copies"
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("user", "sitting"), name="working_copy_once"),
            models.CheckConstraint(
                condition=~models.Q(sitting=""), name="working_copy_has_sitting"
            ),
        )
        indexes = (models.Index(fields=("user", "brief"), name="working_copy_of"),)

    def __str__(self) -> str:
        return "unsaved changes"

    @classmethod
    def keep(
        cls,
        *,
        by: User,
        brief: Brief | None,
        sitting: str,
        turn: int,
        base: str,
        fields: list[Line],
    ) -> bool:
        """Whether this is what is kept now. One query; the first of a sitting also makes room and
        sweeps."""
        title = next((value for name, value, _ in fields if name == "title"), "")
        values: dict[str, Any] = {
            "turn": turn,
            "base": base,
            "fields": fields,
            "title": title[:300],
        }
        own = cls.objects.filter(user=by, brief=brief, sitting=sitting)
        if own.filter(turn__lt=turn).update(saved_at=Now(), **values):
            return True
        made = WorkingCopy(user=by, brief=brief, sitting=sitting, **values)
        WorkingCopy.objects.bulk_create([made], ignore_conflicts=True)
        cls._make_room(by, brief)
        return own.filter(turn=turn).exists()

    @classmethod
    def _make_room(cls, by: User, brief: Brief | None) -> None:
        stale = models.Q(saved_at__lt=Now() - STALE)
        settled = models.Q(turn=SETTLED, saved_at__lt=Now() - FORGOTTEN)
        cls.objects.filter(stale | settled).delete()
        most = MOST_OF_ONE if brief else MOST_NEW
        theirs = cls.objects.filter(user=by, turn__lt=SETTLED).order_by("-saved_at", "-pk")
        kept = theirs.values_list("pk", flat=True)
        surplus = [*cls.objects.of(by, brief).values_list("pk", flat=True)[most:], *kept[MOST:]]
        cls.objects.filter(pk__in=surplus).delete()

    @classmethod
    def last_turn(cls, *, by: User, sitting: str) -> int:
        rows = cls.objects.filter(user=by, sitting=sitting, turn__lt=SETTLED)
        return rows.values_list("turn", flat=True).first() or 0

    @classmethod
    def settle(cls, *, by: User, sitting: str) -> None:
        """The form was saved; to be called in the transaction that saves it."""
        row = WorkingCopy(user=by, sitting=sitting, turn=SETTLED, fields=[], saved_at=Now())
        WorkingCopy.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["user", "sitting"],
            update_fields=["turn", "fields", "title", "saved_at"],
        )

    @classmethod
    def drop(cls, *, by: User, sitting: str) -> None:
        cls.objects.filter(user=by, sitting=sitting, turn__lt=SETTLED).delete()


class Presence(models.Model):
    """That a form of a brief was open a moment ago."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sitting = models.CharField(max_length=SITTING_LENGTH)
    seen_at = models.DateTimeField(db_default=Now())
    typed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("brief", "user", "sitting"), name="presence_once"),
        )

    def __str__(self) -> str:
        return "open form"

    @classmethod
    def note(cls, *, brief: Brief, by: User, sitting: str, typed: bool) -> None:
        """One query, whether it was there before or not."""
        row = Presence(
            brief=brief,
            user=by,
            sitting=sitting,
            seen_at=Now(),
            typed_at=Now() if typed else None,
        )
        Presence.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["brief", "user", "sitting"],
            update_fields=["seen_at", "typed_at"] if typed else ["seen_at"],
        )

    @classmethod
    def leave(cls, *, brief: Brief, by: User, sitting: str) -> None:
        """Takes along what others left behind without a word."""
        own = models.Q(brief=brief, user=by, sitting=sitting)
        cls.objects.filter(own | models.Q(seen_at__lt=Now() - FORGOTTEN)).delete()

    @classmethod
    def beside(cls, *, brief: Brief, by: User, sitting: str) -> models.QuerySet["Presence"]:
        """Who else has the form of `brief` open, those who typed last first."""
        present = cls.objects.filter(brief=brief, seen_at__gt=Now() - PRESENT)
        others = present.exclude(user=by, sitting=sitting).select_related("user")
        return others.order_by(models.F("typed_at").desc(nulls_last=True), "pk")
