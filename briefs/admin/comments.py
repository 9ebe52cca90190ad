"""The comments beside a draft, for those who may open it: as a list in the page, as the same list for
its scripts, and the acts. What is said here is never part of the text, nor of anything public."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string

from briefs import comments
from briefs.admin.site import url_of
from briefs.comments import CommentError
from briefs.forms import CommentForm, ReplyForm
from briefs.models import Brief, Comment, Source, User
from briefs.prose.anchors import Anchor, find, find_note, text_of

LIST = "admin/briefs/brief/_threads.html"


@dataclass(frozen=True)
class Thread:
    """A thread as it is shown; `place` counts the characters before its passage, None if gone."""

    root: Comment
    said: list[Comment]
    place: int | None
    may_be_taken_back: bool  # the last of it

    @property
    def is_gone(self) -> bool:
        return self.place is None

    @property
    def last(self) -> Comment:
        return self.said[-1]


def beside_the_form(brief: Brief, user: User) -> dict[str, Any]:
    """What the panel shows, and the names that may follow an @."""
    return {
        "comments_state": comments.state(brief),
        "comment_people": [str(person) for person in comments.people(brief) if person != user],
        **_lists(brief, user),
    }


def _lists(brief: Brief, user: User) -> dict[str, Any]:
    threads = _threads(brief, user)
    unresolved = [thread for thread in threads if not thread.root.resolved_at]
    return {
        "brief": brief,
        "open_threads": [thread for thread in unresolved if not thread.is_gone],
        "gone_threads": [thread for thread in unresolved if thread.is_gone],
        "resolved_threads": [thread for thread in threads if thread.root.resolved_at],
    }


def _threads(brief: Brief, user: User) -> list[Thread]:
    """In the order of the text; those on the whole brief first. A fixed number of queries."""
    roots = (
        brief.comments.threads().select_related("by", "resolved_by").prefetch_related("replies__by")
    )
    if not (roots := list(roots)):
        return []
    cited = Source.objects.filter(citations__brief=brief.pk).distinct()
    text = text_of(brief.body, {str(source.pk): str(source) for source in cited})
    threads = []
    for root in roots:
        said = [root, *root.replies.all()]
        back = comments.may_take_back(said[-1], by=user, answered=False)
        threads.append(Thread(root, said, _place(text, root), back))
    return sorted(
        threads, key=lambda thread: (-1 if thread.is_gone else thread.place, thread.root.pk)
    )


def _place(text: Any, root: Comment) -> int | None:
    anchor = Anchor(root.quote, root.before, root.after)
    if root.on_note:
        note = find_note(text, anchor)
        return None if note is None else text.notes[note].at
    if not root.quote:
        return -1
    place = find(text, anchor)
    return place[0] if place else None


# Answers: to the page's scripts, and to a plain form.


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @functools.wraps(view)
    def answer(admin: Any, request: HttpRequest, pk: int, **where: Any) -> HttpResponse:
        response = view(request, admin.found(request, str(pk)), **where)
        response["Cache-Control"] = "no-store, private"
        return response

    return answer


@private
def threads(request: HttpRequest, brief: Brief) -> HttpResponse:
    """GET: the list, or nothing if it is as it was (`since`). POST: a new thread."""
    if request.method == "POST":
        return _done(request, brief, CommentForm(request.POST, brief=brief, by=request.user))
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    if request.GET.get("since") == comments.state(brief):
        return HttpResponse(status=204)
    return _list(request, brief)


@private
def act(request: HttpRequest, brief: Brief, comment: int, act: str) -> HttpResponse:
    """By POST: reply, resolve, reopen, delete."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    found = brief.comments.filter(pk=comment).first()
    if (
        found is None
        or act not in ("reply", "delete", *ACTS)
        or (act != "delete" and found.parent_id)
    ):
        return _answer(request, brief, refusal=comments.NO_THREAD, status=404)
    found.brief = brief
    if act == "reply":
        words = request.POST.get(f"words-{found.pk}", "")
        form = ReplyForm({"words": words}, thread=found, by=request.user)
        return _done(request, brief, form)
    try:
        if act == "delete":
            comments.take_back(comment=found, by=request.user)
        else:
            ACTS[act](thread=found, by=request.user)
    except CommentError as refusal:
        return _answer(request, brief, refusal=str(refusal), status=409)
    return _answer(request, brief, thread=found.thread_id)


ACTS = {"resolve": comments.resolve, "reopen": comments.reopen}


def _done(request: HttpRequest, brief: Brief, form: forms.Form) -> HttpResponse:
    if not form.is_valid():
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _answer(request, brief, refusal=sentence, status=422)
    try:
        comment = form.process()
    except CommentError as refusal:
        return _answer(request, brief, refusal=str(refusal), status=409)
    return _answer(request, brief, thread=comment.thread_id)


def _answer(
    request: HttpRequest, brief: Brief, *, refusal: str = "", status: int = 200, thread: int = 0
) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        if refusal:
            return JsonResponse({"refusal": refusal}, status=status)
        return _list(request, brief, thread=thread)
    if refusal:
        messages.error(request, refusal)
    where = f"#thread-{thread}" if thread else "#comments"
    return HttpResponseRedirect(url_of(brief) + where)


def _list(request: HttpRequest, brief: Brief, *, thread: int = 0) -> HttpResponse:
    """What has happened before the list was read may be told once more, never not at all."""
    state = comments.state(brief)
    html = render_to_string(LIST, _lists(brief, request.user), request)
    return JsonResponse({"state": state, "thread": thread, "html": html})
