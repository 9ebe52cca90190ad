"""A verb at the desk: a button, a page that says what will happen, and the act by POST alone."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html

from briefs.admin.site import url_of
from briefs.forms import ReaddressForm, VerbForm, verb_form
from briefs.models import Address, Brief, Edition, Institute, StageChange, User
from briefs.models.clock import database_now
from briefs.stages import EDIT_ALL, READDRESS, VERBS, Stage, Verb
from briefs.workflow import (
    NEED_READY,
    Changed,
    TransitionError,
    available,
    refusal,
    standing,
    unready,
    withheld,
)

# A second press of the same button within this time is the same act.
SAME_ACT = dt.timedelta(minutes=2)

CONSEQUENCES = {
    "submit": "Editors will find it on their desk.{till_returned}",
    "return": "It becomes a draft again, and its authors may go on writing.",
    "approve": "You declare it fit to publish. Publishers will find it on their desk.",
    "publish": "Readers will see it at once at {address}. The PDF is typeset now; this takes some"
    " seconds. What is published is kept for ever; later changes become a new edition.",
    "schedule": "The edition is frozen and its PDF typeset now; this takes some seconds. Readers"
    " will see it at {address} from the time you choose. Until then you can cancel.",
    "cancel": "The edition that waits is deleted, and the brief is approved again. Readers see"
    " nothing of it.",
    "revise": "The text opens as a draft. Readers go on seeing the present edition until you"
    " publish a correction.",
    "correct": "Readers will see the new edition at once at {address}, with what you write here."
    " Earlier editions keep their addresses. The PDF is typeset now; this takes some seconds.",
    "withdraw": "Readers will find only your notice at {address}: text, editions and PDFs are taken"
    " away. This cannot be undone. To keep the text readable with a notice, revise it and publish a"
    " correction of the kind retraction instead.",
    "discard": "The draft is put away. You can restore it later.{meanwhile}",
    "restore": "The draft is taken up again.",
}
DONE = {
    "submit": "Submitted for review.",
    "return": "Returned to draft.",
    "approve": "Approved.",
    "cancel": "The schedule was cancelled.",
    "revise": "The text is open again; its edition stays public.",
    "discard": "Discarded.",
    "restore": "Restored.",
}
TILL_RETURNED = " You can read it meanwhile, but not change it."
MEANWHILE = " The public edition stays as it is."
GRAVE = {"withdraw", "discard"}


@dataclass(frozen=True)
class Button:
    name: str
    label: str
    url: str
    grave: bool
    main: bool
    refused: str = ""  # why it would be
    saves_first: bool = False  # so that it may mend what is lacking


# What moves a brief forward; its button stands out.
FORWARD = ("publish", "correct", "approve", "submit", "revise", "restore")


def buttons(brief: Brief, user: User, unready: str) -> list[Button]:
    """One for each verb that `user` may use now, or might but for a reason that can be told."""
    names = {verb.name for verb in available(brief=brief, by=user)}
    reasons = {name: unready if name in NEED_READY else "" for name in names}
    reasons |= {verb.name: reason for verb, reason in withheld(brief=brief, by=user)}
    first = next((name for name in FORWARD if reasons.get(name) == ""), "")
    return [
        Button(
            name=name,
            label=label(verb, brief),
            url=verb_url(brief, name),
            grave=name in GRAVE,
            main=name == first,
            refused=reasons[name],
            saves_first=name == "submit" and brief.is_editable_by(user),
        )
        for name, verb in VERBS.items()
        if name in reasons
    ]


def label(verb: Verb, brief: Brief) -> str:
    again = verb.name == "schedule" and brief.stage == Stage.SCHEDULED
    return "Reschedule" if again else verb.label


def verb_url(brief: Brief, verb: str) -> str:
    return reverse("admin:briefs_brief_verb", args=[brief.pk, verb])


def confirm(admin: Any, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """GET: what will happen, and what has to be said. POST: the act."""
    brief: Brief = admin.found(request, str(pk))
    if verb not in VERBS:
        raise Http404
    given = {"brief": brief, "by": request.user, "verb": VERBS[verb]}
    if request.method != "POST":
        sentence = refusal(verb=VERBS[verb], brief=brief, by=request.user)
        if sentence := sentence or (unready(brief) if verb in NEED_READY else ""):
            messages.warning(request, sentence)
            return HttpResponseRedirect(url_of(brief))
        return _page(admin, request, brief, VERBS[verb], verb_form(VERBS[verb])(**given))
    form = verb_form(VERBS[verb])(request.POST, **given)
    return _act(admin, request, brief, VERBS[verb], form)


def _act(
    admin: Any, request: HttpRequest, brief: Brief, verb: Verb, form: VerbForm
) -> HttpResponse:
    stale = False
    if form.is_valid():
        try:
            change = form.process()
        except TransitionError as refusal:
            form.add_error(None, str(refusal))
            stale = isinstance(refusal, Changed)
        else:
            messages.success(request, _done(change, brief))
            return HttpResponseRedirect(url_of(brief))
    if stale or form.has_error("seen"):
        if change := _same_act(brief, verb, request.user, form.cleaned_data):
            messages.success(request, _done(change, brief))
            return HttpResponseRedirect(url_of(brief))
        if already := standing(verb=verb, brief=brief):
            messages.info(request, already)
            return HttpResponseRedirect(url_of(brief))
        form.errors.pop("seen", None)
        if not stale:
            form.add_error(None, _changed_by(brief, request.user))
    return _page(admin, request, brief, verb, form, status=409 if stale else 200)


def _changed_by(brief: Brief, user: User) -> str:
    saved = brief.contributions.order_by("-saved_at").values_list("saved_at", "user").first()
    moved = brief.stage_changes.values_list("at", "by").first()
    last = max(filter(None, (saved, moved)), default=None)
    if last and last[1] == user.pk:
        return "You have changed this brief in another window meanwhile."
    return "Someone else has changed this brief meanwhile."


def _same_act(brief: Brief, verb: Verb, user: User, given: dict[str, Any]) -> StageChange | None:
    """The change of a moment ago that this very press, pressed twice, has made."""
    last = brief.stage_changes.first()
    if last is None or (last.verb, last.by_id) != (verb.name, user.pk):
        return None
    if database_now() - last.at >= SAME_ACT or last.comment != given.get("comment", "").strip():
        return None
    edition = brief.editions.filter(number=last.edition_number).first()
    made = {"at": edition.public_from, "kind": edition.kind} if edition else {}
    asked = {name: given[name] for name in ("at", "kind") if name in given}
    return last if asked == {name: made.get(name) for name in asked} else None


def _done(change: StageChange, brief: Brief) -> str:
    if change.verb in DONE:
        return DONE[change.verb]
    address = Address.objects.of(brief).url
    if change.verb == "withdraw":
        return format_html('Withdrawn. <a href="{0}">{0}</a> shows your notice.', address)
    if change.verb == "schedule":
        edition = brief.editions.order_by("-number").first()
        when = date_format(edition.public_from.astimezone(Institute.load().zone), "DATETIME_FORMAT")
        zone = Institute.load().time_zone.rpartition("/")[2].replace("_", " ")
        return f"Scheduled: edition {edition.number} will be public on {when}, {zone} time, at {address}"
    sentence = 'Published: edition {1} is at <a href="{0}">{0}</a>.'
    edition = brief.editions.filter(number=change.edition_number).first()
    if edition and edition.is_retracted:
        sentence = (
            'Retracted: edition {1} is at <a href="{0}">{0}</a>, where the text stays readable'
            " under your notice."
        )
    return format_html(sentence, address, change.edition_number)


def _page(
    admin: Any,
    request: HttpRequest,
    brief: Brief,
    verb: Verb,
    form: forms.Form,
    *,
    status: int = 200,
) -> HttpResponse:
    address = Address.objects.of(brief).url
    context = {
        "title": label(verb, brief),
        "verb": verb,
        "consequence": CONSEQUENCES[verb.name].format(
            address=address,
            meanwhile=MEANWHILE if _is_public(brief) else "",
            till_returned="" if request.user.has_perm(EDIT_ALL) else TILL_RETURNED,
        ),
        "grave": verb.name in GRAVE,
        "changed": _changed_by(brief, request.user)
        if "seen" in form.data and form.data["seen"] != brief.token
        else "",
    }
    return _confirmation(admin, request, brief, form, context, status)


def _is_public(brief: Brief) -> bool:
    return Edition.objects.current().filter(brief=brief).exists()


def may_readdress(brief: Brief, user: User) -> bool:
    return (
        user.has_perm(f"briefs.{READDRESS}_brief")
        and brief.was_frozen
        and brief.effective_stage != Stage.WITHDRAWN
    )


def readdress(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Another address for a brief that was scheduled or published."""
    brief: Brief = admin.found(request, str(pk))
    if not may_readdress(brief, request.user):
        messages.warning(request, "You may not change the address of this brief now.")
        return HttpResponseRedirect(url_of(brief))
    form = ReaddressForm(request.POST or None, brief=brief, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            form.process()
        except TransitionError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The address was changed; the former one leads to it.")
            return HttpResponseRedirect(url_of(brief))
    context = {
        "title": "Change address",
        "consequence": "Links to the present address will lead to the new one for ever. A PDF"
        " that was published keeps the address printed in it.",
    }
    return _confirmation(admin, request, brief, form, context)


def _confirmation(
    admin: Any,
    request: HttpRequest,
    brief: Brief,
    form: forms.Form,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    request.current_app = admin.admin_site.name
    everything = admin.admin_site.each_context(request) | {
        "brief": brief,
        "form": form,
        "opts": admin.opts,
        "media": form.media,
        **context,
    }
    return TemplateResponse(request, "admin/briefs/brief/verb.html", everything, status=status)
