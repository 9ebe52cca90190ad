"""Where a brief belongs: centres, series, topics."""

from django.db import models
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from briefs.models.slugs import slug_from


class Centre(models.Model):
    """A department of the institute that publishes briefs."""

    name = models.CharField(max_length=200, unique=True)
    acronym = models.CharField(max_length=20, blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                models.functions.Lower("acronym"),
                condition=~models.Q(acronym=""),
                name="centre_acronym_unique",
                violation_error_message="Another centre has this acronym.",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="centre_has_name"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("centre", args=[self.slug])

    @property
    def printed_name(self) -> str:
        """Name and acronym, as a byline prints them."""
        return f"{self.name} ({self.acronym})" if self.acronym else self.name


class Series(models.Model):
    """Numbered briefs under one title."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.TextField(blank=True)
    lists_references = models.BooleanField(
        "PDFs end with a list of references",
        default=False,
        db_default=False,
        help_text="All sources once more, by their authors, beside the notes at the feet of pages.",
    )

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "series"
        constraints = (
            models.CheckConstraint(condition=~models.Q(name=""), name="series_has_name"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])


class Topic(TagBase):  # type: ignore[misc]
    """A tag. Editions freeze the names of theirs: renaming one never rewrites what is published."""

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^[-a-z0-9_]+$"),
                name="topic_slug_is_ascii",
                violation_error_message="The end of an address has small letters and digits only.",
            ),
            models.CheckConstraint(condition=models.Q(name__regex=r"\S"), name="topic_has_name"),
        )

    def slugify(self, tag: str, i: int | None = None) -> str:
        """ASCII, whatever the script of the name; `i` counts the tries where it is taken."""
        slug = slug_from(tag, fallback="topic")
        return f"{slug}-{i}" if i is not None else slug

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


class BriefTopic(ItemBase):  # type: ignore[misc]
    content_object = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="topic_rows")
    tag = models.ForeignKey(Topic, models.PROTECT, related_name="brief_rows")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("content_object", "tag"), name="brief_topic_unique"),
        )

    def __str__(self) -> str:
        return str(self.tag)
