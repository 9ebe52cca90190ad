"""Which way the words on a page run: `{{ text|direction:usual }}`, for a `dir` attribute, of a line
of plain text; `{{ composition|directed }}`, for the partials of its prose, of each block and note."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import template

from briefs import prose
from briefs.composition import Composition

register = template.Library()
register.filter("direction", prose.direction)


@register.filter
def directed(composition: Composition) -> Composition:
    """The same, but that what runs otherwise than the text around it says so."""
    usual = composition.direction

    def lines(rows: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(replace(row, html=prose.directed_line(row.html, usual)) for row in rows)

    return replace(
        composition,
        body=prose.directed(composition.body, usual),
        notes=lines(composition.notes),
        references=lines(composition.references),
    )
