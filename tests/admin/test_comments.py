"""Comments at the desk: pages and answers, for those who may open the brief and for nobody else."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from briefs import comments
from briefs.admin.comments import beside_the_form
from briefs.models import Brief, Comment, User
from briefs.prose.anchors import Anchor
from briefs.stages import Stage
from tests.admin.desk import change_url, client_of, filled
from tests.factories import cite, make_author, make_brief, make_source, make_user, note

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
SECRET = "Unspeakable"
ACTS = ("reply", "resolve", "reopen", "delete")


def act_url(comment: Comment, act: str, brief: Brief | None = None) -> str:
    where = [(brief or comment.brief).pk, comment.pk, act]
    return reverse("admin:briefs_brief_comment", args=where)


def begun(brief: Brief, by: User, words: str = "Why?", quote: str = "Some words") -> Comment:
    return comments.begin(brief=brief, by=by, words=words, anchor=Anchor(quote, "", "."))


def said(client: Client, brief: Brief, **fields: Any) -> Any:
    return client.post(change_url(brief, "comments"), {"words": "Why?"} | fields, headers=JSON)


def test_a_comment_is_made_answered_resolved_and_reopened() -> None:
    brief, user = make_brief(), make_user("edda", group="Editors")
    client = client_of(user)
    answer = said(client, brief, quote=" Some\n words ", before="x ", after=".", on_note="")
    assert answer.status_code == 200
    comment = Comment.objects.get()
    assert answer.json()["thread"] == comment.pk
    assert (comment.quote, comment.before, comment.after, comment.by) == (
        "Some words",
        "x ",
        ".",
        user,
    )
    words = {f"words-{comment.pk}": "Because\r\nof it.", "words": "of another field"}
    html = client.post(act_url(comment, "reply"), words, headers=JSON).json()["html"]
    assert comment.replies.get().words == "Because\nof it."
    assert "Because<br>of it." in html
    client.post(act_url(comment, "resolve"), headers=JSON)
    comment.refresh_from_db()
    assert comment.resolved_by == user
    client.post(act_url(comment, "reopen"), headers=JSON)
    comment.refresh_from_db()
    assert comment.resolved_by is None
    client.post(act_url(comment.replies.get(), "delete"), headers=JSON)
    client.post(act_url(comment, "delete"), headers=JSON)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (" \r\n ", "Write something first."),
        ("x" * 4001, "A comment has at most 4,000 characters; this one has 4,001."),
        ("\x00", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence(words: str, sentence: str) -> None:
    brief = make_brief()
    client = client_of(make_user(group="Editors"))
    answer = said(client, brief, words=words)
    assert (answer.status_code, answer.json()) == (422, {"refusal": sentence})
    page = client.post(change_url(brief, "comments"), {"words": words}, follow=True)
    assert sentence in page.content.decode()
    assert not Comment.objects.exists()


def test_of_a_long_passage_the_beginning_is_kept() -> None:
    brief = make_brief()
    client = client_of(make_user(group="Editors"))
    assert said(client, brief, quote="x" * 9000).status_code == 200
    assert len(Comment.objects.get().quote) == 4000


def test_a_contributor_neither_reads_nor_writes_on_anothers_brief() -> None:
    brief, editor = make_brief(), make_user(group="Editors")
    comment = begun(brief, editor, SECRET)
    stranger = make_user(group="Contributors")
    mine = make_brief("Mine", by=stranger)
    client = client_of(stranger)
    answers = [client.get(change_url(brief, "comments")), said(client, brief)]
    for act in ACTS:
        words = {f"words-{comment.pk}": "x"}
        answers.append(client.post(act_url(comment, act), words, headers=JSON))
        answers.append(client.post(act_url(comment, act, mine), words, headers=JSON))  # guessed
    assert {answer.status_code for answer in answers} == {404}
    assert all(SECRET not in answer.content.decode() for answer in answers)
    assert Comment.objects.count() == 1
    assert Comment.objects.get().resolved_at is None
    assert SECRET not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("group", [None, "Administrators"])
def test_those_without_a_part_in_briefs_have_none_in_comments(group: str | None) -> None:
    brief = make_brief()
    begun(brief, make_user(group="Editors"), SECRET)
    client = client_of(make_user(group=group))
    assert client.get(change_url(brief, "comments")).status_code in (403, 404)
    assert said(client, brief).status_code in (403, 404)


def test_visitors_are_sent_to_the_log_in_page() -> None:
    brief = make_brief()
    comment = begun(brief, make_user(group="Editors"), SECRET)
    for url in (change_url(brief, "comments"), act_url(comment, "resolve")):
        answer = Client().post(url, headers=JSON)
        assert (answer.status_code, SECRET in answer.content.decode()) == (302, False)


def test_who_loses_access_sees_nothing_more() -> None:
    user = make_user(group="Contributors")
    brief = make_brief(authors=[make_author(user=user)])
    comments.begin(brief=brief, by=make_user(group="Editors"), words=f"@{user} {SECRET}")
    client = client_of(user)
    assert SECRET in client.get(reverse("admin:index")).content.decode()
    assert SECRET in client.get(change_url(brief, "comments")).json()["html"]
    brief.bylines.all().delete()
    assert SECRET not in client.get(reverse("admin:index")).content.decode()
    assert client.get(change_url(brief, "comments")).status_code == 404


def test_acts_are_by_post_with_the_forms_token_alone() -> None:
    brief, user = make_brief(), make_user(group="Editors")
    comment = begun(brief, user)
    client = client_of(user)
    for act in ACTS:
        assert client.get(act_url(comment, act)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert said(strict, brief).status_code == 403
    assert strict.post(act_url(comment, "resolve")).status_code == 403
    assert client.post(act_url(comment, "burn"), headers=JSON).status_code == 404
    assert client.put(change_url(brief, "comments")).status_code == 405
    answer = client.post(act_url(begun(brief, make_user(group="Editors")), "delete"), headers=JSON)
    assert (answer.status_code, "Only your own" in answer.json()["refusal"]) == (409, True)


def test_answers_are_private_and_say_little_while_nothing_happens(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    brief, user = make_brief(), make_user(group="Editors")
    client = client_of(user)
    begun(brief, user)
    answer = client.get(change_url(brief, "comments"))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    since = f"{change_url(brief, 'comments')}?since={answer.json()['state']}"
    with django_assert_max_num_queries(10):
        assert client.get(since).status_code == 204
    begun(brief, user, "Another")
    assert "Another" in client.get(since).json()["html"]


def test_the_list_takes_as_many_queries_for_twenty_threads_as_for_two(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    source, user = make_source(), make_user(group="Editors")
    brief = make_brief(body=f"<p>Some words.{note(cite(source))}</p>")

    def add(count: int) -> None:
        for _ in range(count):
            comments.reply(thread=begun(brief, user), by=make_user(group="Editors"), words="x")

    add(2)
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(6):
        beside_the_form(brief, user)
    add(18)
    with django_assert_num_queries(6):
        assert len(beside_the_form(brief, user)["open_threads"]) == 20


def test_threads_stand_in_the_order_of_the_text_and_gone_ones_apart() -> None:
    source = make_source("A Report")
    body = f"<p>First words here.{note(cite(source, 'p. 4'))}</p><p>Second words here.</p>"
    brief, user = make_brief(body=body), make_user(group="Editors")
    for quote in ("Second words here", "First words here", "Words that were deleted"):
        begun(brief, user, quote, quote)
    anchor = Anchor("A Report, p. 4", "First words here.", " Second words here.")
    comments.begin(brief=brief, by=user, words="The note", anchor=anchor, on_note=True)
    comments.begin(brief=brief, by=user, words="The whole")
    done = begun(brief, user, "Done", "First words here")
    comments.resolve(thread=done, by=user)
    lists = beside_the_form(brief, user)
    told = {
        name: [thread.root.words for thread in lists[f"{name}_threads"]]
        for name in ("open", "gone", "resolved")
    }
    assert told == {
        "open": ["The whole", "First words here", "The note", "Second words here"],
        "gone": ["Words that were deleted"],
        "resolved": ["Done"],
    }
    page = client_of(user).get(change_url(brief)).content.decode()
    assert "Passages that are gone" in page
    assert re.search(r"Show resolved \(<span[^>]*>1</span>\)", page)


def test_without_scripts_a_plain_form_comments_on_the_whole_brief_and_answers() -> None:
    brief, user = make_brief(), make_user(group="Editors")
    client = client_of(user)
    page = client.post(change_url(brief, "comments"), {"words": "Too long."}, follow=True)
    comment = Comment.objects.get()
    assert (comment.quote, page.redirect_chain[-1][0]) == (
        "",
        f"{change_url(brief)}#thread-{comment.pk}",
    )
    html = page.content.decode()
    assert "On the whole brief" in html
    assert f'formaction="{act_url(comment, "reply")}"' in html
    assert html.index('<form method="post" id="comment-form"') > html.index("</form>")
    client.post(act_url(comment, "reply"), {f"words-{comment.pk}": "Not at all."})
    assert "Not at all." in client.get(change_url(brief)).content.decode()


@pytest.mark.parametrize("stage", [Stage.IN_REVIEW, Stage.PUBLISHED, Stage.DISCARDED])
def test_comments_are_made_where_the_text_is_closed(stage: str) -> None:
    user = make_user(group="Contributors")
    brief = make_brief(by=user)
    Brief.objects.filter(pk=brief.pk).update(stage=stage)
    client = client_of(user)
    assert said(client, brief).status_code == 200
    assert "Why?" in client.get(change_url(brief)).content.decode()


def test_what_is_said_is_text_and_nothing_else() -> None:
    brief = make_brief()
    user = make_user(group="Editors", first_name="<i>Ada</i>")
    begun(brief, user, "<script>alert(1)</script>", '"><img src=x>')
    page = client_of(make_user(group="Editors")).get(change_url(brief)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<i>Ada" not in page
    people = re.search(r'id="comment-people" type="application/json">(.*?)</script>', page)
    assert people
    assert "<i>Ada</i>" in json.loads(people[1])


def test_a_save_after_a_comment_is_not_refused() -> None:
    brief, user = make_brief(), make_user(group="Editors")
    data = filled(brief, title="Another title")
    begun(brief, make_user(group="Editors"))
    client_of(user).post(change_url(brief), data)
    brief.refresh_from_db()
    assert brief.title == "Another title"


def test_the_front_page_shows_what_is_said_to_this_person() -> None:
    brief, asked = make_brief("Ports"), make_user("asked", group="Editors")
    asking = make_user("asking", group="Editors")
    assert "Comments for you" not in client_of(asked).get(reverse("admin:index")).content.decode()
    comment = begun(brief, asking, "@asked, is this so?")
    page = client_of(asked).get(reverse("admin:index")).content.decode()
    assert "Comments for you" in page
    assert f'href="{change_url(brief)}#thread-{comment.pk}"' in page
    assert "Comments for you" not in client_of(asking).get(reverse("admin:index")).content.decode()
    comments.resolve(thread=comment, by=asking)
    assert "Comments for you" not in client_of(asked).get(reverse("admin:index")).content.decode()
