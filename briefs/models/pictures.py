"""The pictures of texts: a file under its content address, smaller ones beside it, and the drafts
that show it. What editions show is `EditionPicture`."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from briefs.models.people import User


class PictureQuerySet(models.QuerySet["Picture"]):
    def sizes(self, addresses: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Width and height in pixels of those that were uploaded, by their addresses."""
        rows = self.filter(address__in=set(addresses)).values_list("address", "width", "height")
        return {address: (width, height) for address, width, height in rows}

    def visible_to(
        self, user: User, *, briefs: "models.QuerySet[Any]", editions: "models.QuerySet[Any]"
    ) -> "PictureQuerySet":
        """What `user` uploaded, and what is shown by `briefs`, which they may open, or by
        `editions`, which everybody may read."""
        uses = PictureUse.objects.filter(picture=OuterRef("pk"), brief__in=briefs.values("pk"))
        uploads = Picture.uploaded_by.through.objects.filter(picture=OuterRef("pk"), user=user)
        public = Q(pk__in=editions.values("pictures__picture"))
        return self.filter(Exists(uses) | Exists(uploads) | public)

    def unused(self, *, before: dt.datetime) -> "PictureQuerySet":
        """Those that no draft and no edition shows, last uploaded before that time: somebody may
        have put it into a text that is not saved yet."""
        return self.filter(uses=None, edition_rows=None, uploaded_at__lt=before)


class Picture(models.Model):
    """A picture that was uploaded for a text; the same one only once, whoever uploads it."""

    address = models.CharField(max_length=100, unique=True, help_text="In storage: its SHA-256.")
    width = models.PositiveIntegerField(help_text="Pixels")
    height = models.PositiveIntegerField(help_text="Pixels")
    size = models.PositiveIntegerField(help_text="Bytes")
    uploaded_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now(), help_text="The last time.")

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1), name="picture_has_pixels"
            ),
        )

    def __str__(self) -> str:
        return self.address

    @classmethod
    def note(cls, *, address: str, width: int, height: int, size: int, by: User) -> "Picture":
        """The row of a file that is stored now. Two who upload the same share it."""
        facts = {"width": width, "height": height, "size": size}
        picture, made = cls.objects.get_or_create(address=address, defaults=facts)
        if not made:
            cls.objects.filter(pk=picture.pk).update(uploaded_at=Now())
        picture.uploaded_by.add(by)
        return picture


class PictureUse(models.Model):
    """That a draft shows a picture: derived from the body at each save, so that whoever may open
    the draft may see it, and nobody sweeps it."""

    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="picture_uses")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="uses")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("brief", "picture"), name="picture_use_once"),
        )

    def __str__(self) -> str:
        return f"{self.brief_id}: {self.picture_id}"

    @staticmethod
    def derive(brief: Any, addresses: Iterable[str]) -> None:
        shown = Picture.objects.filter(address__in=set(addresses))
        wanted = set(shown.values_list("pk", flat=True))
        uses = PictureUse.objects.filter(brief=brief)
        there = set(uses.values_list("picture", flat=True))
        uses.filter(picture__in=there - wanted).delete()
        rows = [PictureUse(brief=brief, picture_id=key) for key in sorted(wanted - there)]
        PictureUse.objects.bulk_create(rows, ignore_conflicts=True)
