"""A file from which a draft is made."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from briefs import intake
from briefs.models import Centre, Series, User

MANUSCRIPT_SUFFIXES = (".docx", ".odt", ".md", ".html", ".htm", ".txt")


class ManuscriptForm(forms.Form):
    """A file from which a draft is made."""

    file = forms.FileField(
        label="Manuscript",
        widget=forms.FileInput(attrs={"accept": ",".join(MANUSCRIPT_SUFFIXES)}),
    )
    centre = forms.ModelChoiceField(
        Centre.objects.all(), required=False, help_text="Empty: as the manuscript says."
    )
    series = forms.ModelChoiceField(Series.objects.all(), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        limit = settings.MANUSCRIPT_MAX_BYTES // 1024**2
        self.fields[
            "file"
        ].help_text = (
            f"Word (.docx), LibreOffice (.odt), Markdown, HTML or plain text, at most {limit} MB."
        )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.MANUSCRIPT_MAX_BYTES:
            limit = settings.MANUSCRIPT_MAX_BYTES // 1024**2
            raise ValidationError(f"The file is larger than {limit} MB.")
        return file

    def process(self, *, by: User) -> intake.Intake:
        """Raises IntakeError."""
        file = self.cleaned_data["file"]
        return intake.import_manuscript(
            data=file.read(),
            filename=file.name,
            by=by,
            centre=self.cleaned_data["centre"],
            series=self.cleaned_data["series"],
        )
