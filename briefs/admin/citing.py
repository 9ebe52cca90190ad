"""What the dialog of a note asks: sources found, references read, new sources made, notes as they
will be printed."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse

from briefs import citations, prose
from briefs.composition import RIGHT_TO_LEFT, CompositionError, compose_text
from briefs.forms import CitingForm
from briefs.intake.notes import html_to_printed
from briefs.models import Source

SHOWN = 12

type View = Callable[[Any, HttpRequest], HttpResponse]


def find(admin: Any, request: HttpRequest) -> HttpResponse:
    """Sources by words of their title, authors, outlet or address; without words the newest."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    found = Source.objects.matching(request.GET.get("q", "")).order_by("-updated_at")
    results = [
        {"id": str(source.pk), "label": str(source), "where": where(source)}
        for source in found[:SHOWN]
    ]
    return JsonResponse({"results": results})


def where(source: Source) -> str:
    """In a few words what tells two sources of like titles apart."""
    return ", ".join(filter(None, [source.container_title or source.publisher, source.issued]))


def read(admin: Any, request: HttpRequest) -> HttpResponse:
    """What was pasted (`text`), or the note so far (`note`), as sources to confirm."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    given = request.POST.get("text") or html_to_printed(request.POST.get("note", ""))
    try:
        segments = citations.read(given)
    except citations.RecordError as error:
        return JsonResponse({"error": str(error)}, status=422)
    return _candidates(request, CitingForm.of(segments))


def make(admin: Any, request: HttpRequest) -> HttpResponse:
    """The confirmed sources: new ones stored, and the words with the citations in their places."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    try:
        form = CitingForm.posted(request.POST.dict())
    except ValueError:
        return JsonResponse(
            {"error": "The references could not be read; paste them anew."}, status=422
        )
    if not form.is_valid():
        return _candidates(request, form, status=422)
    html, sources = form.process()
    return JsonResponse(
        {"html": html, "names": {str(source.pk): str(source) for source in sources}}
    )


def notes(admin: Any, request: HttpRequest) -> HttpResponse:
    """Notes as they will be printed, in the order of their calls, and the names of their sources."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    language = request.POST.get("language", "en")
    given = request.POST.getlist("note")
    body = "".join(f'<p>.<span data-note="">{note}</span></p>' for note in given)
    try:
        _, printed, references = compose_text(body, language)
    except (CompositionError, prose.ProseError) as error:
        return JsonResponse({"error": str(error)}, status=422)
    if len(printed) != len(given):
        return JsonResponse({"error": "A note holds another note."}, status=422)
    usual = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return JsonResponse(
        {
            "notes": [prose.directed_line(note.html, usual) for note in printed],
            "names": _names(line.key for line in references),
        }
    )


def _names(keys: Any) -> dict[str, str]:
    return {str(source.pk): str(source) for source in Source.objects.filter(pk__in=list(keys))}


def _candidates(request: HttpRequest, form: CitingForm, status: int = 200) -> HttpResponse:
    template = "admin/briefs/source/_candidates.html"
    return TemplateResponse(request, template, {"form": form}, status=status)


def only(method: str, view: View) -> View:
    def answer(admin: Any, request: HttpRequest) -> HttpResponse:
        if request.method != method:
            return HttpResponse(status=405, headers={"Allow": method})
        return view(admin, request)

    return answer


# By the last part of their address.
PAGES = {
    "find": only("GET", find),
    "read": only("POST", read),
    "make": only("POST", make),
    "notes": only("POST", notes),
}
