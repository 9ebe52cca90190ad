"""What readers would see of the draft as it was last saved: page and PDF, for those who may open it
and for nobody else."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from briefs import pdf
from briefs.admin.site import url_of
from briefs.composition import CompositionError, compose
from briefs.models import Brief

View = Callable[[Any, HttpRequest, Brief], HttpResponseBase]


def private(view: View) -> Callable[..., HttpResponseBase]:
    """Finds the brief, and keeps the answer out of caches and indexes."""

    @functools.wraps(view)
    def answer(admin: Any, request: HttpRequest, pk: int) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return kept_private(view(admin, request, admin.found(request, str(pk))))

    return answer


def kept_private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@private
def page(admin: Any, request: HttpRequest, brief: Brief) -> HttpResponseBase:
    context: dict[str, Any] = {"brief": brief, "title": brief.title, "back": url_of(brief)}
    try:
        context["composition"] = compose(brief)
    except CompositionError as error:
        return _refused(admin, request, brief, str(error))
    context |= {"saved_cover": brief.cover}
    context["sheets"] = [reverse("style", args=["site"])]
    return TemplateResponse(request, "admin/briefs/brief/preview.html", context)


@private
def document(admin: Any, request: HttpRequest, brief: Brief) -> HttpResponseBase:
    try:
        typeset = pdf.typeset(compose(brief), limits=pdf.PREVIEW)
    except (CompositionError, pdf.TypesettingError) as error:
        return _refused(admin, request, brief, str(error))
    name = f"{brief.slug}-preview.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(typeset.content, content_type="application/pdf", headers=headers)


@private
def cover(admin: Any, request: HttpRequest, brief: Brief) -> HttpResponseBase:
    """The picture of a draft; the public address shows those of editions only."""
    if not brief.cover or not default_storage.exists(brief.cover.name):
        raise Http404
    kind = "image/png" if brief.cover.name.endswith(".png") else "image/jpeg"
    return FileResponse(default_storage.open(brief.cover.name), content_type=kind)


def _refused(admin: Any, request: HttpRequest, brief: Brief, sentence: str) -> HttpResponse:
    context = admin.admin_site.each_context(request) | {
        "title": "No preview",
        "brief": brief,
        "sentence": sentence,
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/briefs/brief/no_preview.html", context, status=422)
