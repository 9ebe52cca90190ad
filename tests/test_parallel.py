"""Two at once, on real parallel connections: PostgreSQL only (SQLite has one writer)."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from briefs import workflow
from briefs.models import Address, Brief, Edition, StageChange, User
from briefs.models.clock import database_now
from briefs.models.slugs import free_slug
from tests.factories import approve, make_brief, make_user

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("stub_typesetting"),
]
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite has one writer at a time")


def at_once(act: Callable[[], Any], times: int = 2) -> list[Any]:
    """`act` on `times` threads, each on a connection of its own, started together; the results or
    the exceptions."""
    barrier = threading.Barrier(times)

    def run() -> Any:
        barrier.wait()
        try:
            return act()
        except Exception as error:  # noqa: BLE001 (whatever a thread raises is the result)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(times)]]


def approved() -> tuple[Brief, User]:
    brief, user = make_brief(), make_user(group="Publishers")
    return approve(brief), user


@pytest.mark.parametrize("round_", range(5))
def test_publishing_twice_at_once_makes_one_edition(round_: int) -> None:
    brief, user = approved()
    results = at_once(
        lambda: workflow.publish(brief=Brief.objects.get(pk=brief.pk), by=user), times=4
    )
    refused = [result for result in results if isinstance(result, workflow.TransitionError)]
    assert len(refused) == 3, results
    assert Edition.objects.count() == 1
    assert StageChange.objects.filter(verb="publish").count() == 1


def test_scheduling_and_publishing_at_once_makes_one_edition() -> None:
    brief, user = approved()
    turn = iter(["publish", "schedule"] * 2)
    lock = threading.Lock()

    def act() -> StageChange:
        with lock:
            verb = next(turn)
        return workflow.perform(
            verb, brief=Brief.objects.get(pk=brief.pk), by=user, at=database_now() + HOUR
        )

    results = at_once(act, times=4)
    assert Edition.objects.count() == 1, results


def test_saving_text_while_publishing_loses_to_whoever_comes_first() -> None:
    brief, user = approved()
    loaded = Brief.objects.get(pk=brief.pk)
    other = Brief.objects.get(pk=brief.pk)
    other.body = "<p>New.</p>"
    other.save()
    with pytest.raises(workflow.Changed):
        workflow.publish(brief=loaded, by=user)


def test_addresses_made_at_once_differ_or_are_refused_whole() -> None:
    user = make_user()

    def act() -> Brief:
        return make_brief("Same title", authors=[], by=user)

    at_once(act, times=6)
    slugs = list(Address.objects.values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs)) >= 1
    assert free_slug(Address, "Same title", fallback="x") not in slugs
