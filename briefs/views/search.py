"""Search in the current editions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from briefs.models import Edition
from briefs.search import Results, SearchUnavailable
from briefs.search import search as find
from briefs.views.listing import elided, page_number
from briefs.views.public import public, respond


@public
def search(request: HttpRequest) -> HttpResponse:
    """Briefs with the words of `q`, best first, of one centre if `centre` is given."""
    text = request.GET.get("q", "").strip()
    page = page_number(request)
    centres = list(Edition.objects.current().centres())
    wanted = request.GET.get("centre", "")
    centre = next((row for row in centres if row.slug == wanted), None)
    trouble, results = "", Results(text)
    try:
        results = find(text, centre=centre, page=page)
    except SearchUnavailable as error:
        trouble = str(error)
    if results.page != page and not trouble:  # there is no such page
        raise Http404
    shown = results.query or text[:200]
    context = {
        "section": "search",
        "q": shown,
        "results": results,
        "trouble": trouble,
        "centres": centres,
        "centre": centre,
        "known": {"q": shown} | ({"centre": centre.slug} if centre else {}),
        "numbers": elided(results.page, results.pages),
        "canonical": reverse("search"),
        "noindex": bool(text),
    }
    return respond(request, "briefs/search.html", context, status=503 if trouble else 200)
