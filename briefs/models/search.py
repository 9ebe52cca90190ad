"""What search knows of an edition: disposable, remade from edition rows by `rebuild_search`."""

from django.db import models

from briefs.models.edition import Edition


class SearchDocument(models.Model):
    """One for each edition, pending ones too: whether it may be found is asked when searching.

    The words to match stand beside it, as each database likes them: on PostgreSQL in two columns
    more (`words`, `head`), on SQLite in the full-text table `briefs_searchindex`."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, primary_key=True, related_name="search_document"
    )
    text = models.TextField(help_text="A passage a line: what excerpts are taken from.")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.text[:40]}"
