"""Pictures of texts at the desk: taking one in, and showing those of drafts to whoever may open the
draft. The public address shows those of editions only."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from briefs.forms import PictureForm
from briefs.models import Brief, Edition, Picture

KINDS = {"jpg": "image/jpeg", "png": "image/png"}
NAME = re.compile(r"([0-9a-f]{64})(-[0-9]{3,4})?\.(jpg|png)", re.ASCII)


def upload(admin: Any, request: HttpRequest) -> HttpResponseBase:
    """Takes one file in and says where it is, or in one sentence why not."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _private(JsonResponse({"error": form.errors["picture"][0]}, status=422))
    picture = form.process(by=request.user)
    size = {"width": picture.width, "height": picture.height}
    return _private(JsonResponse({"src": picture.address, **size}, status=201))


def show(admin: Any, request: HttpRequest, name: str) -> HttpResponseBase:
    """The picture, or a smaller one, as `name` says: its SHA-256, maybe a width, and a suffix."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    match = NAME.fullmatch(name)
    stored = f"images/{name[:2]}/{name}"
    if not (match and _is_seen(request, match) and default_storage.exists(stored)):
        raise Http404("There is nothing here that you may open.")
    response = FileResponse(default_storage.open(stored), content_type=KINDS[match[3]])
    return _private(response)


def _is_seen(request: HttpRequest, match: re.Match[str]) -> bool:
    stem, _, suffix = match.groups()
    briefs = Brief.objects.editable_by(request.user)
    editions = Edition.objects.public()
    seen = Picture.objects.visible_to(request.user, briefs=briefs, editions=editions)
    return seen.filter(address=f"images/{stem[:2]}/{stem}.{suffix}").exists()


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
