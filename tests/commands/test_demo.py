"""The sample newsroom, made once for this module by the command itself, PDFs and all."""

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings

from briefs import manuscripts, workflow
from briefs.composition import compose
from briefs.management import newsroom
from briefs.management.commands import demo
from briefs.models import Address, Author, Brief, Edition, Source, StageChange, User, Withdrawal
from briefs.models.clock import database_now
from briefs.stages import EditionKind, Stage

pytestmark = pytest.mark.django_db


def run(**options: Any) -> str:
    out = StringIO()
    with override_settings(DEBUG=True):
        call_command("demo", stdout=out, **options)
    return out.getvalue()


@dataclass(frozen=True)
class Newsroom:
    """What a run that was interrupted printed, what the next run did, and a third."""

    interruption: str
    second: str
    third: str
    rows_before_third: tuple[int, ...]


def rows() -> tuple[int, ...]:
    models = (Brief, Edition, StageChange, Source, Author, User, Address)
    return tuple(model.objects.count() for model in models)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Newsroom]:
    """Several tests look at one newsroom, because typesetting it takes a while."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # the verbs ask for a durable transaction of their own
        block.__enter__()
        try:
            interruption = _interrupted()
            second, before = run(), rows()
            yield Newsroom(interruption, second, run(), before)
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


def _interrupted() -> str:
    """A run that is stopped between the submission and the approval of an edited brief."""
    approve = workflow.FUNCTIONS["approve"]
    approvals: list[str] = []

    def stop(*, brief: Brief, by: User, comment: str = "") -> StageChange:
        approvals.append(brief.title)
        if approvals.count("Rules of the Road in Low Orbit") == 2:
            raise KeyboardInterrupt
        return approve(brief=brief, by=by, comment=comment)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(workflow.FUNCTIONS, "approve", stop)
        with pytest.raises(CommandError) as stopped:
            run()
    assert stopped.value.returncode == demo.INTERRUPTED
    return str(stopped.value)


def brief(file: str) -> Brief:
    slug = next(sample.slug for sample in newsroom.NEWSROOM if sample.file == file)
    return Address.objects.get(slug=slug).brief


def texts(query: Any) -> str:
    return " ".join(query.values_list("body", flat=True))


def test_it_is_refused_where_debug_is_off() -> None:
    with pytest.raises(CommandError, match="refused where DEBUG is off"):
        call_command("demo")


@pytest.mark.parametrize("address", ["8000", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:70000"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(CommandError, match="no address like"):
        call_command("demo", f"--serve={address}")


def test_a_port_that_is_taken_is_said(made: Newsroom) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"127.0.0.1:{port} cannot be served"):
            run(serve=("127.0.0.1", port))


def test_served_elsewhere_the_printed_addresses_are_there(
    made: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def serve(*args: Any, on_bind: Any, **options: Any) -> None:
        on_bind(9000)
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "run", serve)
    out = run(serve=("0.0.0.0", 9000))
    assert "http://localhost:9000/admin/" in out
    assert "Serving on http://localhost:9000/ until Ctrl-C." in out
    assert out.endswith("Stopped.\n")
    assert "http://127.0.0.1:8000/" not in run(serve=("127.0.0.1", 8000))


def test_what_a_run_leaves_unfinished_the_next_finishes(made: Newsroom) -> None:
    assert made.interruption == "Interrupted. The next run goes on from here."
    assert "Importing resetting-ties.docx" not in made.second
    assert made.second.count("Typesetting “Rules of the Road in Low Orbit”") == 1
    assert brief("rules-of-the-road-in-low-orbit.md").editions.count() == 2


def test_another_run_changes_nothing(made: Newsroom) -> None:
    assert "Importing" not in made.third
    assert "Typesetting" not in made.third
    assert made.rows_before_third == rows()
    assert Brief.objects.count() == len(newsroom.NEWSROOM)


def test_it_prints_log_ins_that_open_the_desk_and_stay_the_same(made: Newsroom) -> None:
    log_ins = re.findall(r"^  (\w+) +((?:\w{4}-){3}\w{4})", made.third, re.MULTILINE)
    assert [name for name, _ in log_ins] == list(newsroom.USERS)
    assert log_ins == re.findall(r"^  (\w+) +((?:\w{4}-){3}\w{4})", made.second, re.MULTILINE)
    for username, password in log_ins:
        client = Client()
        client.post("/admin/login/", {"username": username, "password": password})
        assert client.get("/admin/").status_code == 200
        groups = User.objects.get(username=username).groups.values_list("name", flat=True)
        assert set(groups) == set(newsroom.USERS[username])


def test_every_address_that_it_prints_answers(made: Newsroom) -> None:
    client = Client()
    client.force_login(User.objects.get(username="editor"))
    urls = re.findall(rf"{settings.SITE_URL}(/\S*)", made.third)
    assert len(urls) == 7
    for url in urls:
        response = client.get(url)
        assert (url, response.status_code) == (url, 200)
        assert response.getvalue()


def test_every_stage_and_every_kind_of_edition_but_typos_is_there(made: Newsroom) -> None:
    stages = {row.effective_stage for row in Brief.objects.all()}
    assert stages == set(Stage)
    kinds = set(Edition.objects.public().values_list("kind", flat=True))
    assert kinds == set(EditionKind) - {EditionKind.TYPO}
    assert Withdrawal.objects.count() == 1
    for user, stage in (("editor", Stage.IN_REVIEW), ("publisher", Stage.APPROVED)):
        waiting = Brief.objects.filter(stage=stage).first()
        verbs = workflow.available(brief=waiting, by=User.objects.get(username=user))
        assert {"approve", "publish"} & {verb.name for verb in verbs}


def test_one_brief_comes_in_a_month(made: Newsroom) -> None:
    pending = Edition.objects.pending().get()
    assert 29 <= (pending.public_from - database_now()).days <= 30


def test_unpublished_changes_are_in_the_draft_alone(made: Newsroom) -> None:
    row = brief("returning-home-registers-and-rights.md")
    assert row.stage == Stage.DRAFT
    assert "fifty-two thousand" in row.body
    assert "fifty-two thousand" not in texts(Edition.objects.all())


def test_an_edition_is_not_what_it_was_where_it_was_corrected(made: Newsroom) -> None:
    first, second = brief("rules-of-the-road-in-low-orbit.md").editions.order_by("number")
    assert "1,900 approaches" in first.body
    assert "1,090 approaches" in second.body
    assert second.change_note.startswith("The tracking centre recorded 1,090")


def test_there_is_something_behind_every_filter(made: Newsroom) -> None:
    current = Edition.objects.current()
    assert current.centres().count() >= 4
    assert current.authors().count() >= 5
    assert current.topics().count() >= 8
    assert current.series().count() == 2
    assert {edition.dated.year for edition in current} == {2024, 2025, 2026}
    assert {edition.language for edition in current} == {"en", "fr", "ur"}


def test_the_real_brief_is_what_its_author_wrote(made: Newsroom) -> None:
    edition = brief("resetting-ties.docx").editions.get()
    assert (edition.title, edition.centre_acronym) == (
        "Pakistan-Afghanistan: Resetting Ties",
        "CAMEA",
    )
    assert [line.name for line in edition.bylines.all()] == ["Amina Khan"]
    assert (len(edition.notes), edition.sources.count()) == (9, 9)
    assert edition.disclaimer.startswith("Views expressed in the brief are those of the author")
    assert edition.pdf_pages > 3


def test_every_other_brief_says_that_it_is_a_sample(made: Newsroom) -> None:
    for row in Brief.objects.exclude(title="Pakistan-Afghanistan: Resetting Ties"):
        assert row.disclaimer == newsroom.DISCLAIMERS[row.language]
        assert not row.bylines.exclude(author__email__endswith="@example.org").exists()
    assert Edition.objects.filter(disclaimer="").count() == 0


@pytest.mark.parametrize("sample", newsroom.NEWSROOM, ids=lambda sample: sample.file)
def test_manuscript_and_table_agree_and_nothing_is_lost(
    made: Newsroom, sample: newsroom.Sample
) -> None:
    found = manuscripts.read((newsroom.SAMPLES / sample.file).read_bytes(), sample.file)
    assert (found.title, found.lost) == (sample.title, ())
    undated = "No date could be identified; look for it in the text."
    assert set(found.warnings) <= ({undated} if found.dated is None else set())
    row = brief(sample.file)
    assert 2 <= len(found.notes) <= 9 or row.stage == Stage.DISCARDED
    assert {topic.name for topic in row.topics.all()} == set(sample.topics)
    assert row.series_number == sample.number
    if not sample.real:
        assert all(not line.role for line in row.bylines.all())
    edits = [step.edit for step in sample.way if step.edit]
    assert all(edit.old not in row.body and edit.new in row.body for edit in edits)


def test_sources_are_shared_and_short_when_repeated(made: Newsroom) -> None:
    notes = [note.text for note in compose(brief("sharing-a-river-in-dry-years.md")).notes]
    assert notes[3] == "Ibid., p. 34"
    inquiry = Source.objects.get(title="Report on the Talks of 2022")
    assert inquiry.edition_rows.count() == 2
    two = compose(brief("the-last-mile-of-a-corridor.md")).notes[0]
    assert len(two.sources) == 2


def test_a_sample_that_someone_took_elsewhere_stays_there(made: Newsroom) -> None:
    row = brief("heat-and-the-working-day.md")
    workflow.submit(brief=row, by=User.objects.get(username="editor"))
    Address.objects.filter(brief=row).update(slug="another-address")
    run()
    row.refresh_from_db()
    assert (row.stage, row.stage_changes.count()) == (Stage.IN_REVIEW, 1)
    assert made.rows_before_third[0] == Brief.objects.count()
