"""Posting what the desk's form posts."""

from typing import Any

from django.test import Client
from django.urls import reverse

from briefs.models import Brief, User

FIELDS = (
    *("title", "subtitle", "summary", "language", "series_number"),
    *("body", "disclaimer", "licence", "cover_alt"),
)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read_to_end(response: Any) -> bytes:
    """Reading a stream to its end closes it too; `close()` would close the test's connection."""
    return b"".join(response) if response.streaming else response.content


def change_url(brief: Brief, page: str = "change") -> str:
    return reverse(f"admin:briefs_brief_{page}", args=[brief.pk])


def verb_url(brief: Brief, verb: str) -> str:
    return reverse("admin:briefs_brief_verb", args=[brief.pk, verb])


def filled(brief: Brief, **changes: Any) -> dict[str, Any]:
    """What a browser sends for the form of `brief` with these fields changed."""
    brief.refresh_from_db()
    data = {name: getattr(brief, name) for name in FIELDS}
    data |= {
        "seen": brief.token,
        "slug": brief.slug,
        "dated": brief.dated.isoformat() if brief.dated else "",
        "centre": brief.centre_id or "",
        "series": brief.series_id or "",
        "topics": ", ".join(brief.topics.values_list("name", flat=True)),
        "bylines-INITIAL_FORMS": brief.bylines.count(),
        "bylines-TOTAL_FORMS": brief.bylines.count(),
        "bylines-MIN_NUM_FORMS": 0,
        "bylines-MAX_NUM_FORMS": 1000,
        "_stay": "1",
    }
    for index, row in enumerate(brief.bylines.all()):
        data |= {
            f"bylines-{index}-id": row.pk,
            f"bylines-{index}-brief": brief.pk,
            f"bylines-{index}-author": row.author_id,
            f"bylines-{index}-role": row.role,
            f"bylines-{index}-affiliation": row.affiliation,
            f"bylines-{index}-position": row.position,
        }
    data |= changes
    return {name: "" if value is None else value for name, value in data.items()}
