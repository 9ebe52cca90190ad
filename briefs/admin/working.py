"""What the form of a brief tells and asks while it is open: keeping what is written until it is
saved, and who else is there. A copy is shown to its owner alone; who is there, to those who may open
the brief."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from briefs.admin.site import url_of
from briefs.forms.conflict import last_change
from briefs.forms.working import Sign, read_sign
from briefs.models import Brief, Institute, Presence, WorkingCopy
from briefs.models.working import SITTING_LENGTH

# Names of the sittings whose forms were saved lately, by which browser and desk know that nothing of
# them need be kept.
SETTLED = "saved_attempts"
SETTLED_KEPT = 10
SHOWN_PEOPLE = 4
# Milliseconds: a copy is kept this long after the last change, and at the latest this long after the
# first that is not kept; and so often the form says that it is open.
PACE = {"pause": 5_000, "longest": 10_000, "beat": 15_000}


def around(request: HttpRequest, brief: Brief | None) -> dict[str, Any]:
    """What the form's page must know to keep what is written in it, and what is kept already."""
    copies = WorkingCopy.objects.of(request.user, brief).defer("fields")
    url = url_of(brief, "working_copy") if brief else reverse("admin:briefs_brief_new_working_copy")
    sittings = _attempt(request)
    last = WorkingCopy.last_turn(by=request.user, sitting=sittings[0]) if sittings else 0
    keeping = {
        "user": request.user.pk,
        "url": url,
        "login": reverse("admin:login"),
        "cookie": settings.CSRF_COOKIE_NAME,
        "zone": Institute.load().time_zone,
        "now": _milliseconds(timezone.now()),
        "pace": PACE,
        "settled": request.session.get(SETTLED, []),
        "sittings": sittings,
        "turn": last,
        "copies": _offers(request, brief, list(copies)),
    }
    return {"keeping": keeping}


def settle(request: HttpRequest) -> None:
    """The form was saved: the copies of its sitting and of the one that was brought back in it go,
    and what of them may still arrive is late."""
    if sittings := _attempt(request):
        earlier = request.session.get(SETTLED, [])
        request.session[SETTLED] = [*earlier, *sittings][-SETTLED_KEPT:]
        for sitting in sittings:
            WorkingCopy.settle(by=request.user, sitting=sitting)
        Presence.objects.filter(user=request.user, sitting__in=sittings).delete()


def _attempt(request: HttpRequest) -> list[str]:
    """The sitting of a form that was sent, and the one whose copy was brought back in it."""
    names: str = request.POST.get("attempt", "")
    return [name for name in names.split()[:2] if len(name) <= SITTING_LENGTH]


def answer(admin: Any, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """GET: one's own copy of `?sitting=`. POST: a sign of the form; the answer says how things
    stand."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    brief = admin.found(request, str(pk)) if pk else None
    if brief is None and not admin.has_add_permission(request):
        raise Http404
    response = _take(request, brief) if request.method == "POST" else _give(request, brief)
    response["Cache-Control"] = "no-store, private"
    return response


def _give(request: HttpRequest, brief: Brief | None) -> HttpResponse:
    asked = request.GET.get("sitting", "")
    copy = WorkingCopy.objects.of(request.user, brief).filter(sitting=asked).first()
    if copy is None:
        raise Http404
    return JsonResponse({"fields": copy.fields})


def _take(request: HttpRequest, brief: Brief | None) -> HttpResponse:
    try:
        sign = read_sign(request.body)
    except ValidationError as error:
        return JsonResponse({"refused": error.messages[0]}, status=400)
    if sign.user != request.user.pk:
        return JsonResponse({"refused": "Somebody else is logged in now."}, status=409)
    if brief and sign.leaving:
        Presence.leave(brief=brief, by=request.user, sitting=sign.sitting)
    if sign.sitting in request.session.get(SETTLED, ()):
        return JsonResponse({"settled": True})
    if not _keep(request, brief, sign):
        return JsonResponse({"settled": True})
    if brief is None or sign.leaving:
        return JsonResponse({})
    Presence.note(brief=brief, by=request.user, sitting=sign.sitting, typed=sign.typed)
    return JsonResponse(_standing(request, brief, sign) | {"people": _people(request, brief, sign)})


def _keep(request: HttpRequest, brief: Brief | None, sign: Sign) -> bool:
    """False where another copy of the sitting is later, or its form was saved."""
    kept = True
    if sign.fields is not None:
        kept = WorkingCopy.keep(
            by=request.user,
            brief=brief,
            sitting=sign.sitting,
            turn=sign.turn,
            base=sign.base,
            fields=sign.fields,
        )
    if kept and sign.drop:
        WorkingCopy.drop(by=request.user, sitting=sign.drop)
    return kept


def _standing(request: HttpRequest, brief: Brief, sign: Sign) -> dict[str, Any]:
    """What happened to the brief since the form was opened, told once."""
    if brief.token in (sign.base, sign.known):
        return {}
    return {
        "known": brief.token,
        "sentence": last_change(brief, request.user)[0],
        "closed": not brief.is_editable_by(request.user),
        "url": url_of(brief),
    }


def _people(request: HttpRequest, brief: Brief, sign: Sign) -> list[str]:
    """A sentence for each: somebody with two windows is one person."""
    settled = request.session.get(SETTLED, ())  # may have spoken once more while it was saved
    rows = Presence.beside(brief=brief, by=request.user, sitting=sign.sitting)
    latest: dict[int, Presence] = {}
    for row in (row for row in rows if row.sitting not in settled):
        latest.setdefault(row.user_id, row)
    told = [_told(row, row.user_id == request.user.pk) for row in latest.values()]
    more = len(told) - SHOWN_PEOPLE
    return [*told[:SHOWN_PEOPLE], *([f"{more} more have this open."] if more > 0 else ())]


def _told(row: Presence, own: bool) -> str:  # noqa: FBT001
    typed = f", last typed {_time(row.typed_at)}" if row.typed_at else ""
    if own:
        return f"You have this open in another window too{typed}."
    return f"{row.user} has this open{typed}."


def _offers(
    request: HttpRequest, brief: Brief | None, copies: list[WorkingCopy]
) -> list[dict[str, Any]]:
    if not copies:
        return []
    live: set[str] = set()
    if brief:
        mine = Presence.beside(brief=brief, by=request.user, sitting="")
        live = {row.sitting for row in mine if row.user_id == request.user.pk}
    return [
        {
            "sitting": copy.sitting,
            "at": _milliseconds(copy.saved_at),
            "title": copy.title,
            "open": copy.sitting in live,
            "since": last_change(brief, request.user)[0]
            if brief and copy.base != brief.token
            else "",
        }
        for copy in copies
    ]


def _milliseconds(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def _time(at: dt.datetime) -> str:
    """By the institute's clock; the day too if it is another."""
    local = timezone.localtime(at)
    today = local.date() == timezone.localdate()
    return date_format(local, "TIME_FORMAT" if today else "DATETIME_FORMAT")
