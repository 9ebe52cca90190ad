"""Earlier texts of a draft: what django-reversion keeps of it, and which text stood under which
token. Stage, token and who began it are facts of the present: no revision holds them."""

import reversion
from django.db import models

from briefs.models.brief import Brief, Byline
from briefs.models.taxonomy import BriefTopic

TEXT = (
    *("title", "subtitle", "summary", "body", "language", "dated", "centre", "series"),
    *("series_number", "disclaimer", "licence", "cover", "cover_alt"),
)
MOST_TOKENS = 50

reversion.register(Brief, fields=TEXT, follow=("bylines", "topic_rows"))
reversion.register(Byline, fields=("brief", "author", "position", "role", "affiliation"))
reversion.register(BriefTopic, fields=("content_object", "tag"))


class BriefRevision(models.Model):
    """One text of a brief. `tokens` are those under which it stood, so that what somebody opened
    can be found again; `names` are those of its centre, series and sources as they were then, by
    "centre", "series" and UUID; `changes` says in a few words what changed since the one before."""

    revision = models.OneToOneField("reversion.Revision", models.CASCADE, related_name="of_brief")
    brief = models.ForeignKey(Brief, models.CASCADE, related_name="revisions")
    tokens = models.TextField()
    changes = models.TextField(blank=True)
    names = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        default_permissions = ()  # it goes with its brief

    def __str__(self) -> str:
        return f"{self.brief_id}: {self.revision.comment}"

    def stood_under(self, token: str) -> bool:
        return token in self.tokens.split()

    def add_token(self, token: str) -> None:
        """A save that left the text as it was renews the token all the same."""
        if not self.stood_under(token):
            self.tokens = " ".join([*self.tokens.split()[1 - MOST_TOKENS :], token])
            self.save(update_fields=["tokens"])
