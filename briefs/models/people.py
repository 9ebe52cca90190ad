"""Those who work at the desk (users) and those whose names are printed (authors)."""

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

ORCID = r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]\Z"


class User(AbstractUser):
    """A person at the desk, or the inactive system user by whom commands import."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Author(models.Model):
    """A person whose name stands on briefs. What an edition printed of them stays with it."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    role = models.CharField(max_length=200, blank=True, help_text="As printed: Director")
    centre = models.ForeignKey(
        "briefs.Centre", models.PROTECT, null=True, blank=True, related_name="authors"
    )
    email = models.EmailField("e-mail", blank=True)
    orcid = models.CharField(
        "ORCID",
        max_length=19,
        blank=True,
        validators=[RegexValidator(ORCID, "An ORCID looks like 0000-0002-1825-0097.")],
    )
    biography = models.TextField(blank=True)
    user = models.OneToOneField(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="This author's log-in, who may then edit the briefs they are bylined on.",
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="author_email_unique",
                violation_error_message="Another author has this e-mail address.",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="author_has_name"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])
