"""Earlier texts of a brief: the list of its revisions, any two of them side by side, one as readers
would see it, and the act of bringing one back, by POST alone."""

import functools
from copy import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.datastructures import MultiValueDict

from briefs import revisions
from briefs.admin.site import url_of
from briefs.composition import CompositionError
from briefs.models import Brief, BriefRevision, Edition

SHOWN = 40
NOW = "now"


def private(view: Any) -> Any:
    """Finds the brief, and keeps the answer out of caches."""

    @functools.wraps(view)
    def answer(admin: Any, request: HttpRequest, pk: int, **where: Any) -> HttpResponse:
        response: HttpResponse = view(admin, request, admin.found(request, str(pk)), **where)
        response["Cache-Control"] = "no-store, private"
        return response

    return answer


@private
def index(admin: Any, request: HttpRequest, brief: Brief) -> HttpResponse:
    kept = brief.revisions.select_related("revision__user")
    shown = Paginator(kept, SHOWN).get_page(request.GET.get("page"))
    last = kept.first()
    context = {
        "title": "Revisions",
        "shown": shown,
        "last": last,
        "is_kept": last is not None
        and revisions.of_revision(last).is_like(revisions.of_draft(brief)),
        "edition": _edition(brief),
    }
    return _page(admin, request, brief, "revisions", context)


@private
def compare(admin: Any, request: HttpRequest, brief: Brief) -> HttpResponse:
    """Two of them, the older one first; one may be the text as it stands now."""
    sides = [_side(brief, request.GET.get(name, "")) for name in ("from", "to")]
    sides.sort(key=lambda side: side.pk if side else float("inf"))
    before, after = sides
    found = revisions.differences(_snapshot(before, brief), _snapshot(after, brief))
    context = {
        "title": "Revisions compared",
        "before": before,
        "after": after,
        "found": found,
        "may_restore": before is not None and brief.is_editable_by(request.user),
    }
    return _page(admin, request, brief, "compared", context)


@private
def changes(admin: Any, request: HttpRequest, brief: Brief) -> HttpResponse:
    """What the draft has that readers do not see yet."""
    edition = _edition(brief)
    if edition is None:
        raise Http404("Readers see no edition of this brief.")
    context: dict[str, Any] = {"title": f"Changes since edition {edition.number}"}
    try:
        context["found"] = revisions.since_edition(edition, brief)
    except CompositionError as error:
        context["refused"] = str(error)
    return _page(admin, request, brief, "compared", context | {"edition": edition})


@private
def one(admin: Any, request: HttpRequest, brief: Brief, number: int) -> HttpResponse:
    revision = _found(brief, number)
    snapshot = revisions.of_revision(revision)
    context: dict[str, Any] = {
        "title": f"Revision of {revisions.told_at(revision)}",
        "revision": revision,
        "before": brief.revisions.filter(pk__lt=number).first(),
        "lost": revisions.plan(snapshot, brief).lost,
        "may_restore": brief.is_editable_by(request.user),
    }
    try:
        context["composition"] = revisions.composed(snapshot, brief)
    except CompositionError as error:
        context["refused"] = str(error)
    return _page(admin, request, brief, "revision", context)


@private
def restore(admin: Any, request: HttpRequest, brief: Brief, number: int) -> HttpResponse:
    """GET: what would change, and what could not come back. POST: the act."""
    revision = _found(brief, number)
    if request.method == "POST":
        return _restored(request, brief, revision)
    if not brief.is_editable_by(request.user):
        messages.warning(request, revisions.CLOSED)
        return HttpResponseRedirect(url_of(brief, "revisions"))
    snapshot = revisions.of_revision(revision)
    context = {
        "title": "Restore a revision",
        "revision": revision,
        "lost": revisions.plan(snapshot, brief).lost,
        "found": revisions.differences(revisions.of_draft(brief), snapshot),
        "token": brief.token,
    }
    return _page(admin, request, brief, "restore", context)


def _restored(request: HttpRequest, brief: Brief, revision: BriefRevision) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        lost = revisions.restore(brief=brief, revision=revision, by=request.user, seen=seen)
    except (revisions.RestoreError, IntegrityError) as refusal:
        told = refusal if isinstance(refusal, revisions.RestoreError) else revisions.CHANGED
        messages.warning(request, str(told))
        return HttpResponseRedirect(url_of(brief, "revisions"))
    messages.success(
        request, f"The text is again as in the revision of {revisions.told_at(revision)}."
    )
    for sentence in lost:
        messages.warning(request, sentence)
    return HttpResponseRedirect(url_of(brief))


def asked_again(request: HttpRequest) -> HttpRequest:
    """As if the page had been asked for, not posted to: for who takes what is saved."""
    asked = copy(request)
    asked.method = "GET"
    asked.POST = QueryDict()
    asked._files = MultiValueDict()
    return asked


def _side(brief: Brief, asked: str) -> BriefRevision | None:
    """None is the text as it stands now."""
    if asked == NOW:
        return None
    if not asked.isdecimal():
        raise Http404("There is no such revision.")
    return _found(brief, int(asked[:18]))


def _found(brief: Brief, number: int) -> BriefRevision:
    found: BriefRevision = get_object_or_404(
        brief.revisions.select_related("revision__user"), pk=number
    )
    return found


def _snapshot(side: BriefRevision | None, brief: Brief) -> revisions.Snapshot:
    return revisions.of_revision(side) if side else revisions.of_draft(brief)


def _edition(brief: Brief) -> Edition | None:
    """The one that readers see."""
    return Edition.objects.current().filter(brief=brief).whole().first()


def _page(
    admin: Any, request: HttpRequest, brief: Brief, name: str, context: dict[str, Any]
) -> HttpResponse:
    request.current_app = admin.admin_site.name
    everything = admin.admin_site.each_context(request) | {
        "brief": brief,
        "opts": admin.opts,
        **context,
    }
    return TemplateResponse(request, f"admin/briefs/brief/{name}.html", everything)


# Address, view, name: all behind the desk's door, as `BriefAdmin.get_urls` puts them.
ROUTES = (
    ("<int:pk>/revisions/", index, "revisions"),
    ("<int:pk>/revisions/compare/", compare, "compare"),
    ("<int:pk>/revisions/<int:number>/", one, "revision"),
    ("<int:pk>/revisions/<int:number>/restore/", restore, "restore_revision"),
    ("<int:pk>/changes/", changes, "changes"),
)
