"""Fields that several forms share."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from briefs.models import Institute
from briefs.models.files import StorageError, store
from briefs.models.images import image_address, normalise_image


class LinesField(forms.CharField):
    """Text with line breaks as they are stored, so that an untouched field has not changed."""

    widget = AdminTextareaWidget

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed((initial or "").strip(), data)


def stored_picture(upload: Any) -> Any:
    """The content address of a picture just uploaded; anything else (kept, cleared) as it is.

    Stored even if the form is refused afterwards: a file to which no row refers is harmless."""
    if not isinstance(upload, UploadedFile):
        return upload
    picture = normalise_image(upload)
    address = image_address(None, picture.name or "")
    try:
        store(address, picture.read())
    except StorageError as error:
        raise ValidationError(str(error)) from error
    return address


class InstituteTimeField(forms.DateTimeField):
    """A time on the clock of the institute."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> Any:
        with timezone.override(Institute.load().zone):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(Institute.load().zone):
            return super().prepare_value(value)
