"""The public home of slugs: ASCII, one current for each brief, former ones kept for ever."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse


class AddressQuerySet(models.QuerySet["Address"]):
    def of(self, brief: Any) -> "Address":
        """The current address of a brief (or of its primary key)."""
        return self.get(brief=brief, current=True)


class Address(models.Model):
    slug = models.SlugField(max_length=120, unique=True)
    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="addresses")
    current = models.BooleanField(default=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "addresses"
        constraints = (
            models.UniqueConstraint(
                fields=("brief",), condition=models.Q(current=True), name="address_one_current"
            ),
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^[-a-z0-9_]+$"), name="address_is_ascii"
            ),
        )

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("brief", args=[self.slug])

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.get_absolute_url()
