"""Pictures in texts: what is let in, kept, frozen, shown to whom, and taken away again."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django.test import Client
from PIL import Image

from briefs import prose
from briefs.composition import compose, digest
from briefs.models import Brief, EditionPicture, Picture, PictureUse, Withdrawal
from briefs.models.clock import database_now
from briefs.models.images import rendition
from tests.admin.desk import read_to_end
from tests.factories import (
    figure,
    make_brief,
    make_edition,
    make_picture,
    make_user,
    note,
)

HOUR = dt.timedelta(hours=1)


def public_path(picture: Picture, width: int | None = None) -> str:
    address = rendition(picture.address, width) if width else picture.address
    return f"/images/{address.rpartition('/')[2]}"


def status(path: str) -> int:
    response = Client().get(path)
    read_to_end(response)
    return response.status_code


@pytest.mark.django_db
class TestDrafts:
    def test_a_picture_that_was_uploaded_is_kept_with_its_true_size(self) -> None:
        picture = make_picture()
        given = figure(picture, "A map.", credit="A. Khan").replace("1600", "5")
        brief = make_brief(body=given)
        assert brief.body == figure(picture, "A map.", credit="A. Khan")
        assert 'width="1600" height="900"' in brief.body

    def test_a_picture_that_nobody_uploaded_is_refused_in_a_sentence(self) -> None:
        picture = make_picture()
        body = figure(picture)
        Picture.objects.all().delete()
        with pytest.raises(ValidationError, match="was not uploaded here"):
            make_brief(body=body)

    @pytest.mark.parametrize("alt", ["", "  ", None])
    def test_a_picture_without_words_is_refused_in_a_sentence(self, alt: str | None) -> None:
        body = figure(make_picture(), alt=alt or "")
        with pytest.raises(ValidationError, match="no alternative text"):
            make_brief(body=body.replace(' alt=""', "") if alt is None else body)

    def test_which_drafts_show_it_is_derived_at_each_save(self) -> None:
        first, second = make_picture(1), make_picture(2)
        brief = make_brief(body=figure(first) + figure(first))
        assert [use.picture for use in PictureUse.objects.all()] == [first]
        with pytest.raises(ProtectedError):
            first.delete()
        brief.body = figure(second)
        brief.save()
        assert [use.picture for use in PictureUse.objects.all()] == [second]
        brief.title = "Other"
        brief.save(update_fields=["title"])
        assert PictureUse.objects.count() == 1
        brief.delete()
        assert not PictureUse.objects.exists()

    def test_two_who_upload_the_same_share_it(self) -> None:
        one, two = make_user(), make_user()
        assert make_picture(by=one) == make_picture(by=two)
        assert set(Picture.objects.get().uploaded_by.all()) == {one, two}

    def test_what_no_draft_and_no_edition_shows_can_be_found(self) -> None:
        drafted, published, lone = (make_picture(shade) for shade in (1, 2, 3))
        make_brief(body=figure(drafted))
        edition = make_edition(body=figure(published))
        brief = Brief.objects.get(pk=edition.brief_id)
        brief.body = "<p>Without.</p>"
        brief.save()
        later = database_now() + HOUR
        assert list(Picture.objects.unused(before=later)) == [lone]
        assert not Picture.objects.unused(before=later - 2 * HOUR).exists()


@pytest.mark.django_db
class TestFiles:
    def test_smaller_ones_lie_beside_it_and_are_the_same_each_time(self) -> None:
        picture = make_picture(size=(1600, 900))
        sizes = {}
        for width in (640, 1280):
            with default_storage.open(rendition(picture.address, width)) as file:
                sizes[width] = Image.open(file).size
                before = (file.seek(0), file.read())[1]
            default_storage.delete(rendition(picture.address, width))
            make_picture(size=(1600, 900))
            with default_storage.open(rendition(picture.address, width)) as file:
                assert file.read() == before
        assert sizes == {640: (640, 360), 1280: (1280, 720)}

    @pytest.mark.parametrize(("width", "made"), [(640, ()), (641, (640,)), (3000, (640, 1280))])
    def test_none_is_larger_than_the_picture(self, width: int, made: tuple[int, ...]) -> None:
        picture = make_picture(size=(width, 20))
        assert picture.width == min(width, 2400)
        for smaller in (640, 1280):
            there = default_storage.exists(rendition(picture.address, smaller))
            assert there is (smaller in made)

    def test_a_chart_stays_sharp_and_a_drawing_see_through(self) -> None:
        assert make_picture(kind="PNG").address.endswith(".png")
        assert make_picture(kind="JPEG").address.endswith(".jpg")


@pytest.mark.django_db
class TestEditions:
    def test_a_picture_is_public_while_an_edition_shows_it(self) -> None:
        picture = make_picture()
        paths = [public_path(picture, width) for width in (None, 640, 1280)]
        brief = make_brief(body=figure(picture))
        assert {status(path) for path in paths} == {404}
        edition = make_edition(brief)
        assert (edition.picture_count, EditionPicture.objects.count()) == (1, 1)
        assert {status(path) for path in paths} == {200}
        Withdrawal.record(brief_id=brief.pk, notice="Taken back.")
        assert {status(path) for path in paths} == {404}

    def test_a_picture_of_a_pending_edition_is_not_public(self) -> None:
        picture = make_picture()
        edition = make_edition(body=figure(picture), public_from=database_now() + HOUR)
        assert status(public_path(picture)) == 404
        edition.delete()
        assert not EditionPicture.objects.exists()

    def test_a_width_that_was_never_made_is_not_found(self) -> None:
        picture = make_picture()
        make_edition(body=figure(picture))
        assert status(public_path(picture, 641)) == 404

    def test_an_edition_names_the_picture_alone(self, client: Client) -> None:
        picture = make_picture()
        make_edition(slug="ties", body=figure(picture, f"Map.{note('Of 1912.')}", credit="A. Khan"))
        document = json.loads(client.get("/briefs/ties/edition.json").content)
        assert prose.pictures(document["body"]) == [
            prose.Shown(picture.address, "A map", picture.width, picture.height)
        ]
        assert "-640" not in json.dumps(document)
        assert "srcset" not in json.dumps(document)

    def test_the_hash_of_an_edition_without_pictures_is_what_it_was(self) -> None:
        composition = compose(make_brief())
        assert "picture" not in json.dumps(digest(composition))
        assert "pictures" not in vars(composition)


def shown_on(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.django_db
def test_the_page_shows_each_window_the_size_that_it_needs(client: Client) -> None:
    picture = make_picture()
    make_edition(slug="ties", body=figure(picture, "Crossings", alt='The "line" < 5'))
    page = shown_on(client, "/briefs/ties/")
    image = page[page.index("<figure><img") : page.index("</figure>")]
    assert f'src="{public_path(picture)}"' in image
    assert f"{public_path(picture, 640)} 640w, {public_path(picture, 1280)} 1280w" in image
    assert f"{public_path(picture)} 1600w" in image
    assert 'width="1600" height="900" loading="lazy" decoding="async"' in image
    assert 'alt="The &quot;line&quot; &lt; 5"' in image


@pytest.mark.django_db
def test_a_small_picture_comes_in_one_size(client: Client) -> None:
    picture = make_picture(size=(300, 200))
    make_edition(slug="ties", body=figure(picture))
    page = shown_on(client, "/briefs/ties/")
    assert public_path(picture) in page
    assert "srcset" not in page


OWN = f"images/ab/ab{'0' * 62}.jpg"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (f'<img src="{OWN}" alt=x>', '<figure><img src="{}" alt="x"></figure>'),
        (f'<p>a<img src="{OWN}" alt=x>b</p>c',
         '<p>a</p><figure><img src="{}" alt="x"></figure><p>b</p><p>c</p>'),
        (f'<figure><img onerror=x style=y height=3 width=2 alt="  a\n b" src="{OWN}" id=i></figure>',
         '<figure><img src="{}" alt="a b" width="2" height="3"></figure>'),
        (f'<figure> <figcaption>C</figcaption> <img src="{OWN}" alt=x> </figure>',
         '<figure><img src="{}" alt="x"><figcaption>C</figcaption></figure>'),
        (f'<figure><a href="https://x.org"><img src="{OWN}" alt=x></a><figcaption>C</figure>',
         '<figure><img src="{}" alt="x"><figcaption>C</figcaption></figure>'),
        (f'<figure><div><img src="{OWN}" alt=x></div><div><figcaption>C</figcaption></div></figure>',
         '<figure><img src="{}" alt="x"><figcaption>C</figcaption></figure>'),
        (f'<figure><img src="{OWN}" alt=x><img src="{OWN}" alt=y><figcaption>C</figcaption></figure>',
         ('<figure><img src="{}" alt="x"></figure>'
          '<figure><img src="{}" alt="y"><figcaption>C</figcaption></figure>')),
        (f'<figure><img src="{OWN}" alt=x>words<figcaption>C</figcaption></figure>',
         '<figure><img src="{}" alt="x"></figure><p>words</p><figcaption>C</figcaption>'),
        (f'<ul><img src="{OWN}" alt=x></ul>', '<ul><li><figure><img src="{}" alt="x"></figure></li></ul>'),
        (f'<p>n<span data-note>x<img src="{OWN}" alt=x></span></p>',
         '<p>n<span data-note="">x</span></p>'),
        (f'<figure><img src="{OWN}" alt=x><figcaption>a<img src="{OWN}" alt=y></figcaption></figure>',
         '<figure><img src="{}" alt="x"><figcaption>a</figcaption></figure>'),
    ],
)  # fmt: skip
def test_a_picture_of_ours_stands_in_a_figure_of_its_own(given: str, stored: str) -> None:
    assert prose.clean(given) == stored.replace("{}", OWN)


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.org/x.jpg", "//example.org/x.jpg", "data:image/png;base64,AAAA"),
        *("javascript:alert(1)", f"/{OWN}", f"../{OWN}", f"{OWN}?x", OWN.replace("jpg", "svg")),
        *(OWN.replace("images/ab", "images/cd"), OWN.upper(), f"{OWN}\n", f" {OWN}", OWN[:-5], ""),
        OWN.replace(".jpg", "-640.jpg"),
    ],
)
def test_a_picture_from_elsewhere_is_left_out_and_its_caption_stays(address: str) -> None:
    given = f'<figure><img src="{address}" alt="Words"><figcaption>C</figcaption></figure>'
    assert prose.clean(given) == "<figure><figcaption>C</figcaption></figure>"


@pytest.mark.parametrize(
    ("caption", "stored"),
    [
        ("Map.<span data-credit>A. Khan</span>", 'Map. <span data-credit="">A. Khan</span>'),
        ("<span data-credit=x> A. Khan</span> ", '<span data-credit=""> A. Khan</span>'),
        ("<p>Map.</p><p><span data-credit>A</span></p>", 'Map. <span data-credit="">A</span>'),
        ("Map. <span data-credit>A</span> more", "Map. A more"),
        ("<span data-credit>A</span><span data-credit>B</span>", 'A <span data-credit="">B</span>'),
        ("Map<span data-credit>a <b>b</b><br><a href=https://x.org>c</a><span data-note>d</span></span>",
         'Map <span data-credit="">a b cd</span>'),
        ("Map<em><span data-credit>A</span></em>", "Map<em>A</em>"),
        ("Map<span data-credit> </span>", "Map"),
    ],
)  # fmt: skip
def test_a_credit_is_a_line_of_plain_words_at_the_end_of_a_caption(
    caption: str, stored: str
) -> None:
    given = f'<figure><img src="{OWN}" alt="x"><figcaption>{{}}</figcaption></figure>'
    assert prose.clean(given.format(caption)) == given.format(stored)
    assert prose.clean(f"<p>{caption}</p>").count("data-credit") == 0


@pytest.mark.parametrize("alt", ['"', "'", "\"'", "<b>", "&amp;", "> x", "ä ا"])
def test_the_words_of_a_picture_come_through_whatever_they_are(alt: str) -> None:
    stored = prose.clean(prose.img(src=OWN, alt=alt))
    frozen, _ = prose.take_notes(stored)
    for body in (stored, frozen, prose.directed(frozen, "ltr"), prose.sized(stored, {OWN: (4, 3)})):
        assert [shown.alt for shown in prose.pictures(body)] == [alt]
    assert prose.clean(prose.sized(frozen, {OWN: (4, 3)})) == prose.sized(stored, {OWN: (4, 3)})


@pytest.mark.parametrize(
    ("table", "scopes"),
    [
        ("<tr><th>a<th>b<tr><th>c<td>d", ["col", "col", "row"]),
        ("<thead><tr><td><th>b<tbody><tr><th>c<td>d", ["col", "row"]),
        ('<tr><th scope="row">a<th>b', ["row", "col"]),
        ("<tr><th scope=x>a<td>b", ["row"]),
    ],
)
def test_heads_of_tables_say_what_they_speak_for(table: str, scopes: list[Any]) -> None:
    once = prose.clean(f"<table>{table}</table>")
    assert once.count("<th") == once.count("scope=") + once.count("<thead")
    assert [part[7:10] for part in once.split("<th ")[1:]] == scopes
    assert prose.clean(once) == once
