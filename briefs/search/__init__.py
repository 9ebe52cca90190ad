"""Search: `search` for readers, `index` for the verbs, `rebuild` for the operator.

`words` and `query` say what a word is, `documents` what is searched of an edition, `postgresql`
and `sqlite` how each database matches, `finding` in which order, `excerpts` what is shown.
Reads editions alone. Must not import the workflow."""

from briefs.search.finding import Hit, Results, SearchUnavailable, search
from briefs.search.indexing import index, rebuild

__all__ = ["Hit", "Results", "SearchUnavailable", "index", "rebuild", "search"]
