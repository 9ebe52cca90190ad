"""What the institute says of itself."""

from django.http import HttpRequest, HttpResponse

from briefs.views.public import public, respond


@public
def about(request: HttpRequest) -> HttpResponse:
    """About, contact and privacy."""
    return respond(request, "briefs/about.html", {"section": "about", "canonical": request.path})
