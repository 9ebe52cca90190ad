"""What is said about a passage of a draft, and where."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from briefs import comments
from briefs.forms.fields import LinesField
from briefs.models import Brief, Comment, User
from briefs.models.comments import MAX_WORDS
from briefs.prose.anchors import WHITE, Anchor


class QuotedField(forms.CharField):
    """Words of the text, on one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, strip=False, **options)

    def to_python(self, value: Any) -> str:
        return WHITE.sub(" ", super().to_python(value))


class ReplyForm(forms.Form):
    words = LinesField()

    def __init__(self, *args: Any, by: User, thread: Comment | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by, self.thread = by, thread
        self.fields["words"].error_messages["required"] = "Write something first."

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"].strip()
        if len(words) > MAX_WORDS:
            raise ValidationError(
                f"A comment has at most {MAX_WORDS:,} characters; this one has {len(words):,}."
            )
        return words

    def process(self) -> Comment:
        """Raises CommentError."""
        return comments.reply(thread=self.thread, by=self.by, words=self.cleaned_data["words"])


class CommentForm(ReplyForm):
    """The first comment of a thread; without a quotation, on the whole brief."""

    quote = QuotedField()
    before = QuotedField()
    after = QuotedField()
    on_note = forms.BooleanField(required=False)

    def __init__(self, *args: Any, brief: Brief, **options: Any) -> None:
        super().__init__(*args, **options)
        self.brief = brief

    def process(self) -> Comment:
        """Raises CommentError."""
        given = self.cleaned_data
        anchor = Anchor(given["quote"].strip(), given["before"], given["after"])
        return comments.begin(
            brief=self.brief,
            by=self.by,
            words=given["words"],
            anchor=anchor if anchor.exact or given["on_note"] else None,
            on_note=given["on_note"],
        )
