"""What people fill in at the desk: a brief, a verb, a manuscript, a source.

A form that acts has `process()`. Must not import views or the admin."""

from briefs.forms.brief import BriefForm, BylineForm, BylineFormSet
from briefs.forms.citing import CitingForm
from briefs.forms.comments import CommentForm, ReplyForm
from briefs.forms.fields import InstituteTimeField, LinesField, stored_picture
from briefs.forms.manuscripts import ManuscriptForm
from briefs.forms.pictures import PictureForm
from briefs.forms.sources import SourceForm, printed
from briefs.forms.unsaved import UnsavedForm, amiss, as_typed
from briefs.forms.verbs import ReaddressForm, VerbForm, verb_form

__all__ = [
    "BriefForm",
    "BylineForm",
    "BylineFormSet",
    "CitingForm",
    "CommentForm",
    "InstituteTimeField",
    "LinesField",
    "ManuscriptForm",
    "PictureForm",
    "ReaddressForm",
    "ReplyForm",
    "SourceForm",
    "UnsavedForm",
    "VerbForm",
    "amiss",
    "as_typed",
    "printed",
    "stored_picture",
    "verb_form",
]
