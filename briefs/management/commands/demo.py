"""A newsroom to look at, on this machine: people, centres, and briefs at every stage, taken there
through the same doors as any other. Idempotent; what a run left unfinished the next one finishes."""

import base64
import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.servers.basehttp import get_internal_wsgi_application, run
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from briefs import intake, revisions, workflow
from briefs.management import newsroom
from briefs.management.command import DatabaseCommand
from briefs.management.newsroom import Edit, Sample, Step
from briefs.models import Author, Brief, Centre, Contribution, Institute, Series, User
from briefs.models.clock import database_now
from briefs.models.schema import is_migrated
from briefs.models.slugs import create_with_slug, slug_from
from briefs.stages import Stage

TYPESETTING = {"publish", "schedule", "correct"}
WAITING = {
    newsroom.CONTRIBUTOR: "has drafts to finish",
    newsroom.EDITOR: "has a brief to review",
    newsroom.PUBLISHER: "has a brief to publish",
    newsroom.ADMIN: "publishes, and keeps the institute and its users",
}
INTERRUPTED = 130  # exit code, as the shell's after Ctrl-C

type Say = Callable[[str], None]


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 2**16:
        raise ArgumentTypeError(f"“{text}” is no address like 127.0.0.1:8000")
    return host.strip("[]"), int(port)


class Command(DatabaseCommand):
    help = (
        "Make the sample newsroom: users, centres, and briefs at every stage, the real one from "
        "Word among them. May be run again at any time; only where DEBUG is on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--serve", type=_address, metavar="ADDR:PORT", help="and serve it, until Ctrl-C"
        )

    def handle(self, *args: Any, serve: tuple[str, int] | None, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demonstration is refused where DEBUG is off: it prints log-ins."
            )
        try:
            self._make()
        except (intake.IntakeError, workflow.TransitionError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as interrupt:
            sentence = "Interrupted. The next run goes on from here."
            raise CommandError(sentence, returncode=INTERRUPTED) from interrupt
        self._tell(_base(serve))
        if serve:
            self._serve(*serve)

    def _say(self, line: str = "") -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _make(self) -> None:
        if not is_migrated():
            self._say("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
        _make_house()
        users = {name: _make_user(name, groups) for name, groups in newsroom.USERS.items()}
        for sample in newsroom.NEWSROOM:
            _Newsroom(users, self._say).take(sample)

    def _tell(self, base: str) -> None:
        self._say(f"\n{Institute.load().name}: the newsroom is ready.")
        self._say()
        for label, path in _places():
            self._say(f"  {label:<13}{base}{path}")
        self._say("\n  Log-ins, with their passwords:")
        self._say()
        for name in newsroom.USERS:
            self._say(f"  {name:<13}{_password(name)}   {WAITING[name]}")
        self._say()

    def _serve(self, host: str, port: int) -> None:
        say = self._say
        try:
            run(
                host,
                port,
                get_internal_wsgi_application(),
                ipv6=":" in host,
                threading=True,
                on_bind=lambda bound: say(f"Serving on {_url(host, bound)}/ until Ctrl-C."),
            )
        except OSError as error:
            reason = error.strerror or error
            raise CommandError(f"{host}:{port} cannot be served: {reason}.") from error
        except KeyboardInterrupt:
            say("\nStopped.")


def _url(host: str, port: int) -> str:
    name = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _base(serve: tuple[str, int] | None) -> str:
    """What printed addresses begin with: the site's, unless it is served at another port."""
    site: str = settings.SITE_URL
    return site if serve is None or site.endswith(f":{serve[1]}") else _url(*serve)


def _places() -> list[tuple[str, str]]:
    """Label and path of what to look at first."""
    by_file = {sample.file: sample.slug for sample in newsroom.NEWSROOM}
    real, corrected, retracted, urdu = (
        by_file[name]
        for name in (
            "resetting-ties.docx",
            "rules-of-the-road-in-low-orbit.md",
            "grain-prices-and-unrest.md",
            "pani-ki-taqseem.md",
        )
    )
    return [
        ("Site", reverse("home")),
        ("The brief", reverse("brief", args=[real])),
        ("Its PDF", reverse("brief-pdf", args=[real, real])),
        ("Corrected", reverse("brief", args=[corrected])),
        ("Retracted", reverse("brief", args=[retracted])),
        ("In Urdu", reverse("brief", args=[urdu])),
        ("Desk", reverse("admin:index")),
    ]


def _password(username: str) -> str:
    """Random as the installation's secret key is, and the same in every run."""
    digest = salted_hmac("briefs.demo.password", username, algorithm="sha256").digest()
    letters = base64.b32encode(digest).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _make_user(name: str, groups: tuple[str, ...]) -> User:
    user, _ = User.objects.get_or_create(
        username=name, defaults={"is_staff": True, "email": f"{name}@example.org"}
    )
    if not user.check_password(_password(name)):
        user.set_password(_password(name))
        user.save()
    user.groups.add(*Group.objects.filter(name__in=groups))
    return user


@transaction.atomic
def _make_house() -> None:
    """What is there already stays as it is."""
    Institute.objects.get_or_create(pk=1, defaults=newsroom.INSTITUTE)
    for acronym, (name, description) in newsroom.CENTRES.items():
        Centre.objects.get_or_create(
            slug=acronym.lower(),
            defaults={"name": name, "acronym": acronym, "description": description},
        )
    for name, description in newsroom.SERIES.items():
        slug = slug_from(name, fallback="series")
        Series.objects.get_or_create(slug=slug, defaults={"name": name, "description": description})
    for person in newsroom.PEOPLE:
        _make_author(person)


def _make_author(person: newsroom.Person) -> None:
    if Author.objects.filter(email=person.email).exists():
        return
    create_with_slug(
        Author,
        person.name,
        fallback="author",
        name=person.name,
        role=person.role,
        centre=Centre.objects.get(slug=person.centre.lower()),
        email=person.email,
        biography=person.biography,
    )


class _Newsroom:
    """Takes samples where they belong, by the hands of the four users."""

    def __init__(self, users: dict[str, User], say: Say) -> None:
        self.users = users
        self.contributor = users[newsroom.CONTRIBUTOR]
        self.say = say

    def take(self, sample: Sample) -> None:
        """From wherever the sample is to the end of its way. One that left its way was taken
        elsewhere by a person, and stays where it is."""
        brief = self._find(sample) or self._import(sample)
        gone = list(brief.stage_changes.order_by("pk").values_list("verb", flat=True))
        if gone != [step.verb for step in sample.way[: len(gone)]]:
            return
        for step in sample.way[len(gone) :]:
            self._go(brief, step)
        if sample.unpublished and brief.stage == Stage.DRAFT:
            self._edit(brief, sample.unpublished)

    def _find(self, sample: Sample) -> Brief | None:
        same = Q(addresses__slug=sample.slug) | Q(title=sample.title)
        return Brief.objects.filter(same, created_by=self.contributor).first()

    @transaction.atomic
    def _import(self, sample: Sample) -> Brief:
        self.say(f"Importing {sample.file} …")
        brief = intake.import_manuscript(
            data=(newsroom.SAMPLES / sample.file).read_bytes(),
            filename=sample.file,
            by=self.contributor,
            centre=Centre.objects.get(slug=sample.centre.lower()),
            series=Series.objects.filter(name=sample.series).first(),
        ).brief
        if not Brief.objects.filter(series=brief.series, series_number=sample.number).exists():
            brief.series_number = sample.number
        if not sample.real:
            brief.disclaimer = newsroom.DISCLAIMERS[brief.language]
        brief.topics.add(*sample.topics)
        brief.save()
        if sample.address:
            workflow.readdress(brief=brief, by=self.contributor, slug=sample.address)
        revisions.record(brief=brief, by=self.contributor, comment="Filed for the demo")
        return brief

    def _go(self, brief: Brief, step: Step) -> None:
        if step.edit:
            self._edit(brief, step.edit)
        if step.verb in TYPESETTING:
            self.say(f"Typesetting “{brief.title}” …")
        at = database_now() + dt.timedelta(days=step.days) if step.days else None
        workflow.perform(
            step.verb,
            brief=brief,
            by=self.users[step.by],
            at=at,
            kind=step.kind,
            comment=step.comment,
        )

    def _edit(self, brief: Brief, edit: Edit) -> None:
        """Done before, it does nothing."""
        if edit.old not in brief.body:
            return
        with transaction.atomic():
            revisions.keep(brief=brief)
            brief.body = brief.body.replace(edit.old, edit.new)
            brief.save()
            Contribution.note(brief=brief, by=self.contributor)
            revisions.record(brief=brief, by=self.contributor, comment="Edited for the demo")
