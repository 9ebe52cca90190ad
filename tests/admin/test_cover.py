"""The cover at the desk: a picture and its words come together or not at all."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from briefs.models import Brief
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled
from tests.factories import make_brief, make_user

pytestmark = pytest.mark.django_db


def picture() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    return SimpleUploadedFile("red.png", buffer.getvalue(), "image/png")


def test_a_picture_without_words_is_refused_but_kept_until_the_words_come() -> None:
    brief, client = make_brief(), client_of(make_user(group="Editors"))
    response = client.post(change_url(brief), filled(brief, cover=picture()))
    page = response.content.decode()
    assert "The cover needs an alternative text." in page
    assert "The picture you chose is kept" in page
    seal = re.search(r'name="uploaded" value="([^"]+)"', page)[1]
    client.post(change_url(brief), filled(brief, uploaded=seal, cover_alt="A red square"))
    brief = Brief.objects.get()
    assert brief.cover.name.startswith("images/")
    assert brief.cover_alt == "A red square"


def test_nobody_names_a_file_as_the_cover_that_they_did_not_upload() -> None:
    brief, client = make_brief(), client_of(make_user(group="Editors"))
    data = filled(brief, uploaded="images/ab/abc.png", cover_alt="Somebody else's")
    assert "There is no cover to describe" in client.post(change_url(brief), data).content.decode()
    assert not Brief.objects.get().cover


def test_taking_the_cover_away_takes_its_words_too() -> None:
    brief, client = make_brief(), client_of(make_user(group="Editors"))
    client.post(change_url(brief), filled(brief, cover=picture(), cover_alt="A red square"))
    assert Brief.objects.get().cover
    client.post(change_url(brief), filled(brief, **{"cover-clear": "on"}))
    brief = Brief.objects.get()
    assert (brief.cover.name, brief.cover_alt) == ("", "")


def test_a_closed_brief_shows_its_cover_as_a_picture() -> None:
    brief, client = make_brief(), client_of(make_user(group="Editors"))
    client.post(change_url(brief), filled(brief, cover=picture(), cover_alt="A red square"))
    Brief.objects.update(stage=Stage.PUBLISHED)
    page = client.get(change_url(brief)).content.decode()
    assert f'src="{change_url(brief, "preview_cover")}" alt="A red square"' in page
    assert ">images/" not in page
