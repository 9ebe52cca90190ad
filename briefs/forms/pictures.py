"""A picture for a text: looked at, made smaller, stored under its content address."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from briefs.models import Picture, User
from briefs.models.files import StorageError, store
from briefs.models.images import dimensions, image_address, normalise_image, renditions


class PictureForm(forms.Form):
    picture = forms.FileField(
        error_messages={
            "required": "Choose a picture.",
            "empty": "This file is empty: choose another.",
        }
    )

    def clean_picture(self) -> dict[str, Any]:
        """Stored by now, with its smaller ones: files to which no row refers are harmless."""
        picture = normalise_image(self.cleaned_data["picture"])
        address, content = image_address(None, picture.name or ""), picture.read()
        try:
            store(address, content)
            for smaller, bytes_ in renditions(address, content):
                store(smaller, bytes_)
        except StorageError as error:
            raise ValidationError(str(error)) from error
        width, height = dimensions(content)
        return {"address": address, "width": width, "height": height, "size": len(content)}

    def process(self, *, by: User) -> Picture:
        return Picture.note(**self.cleaned_data["picture"], by=by)


def picture_addresses() -> dict[str, Any]:
    """What the editor knows of pictures: where it sends and finds them, and how large one may be."""
    upload = reverse("admin:briefs_brief_picture_upload")
    return {"upload": upload, "show": upload, "maxBytes": settings.IMAGE_MAX_BYTES}
