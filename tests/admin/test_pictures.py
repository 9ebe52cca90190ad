"""Pictures at the desk: what is taken in, what is refused in a sentence, and who sees what."""

import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from briefs.models import Brief, Picture, PictureUse, Withdrawal
from briefs.models.images import rendition
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled, read_to_end
from tests.factories import (
    figure,
    make_author,
    make_brief,
    make_edition,
    make_picture,
    make_user,
    picture_file,
)

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/briefs/brief/picture/"


def sent(client: Client, file: Any) -> Any:
    return client.post(UPLOAD, {"picture": file} if file else {})


def path_of(picture: Picture, width: int | None = None) -> str:
    address = rendition(picture.address, width) if width else picture.address
    return reverse("admin:briefs_brief_picture", args=[address.rpartition("/")[2]])


def status(client: Client, path: str) -> int:
    response = client.get(path)
    read_to_end(response)
    return response.status_code


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(side: int) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_an_upload_answers_where_the_picture_is_and_how_large() -> None:
    user = make_user(group="Contributors")
    response = sent(client_of(user), picture_file())
    picture = Picture.objects.get()
    assert response.status_code == 201
    assert response.json() == {"src": picture.address, "width": 1600, "height": 900}
    assert "no-store" in response["Cache-Control"]
    assert list(picture.uploaded_by.all()) == [user]
    assert sent(client_of(user), picture_file()).json()["src"] == picture.address
    assert Picture.objects.count() == 1


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
NO_PICTURE = "This is not a picture in JPEG, PNG or WebP."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.svg", SVG, NO_PICTURE),
        ("a.png", b"only words", NO_PICTURE),
        ("a.gif", b"GIF89a", NO_PICTURE),
        ("a.png", bomb(6_400), "The picture has more than 40 million pixels."),
        ("a.jpg", b"", "This file is empty: choose another."),
        ("a.jpg", b"x" * (1024**2 + 1), "The picture is larger than 1 MB."),
        ("", b"", "Choose a picture."),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_sound_picture_is_refused_in_one_sentence(
    name: str, content: bytes, sentence: str, settings: Any
) -> None:
    settings.IMAGE_MAX_BYTES = 1024**2
    file = SimpleUploadedFile(name, content, "image/png") if name else None
    response = sent(client_of(make_user(group="Editors")), file)
    assert (response.status_code, response.json()) == (422, {"error": sentence})
    assert not Picture.objects.exists()


def test_a_request_beyond_all_limits_is_refused_unread(settings: Any) -> None:
    settings.IMAGE_MAX_BYTES = settings.MANUSCRIPT_MAX_BYTES = 1024
    file = SimpleUploadedFile("a.png", b"x" * (2 * 1024**2), "image/png")
    assert sent(client_of(make_user(group="Editors")), file).status_code == 413


@pytest.mark.parametrize("group", [None, "Administrators"])
def test_who_has_no_part_in_briefs_uploads_nothing(group: str | None) -> None:
    assert sent(client_of(make_user(group=group)), picture_file()).status_code == 403
    assert sent(Client(), picture_file()).status_code == 302
    assert not Picture.objects.exists()


def test_an_upload_needs_the_form_s_token_and_a_post() -> None:
    user = make_user(group="Editors")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert sent(strict, picture_file()).status_code == 403
    assert client_of(user).get(UPLOAD).status_code == 405


def test_the_picture_of_a_draft_is_seen_by_whoever_may_open_the_draft() -> None:
    owner, bylined, stranger = (make_user(group="Contributors") for _ in range(3))
    editor, uploader = make_user(group="Editors"), make_user(group="Contributors")
    picture = make_picture(by=uploader)
    make_brief(body=figure(picture), by=owner, authors=[make_author(user=bylined)])
    for width in (None, 640, 1280):
        path = path_of(picture, width)
        for user in (owner, bylined, editor, uploader):
            assert status(client_of(user), path) == 200
        assert status(client_of(stranger), path) == 404
        assert status(client_of(make_user()), path) in (403, 404)
        assert status(Client(), path) == 302
    response = client_of(owner).get(path_of(picture))
    read_to_end(response)
    assert response["Content-Type"] == "image/jpeg"
    assert "no-store, private" in response["Cache-Control"]


def test_an_upload_that_no_draft_shows_yet_is_seen_by_its_uploaders_alone() -> None:
    first, second = make_user(group="Contributors"), make_user(group="Contributors")
    picture = make_picture(by=first)
    assert status(client_of(first), path_of(picture)) == 200
    assert status(client_of(make_user(group="Editors")), path_of(picture)) == 404
    assert sent(client_of(second), picture_file()).status_code == 201
    assert status(client_of(second), path_of(picture)) == 200


def test_a_picture_that_goes_into_another_brief_is_seen_by_its_editors_too() -> None:
    picture = make_picture()
    make_brief("First", body=figure(picture))
    other = make_user(group="Contributors")
    brief, client = make_brief("Second", by=other), client_of(other)
    assert status(client, path_of(picture)) == 404
    client.post(change_url(brief), filled(brief, body=figure(picture)))
    assert status(client, path_of(picture)) == 200
    client.post(change_url(brief), filled(brief, body="<p>Without.</p>"))
    assert status(client, path_of(picture)) == 404
    assert PictureUse.objects.count() == 1


def test_what_everybody_sees_is_seen_at_the_desk_until_it_is_withdrawn() -> None:
    picture = make_picture()
    edition = make_edition(body=figure(picture))
    client = client_of(make_user(group="Contributors"))
    assert status(client, path_of(picture)) == 200
    Withdrawal.record(brief_id=edition.brief_id, notice="Taken back.")
    assert status(client, path_of(picture)) == 404


@pytest.mark.parametrize(
    "name",
    [
        *("x", "a.png", f"{'a' * 64}.png", f"{'a' * 64}.svg"),
        *(f"{'a' * 64}.png%00.jpg", f"{'a' * 63}%.png"),
    ],
)
def test_names_that_are_none_are_not_found(name: str) -> None:
    make_picture()
    assert status(client_of(make_user(group="Editors")), f"{UPLOAD}{name}") == 404


def test_a_width_or_kind_that_was_never_made_is_not_found() -> None:
    picture, client = make_picture(), client_of(make_user(group="Editors"))
    make_brief(body=figure(picture))
    assert status(client, path_of(picture, 641)) == 404
    assert status(client, path_of(picture).replace(".jpg", ".png")) == 404
    assert client.post(path_of(picture)).status_code == 405


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("ab/", "cd/"), ""),
        (("A map", ""), "A picture has no alternative text: say what it shows."),
        ((".jpg", ".png"), "The text shows a picture that was not uploaded here."),
    ],
)
def test_a_forged_picture_is_refused_beside_the_text(
    change: tuple[str, str], sentence: str
) -> None:
    brief, picture = make_brief(), make_picture()
    client = client_of(make_user(group="Editors"))
    body = figure(picture).replace(*change)
    page = client.post(change_url(brief), filled(brief, body=body)).content.decode()
    assert sentence in page
    assert Brief.objects.get().body == "<p>Some words.</p>" or not sentence


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PUBLISHED])
def test_preview_and_closed_brief_show_it_from_the_desk(stage: Stage) -> None:
    picture = make_picture()
    brief = make_brief(body=figure(picture, "Crossings"))
    Brief.objects.update(stage=stage)
    client = client_of(make_user(group="Editors"))
    shown = change_url(brief, "preview" if stage == Stage.DRAFT else "change")
    page = client.get(shown).content.decode()
    assert f'src="{path_of(picture)}"' in page
    assert path_of(picture, 640) in page
    assert 'src="/images/' not in page
