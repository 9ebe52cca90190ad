"""Pages of lists: numbers, links and the refusal of page numbers that are none."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest

PER_PAGE = 20


@dataclass(frozen=True)
class Listing:
    """One page of rows. `known` are the parameters that a link to another page keeps."""

    page: Page
    known: dict[str, str]

    @property
    def rows(self) -> list[Any]:
        return list(self.page.object_list)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def number(self) -> int:
        return self.page.number

    @property
    def last(self) -> int:
        return self.page.paginator.num_pages

    @property
    def numbers(self) -> list[int | None]:
        return elided(self.number, self.last)

    @property
    def query(self) -> dict[str, str]:
        """The parameters of this very page, for its canonical address."""
        return self.known | ({"page": str(self.number)} if self.number > 1 else {})


def elided(number: int, last: int) -> list[int | None]:
    """The page numbers to link: the first, the last, those around `number`; None for a gap."""
    pages = Paginator(range(last), 1).get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else None for page in pages]


def page_number(request: HttpRequest) -> int:
    """`page=` of the request; raises BadRequest for anything but a number from 1."""
    value = request.GET.get("page") or "1"
    if not re.fullmatch(r"[1-9][0-9]{0,5}", value):
        raise BadRequest("No page number")
    return int(value)


def listing(
    request: HttpRequest,
    rows: Any,
    *,
    known: dict[str, str] | None = None,
    per_page: int = PER_PAGE,
) -> Listing:
    """The page asked for; raises Http404 beyond the last one."""
    try:
        page = Paginator(rows, per_page).page(page_number(request))
    except EmptyPage as error:
        raise Http404 from error
    return Listing(page, known or {})
