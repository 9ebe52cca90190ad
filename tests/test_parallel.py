"""Two at once, on real parallel connections: PostgreSQL only (SQLite has one writer)."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from briefs import workflow
from briefs.models import Address, Brief, Edition, StageChange, User, Withdrawal
from briefs.models.clock import database_now
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled
from tests.factories import approve, make_brief, make_edition, make_user

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


def all_at_once(*acts: Callable[[], Any]) -> tuple[list[Any], list[Any]]:
    """What those that succeeded returned, and the sentences of those that were refused; any other
    error is the test's."""
    turns = iter(acts)
    results = at_once(lambda: next(turns)(), times=len(acts))
    refused = [result for result in results if isinstance(result, workflow.TransitionError)]
    done = [result for result in results if result not in refused]
    for result in done:
        if isinstance(result, Exception):
            raise result
    return done, [str(error) for error in refused]


def verb(name: str, brief: Brief, by: User, **given: Any) -> Callable[[], StageChange]:
    """The act, on the brief as it is looked at now: by the time of the act, others have looked."""
    looked_at = Brief.objects.get(pk=brief.pk)
    return lambda: workflow.perform(name, brief=looked_at, by=by, **given)


@pytest.mark.parametrize("round_", range(5))
def test_scheduling_and_publishing_at_once_makes_one_edition(round_: int) -> None:
    brief, user = approved()
    at = database_now() + HOUR
    done, refused = all_at_once(
        *(verb("publish", brief, user) for _ in range(2)),
        *(verb("schedule", brief, user, at=at) for _ in range(2)),
    )
    assert (len(done), len(refused)) == (1, 3)
    edition, brief = Edition.objects.get(), Brief.objects.get()
    assert brief.stage == done[0].to_stage
    assert (edition.public_from > database_now()) == (brief.stage == Stage.SCHEDULED)
    assert StageChange.objects.exclude(verb="approve").get() == done[0]


@pytest.mark.parametrize("round_", range(5))
def test_correcting_and_withdrawing_at_once_is_one_of_them(round_: int) -> None:
    brief, user = approved()
    workflow.publish(brief=brief, by=user)
    workflow.revise(brief=brief, by=user)
    brief = approve(brief)
    done, refused = all_at_once(
        *(verb("correct", brief, user, kind="update", comment="News.") for _ in range(2)),
        *(verb("withdraw", brief, user, comment="Out of date.") for _ in range(2)),
    )
    assert (len(done), len(refused)) == (1, 3)
    corrected = done[0].verb == "correct"
    assert (Edition.objects.count(), Withdrawal.objects.count()) == (
        (2, 0) if corrected else (1, 1)
    )
    assert Brief.objects.get().stage == (Stage.PUBLISHED if corrected else Stage.WITHDRAWN)
    assert Edition.objects.current().exists() == corrected


@pytest.mark.parametrize("round_", range(5))
def test_a_text_saved_while_it_is_published_is_saved_or_published_but_not_lost(
    round_: int,
) -> None:
    brief, user = approved()
    client = client_of(make_user(group="Editors"))
    form = filled(brief, body="<p>New.</p>")
    done, refused = all_at_once(
        verb("publish", brief, user), lambda: client.post(change_url(brief), form)
    )
    (response,) = (result for result in done if not isinstance(result, StageChange))
    saved = response.status_code == 302
    assert len(refused) == saved
    stored = Brief.objects.get()
    assert (stored.body == "<p>New.</p>") == saved
    assert (stored.stage == Stage.APPROVED) == saved
    assert Edition.objects.filter(body="<p>Some words.</p>").count() == (not saved)
    if not saved:
        assert "&lt;p&gt;New.&lt;/p&gt;" in response.content.decode()


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("round_", range(3))
def test_one_address_wanted_by_several_at_once_goes_to_one(round_: int, frozen: bool) -> None:
    user = make_user(group="Publishers")
    briefs = [make_brief(f"Brief {number}", by=user) for number in range(4)]
    if frozen:
        for brief in briefs:
            make_edition(brief)

    def take(brief: Brief) -> Callable[[], Any]:
        looked_at = Brief.objects.get(pk=brief.pk)
        return lambda: workflow.readdress(brief=looked_at, by=user, slug="wanted")

    done, refused = all_at_once(*map(take, briefs))
    assert len(done) == 1
    assert refused == ["Another brief has or had this address."] * 3
    current = Address.objects.filter(current=True)
    assert current.count() == 4
    assert current.filter(slug="wanted").count() == 1
