"""System checks of the app, besides those of its models."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from briefs.models import triggers


@register(Tags.database)
def facts_are_held(databases: list[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """briefs.W001: an interrupted migration can leave editions without the triggers that hold
    them. A warning, because an error would stop the very migrate that mends it."""
    return [
        Warning(
            f"{table} stands without the triggers that keep its rows as they are.",
            hint="Run manage.py migrate.",
            id="briefs.W001",
        )
        for alias in databases or ()
        for table in triggers.missing(connections[alias])
    ]
