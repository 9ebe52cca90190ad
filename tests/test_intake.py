import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from briefs import citations
from briefs.composition import compose
from briefs.intake import (
    Intake,
    IntakeError,
    _Authors,
    import_manuscript,
    system_user,
)
from briefs.intake.notes import Notes, printed_to_html
from briefs.manuscripts import BylineEntry, ManuscriptNote
from briefs.models import Address, Author, Brief, Byline, Citation, Contribution, Institute, Source
from tests.factories import make_author, make_centre, make_series, make_source, make_user

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent / "briefs" / "samples"
REAL = (SAMPLES / "resetting-ties.docx").read_bytes()


def markdown(text: str) -> bytes:
    return text.encode()


BRIEF = markdown(
    "# A Small Brief\n\nBy\nAda Author\nFellow\nEmail: ada@example.org\n\n1 May 2025\n\n"
    "First words.[^1]\n\n[^1]: Jo Doe, “Story”, *Dawn*, March 24, 2025, <https://dawn.com/a/>\n"
)


class TestTheRealBrief:
    def test_becomes_a_draft_with_its_byline_notes_and_sources(self) -> None:
        Institute(name="Institute of Strategic Studies Islamabad", short_name="ISSI").save()
        centre = make_centre("Centre for Afghanistan, Middle East & Africa", "CAMEA")
        user = make_user()
        intake = import_manuscript(data=REAL, filename="resetting-ties.docx", by=user)
        brief = Brief.objects.get()
        assert (brief.title, brief.centre, str(brief.dated), brief.stage, brief.created_by) == (
            "Pakistan-Afghanistan: Resetting Ties", centre, "2025-04-07", "draft", user,
        )  # fmt: skip
        assert brief.slug == "pakistan-afghanistan-resetting-ties"
        assert brief.disclaimer.startswith("Views expressed in the brief")
        byline = Byline.objects.get()
        assert (byline.author.name, byline.author.role, byline.author.email) == (
            "Amina Khan", "Director", "aminakhan@issi.org.pk",
        )  # fmt: skip
        assert (byline.author.centre, byline.role, byline.affiliation) == (centre, "", "")
        assert Source.objects.count() == Citation.objects.count() == len(intake.made) == 9
        assert (intake.lost, intake.warnings) == ((), [])
        assert Contribution.objects.get().user == user

    def test_is_composed_with_the_affiliation_as_printed(self) -> None:
        Institute(name="Institute of Strategic Studies Islamabad", short_name="ISSI").save()
        make_centre("Centre for Afghanistan, Middle East & Africa", "CAMEA")
        brief = import_manuscript(data=REAL, filename="x.docx", by=make_user()).brief
        composition = compose(brief)
        assert composition.byline[0].affiliation == (
            "Centre for Afghanistan, Middle East & Africa (CAMEA), ISSI"
        )
        assert len(composition.notes) == len(composition.references) == 9
        assert composition.notes[1].html == (
            "Tahir Khan, “Peace and progress in Afghanistan necessary for regional stability: "
            "envoy”, <em>Dawn</em>, March 23, 2025, "
            '<a href="https://www.dawn.com/news/amp/1899846">'
            "https://www.dawn.com/news/amp/1899846</a>"
        )

    def test_imported_twice_shares_its_author_and_its_sources(self) -> None:
        user = make_user()
        for _ in range(2):
            intake = import_manuscript(data=REAL, filename="x.docx", by=user)
        assert (len(intake.made), len(intake.known)) == (0, 9)
        assert (Author.objects.count(), Source.objects.count(), Brief.objects.count()) == (1, 9, 2)
        slugs = Address.objects.values_list("slug", flat=True)
        assert sorted(slugs)[1] == "pakistan-afghanistan-resetting-ties-2"

    def test_names_a_centre_that_is_not_here_and_makes_none(self) -> None:
        intake = import_manuscript(data=REAL, filename="x.docx", by=make_user())
        assert intake.brief.centre is None
        assert any("(CAMEA)" in warning for warning in intake.warnings)
        assert "(CAMEA), ISSI" in intake.brief.bylines.get().affiliation


class TestMatching:
    def test_finds_an_author_by_e_mail_whatever_the_case_and_the_name(self) -> None:
        author = make_author("A. Author", email="Ada@Example.org")
        intake = import_manuscript(data=BRIEF, filename="x.md", by=make_user())
        assert intake.brief.bylines.get().author == author
        assert intake.brief.bylines.get().role == "Fellow"

    def test_finds_an_author_without_e_mail_by_name_within_the_centre(self) -> None:
        centre = make_centre()
        author = make_author("Ada Author", centre=centre)
        make_author("Ada Author", slug="another-ada")
        intake = import_manuscript(data=BRIEF, filename="x.md", by=make_user(), centre=centre)
        assert intake.brief.bylines.get().author == author

    def test_never_takes_a_namesake_with_another_e_mail_for_the_author(self) -> None:
        centre = make_centre()
        make_author("Ada Author", centre=centre, email="other@example.org")
        intake = import_manuscript(data=BRIEF, filename="x.md", by=make_user(), centre=centre)
        assert intake.brief.bylines.get().author.email == "ada@example.org"

    def test_finds_a_source_by_canonical_url(self) -> None:
        source = make_source(
            "Story",
            url="https://DAWN.com/a?utm_source=x#top",
            authors=[{"given": "Jo", "family": "Doe"}],
            container_title="Dawn",
            issued="2025-03-24",
        )
        intake = import_manuscript(data=BRIEF, filename="x.md", by=make_user())
        assert intake.known == [source]
        assert Citation.objects.get().source == source

    def test_keeps_another_document_at_the_same_address_apart_and_says_so(self) -> None:
        make_source("Quite another", url="https://dawn.com/a")
        intake = import_manuscript(data=BRIEF, filename="x.md", by=make_user())
        assert Source.objects.count() == 2
        assert any("Quite another" in warning for warning in intake.warnings)

    def test_takes_the_centre_and_series_that_are_given(self) -> None:
        centre, series = make_centre(), make_series()
        intake = import_manuscript(
            data=BRIEF, filename="x.md", by=make_user(), centre=centre, series=series
        )
        assert (intake.brief.centre, intake.brief.series) == (centre, series)

    def test_fills_in_the_institutes_disclaimer(self) -> None:
        Institute(default_disclaimer="Ours.").save()
        intake = import_manuscript(data=BRIEF, filename="x.md", by=make_user())
        assert intake.brief.disclaimer == "Ours."


def bylined(*entries: str, title: str = "A Small Brief") -> bytes:
    """A manuscript with these entries (name, or name and e-mail) in its byline."""
    people = "\n\n".join(
        entry.replace(" <", "\\\nFellow\\\nEmail: ").rstrip(">") for entry in entries
    )
    return markdown(f"# {title}\n\n{people}\n\nWords of the text, long enough for a paragraph.\n")


def printed(intake: Intake) -> list[tuple[str, str]]:
    return [(line.name, line.email) for line in compose(intake.brief).byline]


class TestNobodyIsLost:
    def test_two_names_with_one_mailbox_are_two_authors(self) -> None:
        data = bylined("Ada Author <info@example.org>", "Bob Builder <info@example.org>")
        intake = import_manuscript(data=data, filename="x.md", by=make_user())
        assert printed(intake) == [("Ada Author", "info@example.org"), ("Bob Builder", "")]
        assert intake.warnings[-1] == (
            "info@example.org belongs to Ada Author here; Bob Builder was taken without it."
        )
        again = import_manuscript(data=data, filename="x.md", by=make_user())
        assert printed(again) == printed(intake)
        assert Author.objects.count() == 2

    def test_a_shared_mailbox_is_its_owners_wherever_the_owner_stands(self) -> None:
        make_author("Bob Builder", email="info@example.org")
        data = bylined("Ada Author <info@example.org>", "Bob Builder <INFO@example.org>")
        intake = import_manuscript(data=data, filename="x.md", by=make_user())
        assert printed(intake) == [("Ada Author", ""), ("Bob Builder", "info@example.org")]

    def test_an_e_mail_known_under_another_name_is_said(self) -> None:
        make_author("Zoe Zebra", email="ada@example.org")
        intake = import_manuscript(data=BRIEF, filename="x.md", by=make_user())
        assert printed(intake) == [("Zoe Zebra", "ada@example.org")]
        (warning,) = intake.warnings
        assert warning == (
            "ada@example.org belongs to Zoe Zebra here: that name will be printed, not "
            "“Ada Author” as in the manuscript."
        )

    def test_a_name_that_is_found_where_another_was_becomes_an_author_of_its_own(self) -> None:
        make_author("Zoe Zebra", email="zoe@example.org")
        entries = (BylineEntry("Z. Zebra", email="zoe@example.org"), BylineEntry("Zoe Zebra"))
        authors = _Authors(entries, None, [], by=make_user())
        assert [author.email for _, author in authors.found()] == ["zoe@example.org", ""]

    def test_a_name_that_stands_twice_is_taken_once_and_said(self) -> None:
        warnings: list[str] = []
        entries = [BylineEntry("Ada"), BylineEntry("Ada")]
        assert len(list(_Authors(entries, None, warnings, by=make_user()).found())) == 1
        assert warnings == ["“Ada” stands twice in the byline; it was taken once."]

    @pytest.mark.parametrize("by", ["editor", "the system"])
    def test_the_e_mail_of_an_author_who_had_none_is_filled_in_and_said(self, by: str) -> None:
        author = make_author("Ada Author")
        user = make_user(group="Editors") if by == "editor" else system_user()
        intake = import_manuscript(data=BRIEF, filename="x.md", by=user)
        assert printed(intake) == [("Ada Author", "ada@example.org")]
        author.refresh_from_db()
        assert author.email == "ada@example.org"
        assert intake.warnings == [
            "Ada Author had no e-mail address here; ada@example.org was filled in."
        ]

    def test_who_may_not_change_authors_changes_none_by_importing(self) -> None:
        author = make_author("Ada Author")
        by = make_user(group="Contributors")
        intake = import_manuscript(data=BRIEF, filename="x.md", by=by)
        assert printed(intake) == [("Ada Author", "")]
        author.refresh_from_db()
        assert author.email == ""
        (warning,) = intake.warnings
        assert "an editor should see whether ada@example.org is theirs" in warning

    @pytest.mark.parametrize("email", ["ada@", "a@" + "b" * 60 + ".example." + "c" * 260])
    def test_an_e_mail_that_is_none_is_left_out_and_said(self, email: str) -> None:
        warnings: list[str] = []
        entries = [BylineEntry("Ada", email=email)]
        ((_, author),) = _Authors(entries, None, warnings, by=make_user()).found()
        assert author.email == ""
        assert warnings == [f"“{email}” is no e-mail address; Ada was taken without it."]

    def test_a_name_longer_than_its_field_is_said(self) -> None:
        warnings: list[str] = []
        list(_Authors([BylineEntry("Ada " * 60)], None, warnings, by=make_user()).found())
        assert "longer than 200 characters" in warnings[0]


def noted(reference: str) -> bytes:
    return markdown(f"# T\n\nAda Author\n\nWords of the text.[^1]\n\n[^1]: {reference}\n")


class TestWhatNoSourceCanHold:
    @pytest.mark.parametrize(
        "reference",
        [
            (f"Jo Doe, “Story”, *Dawn*, March 3, 2025, <https://x.org/{'a' * 2500}>"),
            (f"Jo Doe, “Story”, *{'Dawn ' * 150}*, March 3, 2025, <https://x.org/a>"),
        ],
    )
    def test_stays_a_note_in_prose_as_printed(self, reference: str) -> None:
        intake = import_manuscript(data=noted(reference), filename="x.md", by=make_user())
        assert not Source.objects.exists()
        (note,) = compose(intake.brief).notes
        assert "Jo Doe" in note.text
        assert "a" * 2500 in note.text or note.text.count("Dawn") == 150
        (warning,) = [text for text in intake.warnings if text.startswith("Note 1")]
        assert "was kept as plain text" in warning

    def test_leaves_no_other_source_of_its_note_behind(self) -> None:
        good, bad = "Jo Doe, “Story”, *Dawn*, March 3, 2025, <https://x.org/b>", "a" * 2500
        reference = f"{good}; Al Roe, “Tale”, *Dawn*, March 4, 2025, <https://x.org/{bad}>"
        import_manuscript(data=noted(reference), filename="x.md", by=make_user())
        assert not Source.objects.exists()

    def test_of_a_locator_the_rest_stands_behind_the_citation(self) -> None:
        place, rest = "p. " + "12, " * 49, "and the whole of the chapter"
        reference = citations.Reference(csl={"type": "book", "title": "T"}, locator=place + rest)
        note = ManuscriptNote(1, "", f"*T*, {place}{rest} & more.")
        html = Notes([note], {1: (reference, " & more.")}, "en", []).html[1]
        cite, _, text = html.partition("</cite>")
        assert re.search(r'data-locator="(.*)"', cite)[1] + text == place + rest + " &amp; more."
        assert len(re.search(r'data-locator="(.*)"', cite)[1]) <= 200


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "filename"),
        [
            (b"", "empty.docx"),
            (b"nonsense", "broken.docx"),
            (REAL[: len(REAL) // 2], "truncated.docx"),
            (b"{\\rtf1 text}", "old.rtf"),
            (b"%PDF-1.7", "print.pdf"),
            (REAL, "picture.png"),
        ],
    )
    def test_are_one_sentence_and_leave_nothing_behind(self, data: bytes, filename: str) -> None:
        with pytest.raises(IntakeError, match=r"^[A-Z“].+\.$"):
            import_manuscript(data=data, filename=filename, by=make_user())
        assert not Brief.objects.exists()
        assert not Author.objects.exists()
        assert not Source.objects.exists()

    def test_name_the_limit_of_size(self, settings: object) -> None:
        settings.MANUSCRIPT_MAX_BYTES = 1024**2  # type: ignore[attr-defined]
        with pytest.raises(IntakeError, match="larger than 1 MB"):
            import_manuscript(data=b"x" * (1024**2 + 1), filename="x.md", by=make_user())

    def test_are_what_the_draft_says_that_it_cannot_hold(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(brief: Brief, **options: Any) -> None:
            raise ValidationError({"body": "The text is longer than 1,000,000 characters."})

        monkeypatch.setattr(Brief, "save", refuse)
        with pytest.raises(IntakeError, match=r"^The text is longer than 1,000,000 characters\.$"):
            import_manuscript(data=REAL, filename="x.docx", by=make_user())
        assert not Source.objects.exists()

    @pytest.mark.parametrize("error", [IntegrityError, DataError])
    def test_come_from_the_database_too_as_a_sentence(
        self, error: type[Exception], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**values: Any) -> None:
            raise error("duplicate key value violates unique constraint")

        monkeypatch.setattr(Contribution, "note", refuse)
        with pytest.raises(IntakeError, match=r"^[A-Z][^:]+\.$"):
            import_manuscript(data=REAL, filename="x.docx", by=make_user())
        assert not Brief.objects.exists()

    def test_leave_nothing_behind_when_the_last_step_fails(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**values: object) -> None:
            raise RuntimeError("the plug was pulled")

        monkeypatch.setattr(Contribution, "note", fail)
        with pytest.raises(RuntimeError):
            import_manuscript(data=REAL, filename="x.docx", by=make_user())
        assert not Brief.objects.exists()
        assert not Source.objects.exists()


def test_a_manuscript_without_front_matter_becomes_a_draft_named_by_its_file() -> None:
    intake = import_manuscript(data=b"Only some words.", filename="my-notes.txt", by=make_user())
    assert intake.brief.title
    assert "Only some words" in intake.brief.title + intake.brief.body
    assert any("author" in warning for warning in intake.warnings)


def test_a_prose_note_keeps_its_own_html() -> None:
    data = markdown("# T\n\nWords.[^1]\n\n[^1]: The author thanks *all* of them.\n")
    brief = import_manuscript(data=data, filename="x.md", by=make_user()).brief
    assert '<span data-note="">The author thanks <em>all</em> of them.</span>' in brief.body
    assert not Source.objects.exists()


def test_the_system_user_cannot_log_in() -> None:
    user = system_user()
    assert not user.is_active
    assert not user.has_usable_password()
    assert system_user() == user


@pytest.mark.parametrize(("printed", "html"), [
    ("a *b* c", "a <em>b</em> c"),
    ("see <https://x.org/?a=1&b=2>.",
     'see <a href="https://x.org/?a=1&amp;b=2">https://x.org/?a=1&amp;b=2</a>.'),
    ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ("a\nb", "a<br>b"),
])  # fmt: skip
def test_the_printed_form_becomes_html(printed: str, html: str) -> None:
    assert printed_to_html(printed) == html
