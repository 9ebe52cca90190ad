"""What is kept of a form that was not saved, and who learns that it is open."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.admin import working
from briefs.models import Brief, Contribution, Presence, User, WorkingCopy
from briefs.models.clock import database_now
from briefs.models.working import FORGOTTEN, MOST_NEW, MOST_OF_ONE, PRESENT, STALE
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled
from tests.factories import make_author, make_brief, make_user

pytestmark = pytest.mark.django_db

NEW = "admin:briefs_brief_new_working_copy"
LINES = [["title", "Typed", ""], ["body", "<p>Words</p>", ""], ["seen", "a token", ""]]


def tell(client: Client, user: User, brief: Brief | None = None, **said: Any) -> HttpResponse:
    """What the form says, as a browser sends it."""
    url = change_url(brief, "working_copy") if brief else reverse(NEW)
    sign = {"user": user.pk, "sitting": "one", "turn": 1} | said
    return client.post(url, json.dumps(sign), content_type="application/json")


def editor(name: str = "") -> tuple[User, Client]:
    user = make_user(name, group="Editors")
    return user, client_of(user)


def offered(client: Client, brief: Brief | None = None) -> list[dict[str, Any]]:
    response = client.get(change_url(brief) if brief else reverse("admin:briefs_brief_add"))
    return response.context["keeping"]["copies"]


def test_what_is_typed_is_kept_and_given_back_without_touching_the_brief() -> None:
    (user, client), brief = editor(), make_brief()
    token = brief.token
    response = tell(client, user, brief, fields=LINES, base=token, typed=True)
    assert response.status_code == 200
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    back = client.get(change_url(brief, "working_copy"), {"sitting": "one"})
    assert back.json() == {"fields": LINES}
    brief.refresh_from_db()
    assert (brief.token, brief.title) == (token, "A Brief")
    assert not Contribution.objects.exists()
    assert not brief.is_written_by(user)


def test_a_copy_is_shown_to_its_owner_alone() -> None:
    (user, client), brief = editor(), make_brief()
    tell(client, user, brief, fields=LINES)
    tell(client, user, fields=LINES, sitting="two")
    other_user, other = editor()
    assert offered(client, brief)
    assert offered(other, brief) == offered(other) == []
    assert other.get(change_url(brief, "working_copy"), {"sitting": "one"}).status_code == 404
    assert other.get(reverse(NEW), {"sitting": "two"}).status_code == 404
    tell(other, other_user, brief, drop="one")
    assert WorkingCopy.objects.count() == 2


def test_whoever_may_not_open_the_brief_neither_keeps_nor_learns_anything() -> None:
    user, brief = make_user(group="Contributors"), make_brief()
    client = client_of(user)
    present, there = editor("omar")
    tell(there, present, brief)
    for response in (
        tell(client, user, brief, fields=LINES),
        client.get(change_url(brief, "working_copy"), {"sitting": "one"}),
    ):
        assert response.status_code == 404
        assert "omar" not in response.content.decode()
    assert not WorkingCopy.objects.exists()
    assert Presence.objects.count() == 1


def test_whoever_may_not_begin_a_brief_keeps_none() -> None:
    user = make_user(group="Administrators")
    user.groups.clear()
    assert tell(client_of(user), user, fields=LINES).status_code in (403, 404)
    assert tell(Client(), user, fields=LINES).status_code == 302
    assert not WorkingCopy.objects.exists()


def test_it_takes_a_token_of_the_form() -> None:
    user = make_user(group="Editors")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert tell(client, user, fields=LINES).status_code == 403
    assert client.put(reverse(NEW)).status_code in (403, 405)


def test_another_who_logged_in_in_the_same_browser_does_not_get_the_copy() -> None:
    brief = make_brief()
    writer, (_other, client) = make_user(group="Editors"), editor()
    assert tell(client, writer, brief, fields=LINES).status_code == 409
    assert not WorkingCopy.objects.exists()


def test_saving_the_form_removes_its_copy_and_what_arrives_late_is_not_kept() -> None:
    (user, client), brief = editor(), make_brief()
    tell(client, user, brief, fields=LINES)
    tell(client, user, brief, fields=LINES, sitting="elsewhere")
    client.post(change_url(brief), filled(brief, title="Better", attempt="one"))
    assert tell(client, user, brief, fields=LINES, turn=2).json() == {"settled": True}
    assert [copy["sitting"] for copy in offered(client, brief)] == ["elsewhere"]
    assert WorkingCopy.objects.get(sitting="one").fields == []
    assert "one" not in Presence.objects.values_list("sitting", flat=True)


def test_what_was_brought_back_and_saved_is_settled_too() -> None:
    (user, client), brief = editor(), make_brief()
    for sitting in ("one", "two", "three"):
        tell(client, user, brief, fields=LINES, sitting=sitting)
    client.post(change_url(brief), filled(brief, title="Better", attempt=f"three one {'x' * 41}"))
    assert [copy["sitting"] for copy in offered(client, brief)] == ["two"]


def test_a_copy_that_was_on_its_way_while_the_form_was_saved_is_late() -> None:
    user, client = editor()
    for brief in (None, make_brief()):
        sitting = f"of {brief}"
        WorkingCopy.settle(by=user, sitting=sitting)
        assert tell(client, user, brief, fields=LINES, sitting=sitting).status_code == 200
        assert offered(client, brief) == []
        WorkingCopy.settle(by=user, sitting=sitting)
    WorkingCopy.objects.update(saved_at=database_now() - FORGOTTEN)
    tell(client, user, fields=LINES)
    assert WorkingCopy.objects.get().sitting == "one"


def test_a_refused_form_keeps_its_copy_and_its_sitting() -> None:
    (user, client), brief = editor(), make_brief()
    tell(client, user, brief, fields=LINES)
    page = client.post(change_url(brief), filled(brief, title="", attempt="one"))
    assert page.context["keeping"]["sittings"] == ["one"]
    assert WorkingCopy.objects.count() == 1


def test_a_new_brief_saved_for_the_first_time_leaves_no_copy() -> None:
    user, client = editor()
    tell(client, user, fields=LINES)
    assert [copy["title"] for copy in offered(client)] == ["Typed"]
    rows = {"bylines-INITIAL_FORMS": 0, "bylines-TOTAL_FORMS": 0}
    data = filled(make_brief("Model")) | rows
    data |= {"title": "Typed", "slug": "", "seen": "", "attempt": "one"}
    assert client.post(reverse("admin:briefs_brief_add"), data).status_code == 302
    assert offered(client) == []


def test_a_copy_goes_with_its_brief() -> None:
    (user, client), brief = editor(), make_brief()
    tell(client, user, brief, fields=LINES, typed=True)
    brief.delete()
    assert not WorkingCopy.objects.exists()
    assert not Presence.objects.exists()


def test_two_windows_never_write_over_each_other() -> None:
    user, client = editor()
    for brief in (None, make_brief()):
        for sitting in ("one", "two"):
            lines = [["title", sitting, ""]]
            tell(client, user, brief, fields=lines, sitting=f"{sitting}{brief}")
        assert [copy["title"] for copy in offered(client, brief)] == ["two", "one"]


def test_what_arrives_late_replaces_nothing_later() -> None:
    user, client = editor()
    tell(client, user, fields=[["title", "later", ""]], turn=7)
    tell(client, user, fields=[["title", "earlier", ""]], turn=6)
    assert WorkingCopy.objects.get().title == "later"
    tell(client, user, fields=[["title", "last", ""]], turn=8)
    assert WorkingCopy.objects.get().title == "last"


def test_only_so_many_are_kept_and_the_oldest_go() -> None:
    (user, client), brief = editor(), make_brief()
    for number in range(MOST_NEW + 2):
        tell(client, user, fields=[["title", str(number), ""]], sitting=f"new {number}")
    for number in range(MOST_OF_ONE + 1):
        tell(client, user, brief, fields=[["title", str(number), ""]], sitting=f"old {number}")
    titles = [copy["title"] for copy in offered(client)]
    assert titles == [str(number) for number in range(MOST_NEW + 1, 1, -1)]
    assert [copy["title"] for copy in offered(client, brief)] == ["3", "2", "1"]


def test_what_lay_for_a_season_is_swept_by_the_next_that_is_kept() -> None:
    user, client = editor()
    tell(client, user, fields=LINES, sitting="old")
    WorkingCopy.objects.update(saved_at=database_now() - STALE)
    other, another = editor()
    tell(another, other, fields=LINES, sitting="new")
    assert WorkingCopy.objects.get().user == other


@pytest.mark.parametrize(
    "said",
    [
        {"fields": [["body", "x" * 2_000_001, ""]]},
        {"fields": [["summary", "x" * 200_001, ""]]},
        {"fields": [["f", "", ""]] * 2001},
        {"fields": [["title", "\x00", ""]]},
        {"fields": [["title", "\ud800", ""]]},
        {"fields": [["title", 1, ""]]},
        {"fields": [["title", ""]]},
        {"fields": {"title": ""}},
        {"sitting": ""},
        {"sitting": "x" * 41},
        {"sitting": None},
        {"turn": 2**31},
        {"turn": -1},
        {"turn": "1"},
        {"typed": 1},
        {"drop": "a\x00"},
        {"stranger": 1},
    ],
)
def test_what_no_form_says_is_refused(said: dict[str, Any]) -> None:
    (user, client), brief = editor(), make_brief()
    assert tell(client, user, brief, **said).status_code == 400
    assert not WorkingCopy.objects.exists()


def test_what_is_no_json_is_refused() -> None:
    _user, client = editor()
    for body in (b"", b"\xff", b"[]", b"1", b'{"user": NaN, "sitting": "a"}', b"[" * 100_000):
        answer = client.post(reverse(NEW), body, content_type="application/json")
        assert answer.status_code == 400


def test_tokens_and_choices_of_the_moment_are_never_kept() -> None:
    user, client = editor()
    secret = [["csrfmiddlewaretoken", "x", ""], ["over", "x", ""], ["uploaded", "x", ""]]
    tell(client, user, fields=[*LINES, *secret])
    assert WorkingCopy.objects.get().fields == LINES


def test_two_persons_see_each_other_and_the_name_goes_when_they_leave() -> None:
    brief = make_brief()
    (first, one), (second, two) = editor("maheen"), editor("omar")
    first.first_name, first.last_name = "Maheen", "Shafeeq"
    first.save()
    assert tell(one, first, brief, sitting="a").json()["people"] == []
    assert tell(two, second, brief, sitting="b").json()["people"] == [
        "Maheen Shafeeq has this open."
    ]
    tell(one, first, brief, sitting="a", typed=True)
    (sentence,) = tell(two, second, brief, sitting="b").json()["people"]
    assert sentence.startswith("Maheen Shafeeq has this open, last typed ")
    assert tell(one, first, brief, sitting="a").json()["people"] == ["omar has this open."]
    tell(one, first, brief, sitting="a", leaving=True)
    assert tell(two, second, brief, sitting="b").json()["people"] == []


def test_whoever_is_silent_for_longer_has_left() -> None:
    brief = make_brief()
    (first, one), (second, two) = editor(), editor()
    tell(one, first, brief, sitting="a", typed=True)
    Presence.objects.update(seen_at=database_now() - PRESENT)
    assert tell(two, second, brief, sitting="b").json()["people"] == []
    Presence.objects.filter(user=first).update(seen_at=database_now() - FORGOTTEN)
    tell(two, second, brief, sitting="b", leaving=True)
    assert not Presence.objects.exists()


def test_ones_own_other_window_is_told_as_such_and_many_people_in_short() -> None:
    (user, client), brief = editor(), make_brief()
    tell(client, user, brief, sitting="a")
    told = tell(client, user, brief, sitting="b").json()["people"]
    assert told == ["You have this open in another window too."]
    for number in range(6):
        other, theirs = editor(f"person{number}")
        tell(theirs, other, brief, sitting="a", typed=True)
        tell(theirs, other, brief, sitting="b")
    told = tell(client, user, brief, sitting="b").json()["people"]
    assert len(told) == working.SHOWN_PEOPLE + 1
    assert told[-1] == "3 more have this open."


def test_a_save_by_another_is_told_once() -> None:
    brief = make_brief()
    (first, one), (second, two) = editor(), editor("maheen")
    opened = brief.token
    two.post(change_url(brief), filled(brief, title="Theirs"))
    brief.refresh_from_db()
    told = tell(one, first, brief, base=opened, known=opened).json()
    assert re.fullmatch(r"maheen saved this brief on [^,]+, \d\d:\d\d\.", told["sentence"])
    assert (told["known"], told["closed"], told["url"]) == (brief.token, False, change_url(brief))
    assert "known" not in tell(one, first, brief, base=opened, known=brief.token).json()
    assert "known" not in tell(two, second, brief, base=brief.token).json()


def test_a_brief_that_was_closed_meanwhile_still_keeps_what_is_typed() -> None:
    user = make_user(group="Contributors")
    brief = make_brief(by=user)
    opened = brief.token
    Brief.objects.filter(pk=brief.pk).update(stage=Stage.IN_REVIEW, token="another")
    told = tell(client_of(user), user, brief, base=opened, known=opened, fields=LINES).json()
    assert told["closed"]
    assert WorkingCopy.objects.get().fields == LINES


def test_an_offer_says_who_saved_since_and_whether_it_is_open_elsewhere() -> None:
    (user, client), brief = editor(), make_brief()
    tell(client, user, brief, fields=LINES, base=brief.token)
    (offer,) = offered(client, brief)
    assert (offer["since"], offer["open"]) == ("", True)
    tell(client, user, brief, leaving=True)
    _other, two = editor("maheen")
    two.post(change_url(brief), filled(brief, title="Theirs"))
    (offer,) = offered(client, brief)
    assert re.fullmatch(r"maheen saved this brief on [^,]+, \d\d:\d\d\.", offer["since"])
    assert offer["open"] is False


def test_a_sign_of_life_takes_two_queries_and_no_more_with_many_there() -> None:
    brief = make_brief(authors=[make_author()])
    user, client = editor()
    tell(client, user, brief, base=brief.token)
    for number in range(5):
        other, theirs = editor()
        tell(theirs, other, brief, sitting=f"s{number}")
    with CaptureQueriesContext(connection) as queries:
        tell(client, user, brief, base=brief.token, turn=2)
    ours = [one["sql"] for one in queries if "presence" in one["sql"]]
    assert len(ours) == 2
    assert not [one["sql"] for one in queries if "workingcopy" in one["sql"]]
    with CaptureQueriesContext(connection) as writing:
        tell(client, user, brief, base=brief.token, turn=3, fields=LINES)
        before = len(writing)
        tell(client, user, brief, base=brief.token, turn=4, fields=LINES)
    assert len(writing) - before <= len(queries) + 1
