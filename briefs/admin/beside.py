"""What readers would see of the text as it is being typed: page and PDF of a form that is not saved,
for those who may save it. Nothing is written: no row, no file, no lock."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from briefs import pdf
from briefs.admin.preview import kept_private
from briefs.composition import Composition, CompositionError, render
from briefs.forms import BylineFormSet, UnsavedForm, amiss, as_typed
from briefs.models import Brief, Byline

type Composed = Callable[[], Composition]
View = Callable[[UnsavedForm, BylineFormSet, Composed], HttpResponseBase]
ARTICLE = "admin/briefs/brief/_article.html"


def unsaved(view: View) -> Callable[..., HttpResponseBase]:
    """Reads the posted form; answers with what `view` makes of it, or with one sentence."""

    @functools.wraps(view)
    def answer(admin: Any, request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form, byline = _forms(admin, request, _editable(admin, request, pk))
        try:
            response = view(form, byline, lambda: render(as_typed(form, byline)))
        except (CompositionError, pdf.TypesettingError) as error:
            response = JsonResponse({"sentence": str(error)}, status=422)
        return kept_private(response)

    return answer


@unsaved
def page(form: UnsavedForm, byline: BylineFormSet, composed: Composed) -> HttpResponseBase:
    """The page, as HTML in a JSON string, and what keeps it from being saved."""
    brief = form.instance
    context = {"composition": composed(), "brief": brief, "saved_cover": form.initial.get("cover")}
    html = render_to_string(ARTICLE, context | {"at_desk": True})
    return JsonResponse({"page": html, "amiss": amiss(form, byline)})


@unsaved
def document(_form: UnsavedForm, _byline: BylineFormSet, composed: Composed) -> HttpResponseBase:
    typeset = pdf.typeset(composed(), limits=pdf.PREVIEW)
    return HttpResponse(typeset.content, content_type="application/pdf")


def routes(page_at: Callable[[str, Any, str], Any]) -> list[Any]:
    """Of a brief that is stored, and of one that is not yet."""
    return [
        page_at(f"{brief}preview/{name}", view, f"{prefix}{kind}")
        for brief, prefix in (("<int:pk>/", "draft"), ("", "new_draft"))
        for name, view, kind in (("draft/", page, ""), ("draft.pdf", document, "_pdf"))
    ]


def _editable(admin: Any, request: HttpRequest, pk: int | None) -> Brief | None:
    brief: Brief | None = None if pk is None else admin.found(request, str(pk))
    may = (
        admin.has_change_permission(request, brief) if brief else admin.has_add_permission(request)
    )
    if not may:
        raise PermissionDenied
    return brief


def _forms(
    admin: Any, request: HttpRequest, brief: Brief | None
) -> tuple[UnsavedForm, BylineFormSet]:
    """The form and its byline as the desk makes them, without the files that came along: those
    would be stored."""
    form = admin.get_form(request, brief, form=UnsavedForm)(request.POST, instance=brief)
    inlines = admin.get_formsets_with_inlines(request, brief)
    rows = next(rows for rows, inline in inlines if inline.model is Byline)
    byline = rows(request.POST, instance=form.instance, prefix=rows.get_default_prefix())
    form.is_valid()
    byline.is_valid()
    return form, byline
