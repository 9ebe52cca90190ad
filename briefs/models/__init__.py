"""People, taxonomy, briefs, sources, editions, addresses and history: fields, constraints,
querysets and facts about one row. Must not import composition, outputs or the workflow."""

from briefs.models.address import Address
from briefs.models.brief import Brief, Byline, Contribution
from briefs.models.comments import Comment
from briefs.models.edition import (
    Edition,
    EditionByline,
    EditionPicture,
    EditionSource,
    EditionTopic,
    Withdrawal,
)
from briefs.models.history import StageChange
from briefs.models.institute import Institute, Paper
from briefs.models.people import Author, User
from briefs.models.pictures import Picture, PictureUse
from briefs.models.revision import BriefRevision
from briefs.models.search import SearchDocument
from briefs.models.sources import Citation, Source
from briefs.models.taxonomy import BriefTopic, Centre, Series, Topic
from briefs.models.working import Presence, WorkingCopy

__all__ = [
    "Address",
    "Author",
    "Brief",
    "BriefRevision",
    "BriefTopic",
    "Byline",
    "Centre",
    "Citation",
    "Comment",
    "Contribution",
    "Edition",
    "EditionByline",
    "EditionPicture",
    "EditionSource",
    "EditionTopic",
    "Institute",
    "Paper",
    "Picture",
    "PictureUse",
    "Presence",
    "SearchDocument",
    "Series",
    "Source",
    "StageChange",
    "Topic",
    "User",
    "Withdrawal",
    "WorkingCopy",
]
