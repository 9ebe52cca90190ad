"""The first page: the newest brief, those before it, and the ways to the rest."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from briefs.models import Edition
from briefs.views.public import public, respond

LATEST = 8
TOPICS = 12


@public
def home(request: HttpRequest) -> HttpResponse:
    current = Edition.objects.current()
    counted = Count("edition_rows", filter=Q(edition_rows__edition__in=current.values("pk")))
    topics = current.topics().annotate(count=counted).order_by("-count", "name")
    latest = list(current.cards()[: LATEST + 1])
    context = {
        "section": "home",
        "lead": latest[0] if latest else None,
        "latest": latest[1:],
        "centres": current.centres(),
        "topics": topics[:TOPICS],
        "canonical": "/",
    }
    return respond(request, "briefs/home.html", context)
