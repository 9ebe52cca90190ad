"""The organisation's own row: name, address, colours, texts. One row, so that any think tank can
adopt the software without touching code."""

import datetime as dt
import re
import zoneinfo
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from briefs.models.images import image_address
from briefs.models.taxonomy import Centre

DEFAULT_ACCENT = "#1f4e5f"


def validate_time_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError("%(zone)s is no known time zone.", params={"zone": value})


def validate_accent(colour: str) -> None:
    """A colour for words and links on white: contrast at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValidationError("A colour looks like #1f4e5f.")
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    if 1.05 / (luminance + 0.05) < 4.5:
        raise ValidationError("This colour is too light to be read on white; choose a darker one.")


class Paper(models.TextChoices):
    A4 = "a4", "A4"
    LETTER = "letter", "US Letter"


class Institute(models.Model):
    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=200, default="Institute")
    short_name = models.CharField("acronym", max_length=20, blank=True)
    tagline = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=60, blank=True)
    url = models.URLField("website", blank=True)
    accent = models.CharField(
        "colour",
        max_length=7,
        default=DEFAULT_ACCENT,
        validators=[validate_accent],
        help_text="Letterhead, headings and links, on the web and in PDFs.",
    )
    logo = models.ImageField(
        upload_to=image_address, blank=True, help_text="Empty: the neutral mark of the software."
    )
    time_zone = models.CharField(
        max_length=60,
        default="UTC",
        validators=[validate_time_zone],
        help_text="A brief without a date is dated by the day of publication here.",
    )
    default_disclaimer = models.TextField(blank=True)
    about = models.TextField(blank=True, help_text="The page About. Blank lines part paragraphs.")
    contact = models.TextField(blank=True)
    privacy = models.TextField(blank=True)
    paper = models.CharField(
        "paper of PDFs", max_length=10, choices=Paper.choices, default=Paper.A4, db_default=Paper.A4
    )
    own_digits = models.BooleanField(
        "pages and notes are numbered in the digits of the brief’s language",
        default=False,
        db_default=False,
        help_text="In PDFs in Arabic, Persian and Urdu.",
    )
    own_approval = models.BooleanField("editors may approve their own work", default=False)

    class Meta:
        verbose_name_plural = "institute"
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="institute_is_one_row"),
            models.CheckConstraint(
                condition=models.Q(accent__regex=r"^#[0-9a-fA-F]{6}$"), name="institute_accent_hex"
            ),
            models.CheckConstraint(
                condition=models.Q(paper__in=Paper.values), name="institute_paper_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> Self:
        """The one row, or its defaults where none has been saved."""
        return cls.objects.first() or cls()

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self, now: dt.datetime | None = None) -> dt.date:
        """The calendar day in the institute's time zone."""
        return timezone.localdate(now, self.zone)

    def affiliation(self, centre: Centre | None) -> str:
        """As a byline prints it: Centre for Afghanistan, Middle East & Africa (CAMEA), ISSI.

        Of an author without a centre nothing is claimed: it may be a guest."""
        names = (centre.printed_name, self.short_name or self.name) if centre else ()
        return ", ".join(filter(None, names))
