"""What was done to a brief, by whom and when: one row for each verb, never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from briefs.models.facts import Fact
from briefs.stages import READDRESS, VERBS, Stage

VERB_CHOICES = [(verb.name, verb.label) for verb in VERBS.values()] + [(READDRESS, "New address")]


class StageChange(Fact):
    brief = models.ForeignKey("briefs.Brief", models.PROTECT, related_name="stage_changes")
    verb = models.CharField(max_length=20, choices=VERB_CHOICES)
    from_stage = models.CharField(max_length=20, choices=Stage.choices)
    to_stage = models.CharField(max_length=20, choices=Stage.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=models.functions.Now())
    comment = models.TextField(blank=True)
    text_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Of what was approved; nothing else is published."
    )
    edition_number = models.PositiveIntegerField(
        null=True, blank=True, help_text="The edition that was made, cancelled or withdrawn."
    )

    class Meta:
        ordering = ("-at", "-id")
        base_manager_name = "objects"
        indexes: ClassVar = [models.Index(fields=("brief", "-id"), name="stage_change_brief")]
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verb__in=[name for name, _ in VERB_CHOICES]),
                name="stage_change_verb_known",
            ),
            models.CheckConstraint(
                condition=models.Q(from_stage__in=Stage.values, to_stage__in=Stage.values),
                name="stage_change_stages_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.from_stage} → {self.to_stage}"
