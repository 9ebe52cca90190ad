"""The desk itself: whose it is, where one starts, and the way to every section."""

import functools
from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from briefs.admin.front import for_you, shelves
from briefs.models import Brief, Institute

# The order in which sections are named; what is missing here comes last.
SECTIONS = (
    *("brief", "source", "author", "centre", "series", "topic"),
    *("edition", "institute", "user"),
)
IN_HEADER = 3


class Desk(AdminSite):
    enable_nav_sidebar = False
    site_url = "/"
    index_title = "Your desk"
    empty_value_display = ""

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        institute = Institute.load()
        return super().each_context(request) | {
            "site_header": institute.name,
            "site_title": institute.short_name or institute.name,
            "institute": institute,
            "sections": self.sections(request)[:IN_HEADER],
        }

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Every time of day at the desk is by the institute's clock."""

        @functools.wraps(view)
        def by_the_clock(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if any("\x00" in value for values in request.GET.lists() for value in values[1]):
                return HttpResponseRedirect(request.path)  # no database can be asked for it
            with timezone.override(Institute.load().zone):
                response = view(request, *args, **kwargs)
                return response.render() if isinstance(response, TemplateResponse) else response

        return super().admin_view(by_the_clock, cacheable)

    def sections(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What this person may open, most used first."""
        if not self.has_permission(request):
            return []
        models = [model for app in self.get_app_list(request) for model in app["models"]]
        names = [model["model"]._meta.model_name for model in models]
        ordered = sorted(zip(names, models, strict=True), key=lambda pair: _place(pair[0]))
        return [
            {"name": model["name"], "url": model["admin_url"], "current": current(request, name)}
            for name, model in ordered
            if model["admin_url"]
        ]

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without Django's way from a row to its public page: it tells the address, and so the
        title, of any draft to everybody at the desk."""
        found = [page for page in super().get_urls() if getattr(page, "name", "") != "view_on_site"]
        return [path("colours.css", colours, name="colours"), *found]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "shelves": shelves(request.user) if request.user.has_perm("briefs.view_brief") else [],
            "for_you": for_you(request.user) if request.user.has_perm("briefs.view_brief") else [],
            "all_sections": self.sections(request),
            "may_add": request.user.has_perm("briefs.add_brief"),
        }
        return super().index(request, context | (extra_context or {}))


def _place(name: str) -> int:
    return SECTIONS.index(name) if name in SECTIONS else len(SECTIONS)


def current(request: HttpRequest, model: str) -> bool:
    return request.path.startswith(reverse("admin:app_list", args=["briefs"]) + f"{model}/")


@cache_control(private=True, max_age=60)
def colours(request: HttpRequest) -> HttpResponse:
    """The institute's colour: a sheet of its own, because inline style is refused."""
    css = f":root {{ --institute: {Institute.load().accent}; }}\n"
    return HttpResponse(css, content_type="text/css")


class DeclaredFilters:
    """Mixed into a ModelAdmin: only what its filters offer may be asked in an address. Others would
    tell, by what is listed, of drafts that this person may not open."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        declared = (item[0] if isinstance(item, tuple) else item for item in self.list_filter)
        names = [item for item in declared if isinstance(item, str)]
        asked = {f"{name}__{by}" for name in names for by in ("exact", "id__exact", "isnull")}
        asked |= {getattr(item, "parameter_name", "") for item in self.list_filter}
        return lookup in asked


class OwnOnly:
    """Mixed into a ModelAdmin whose queryset is narrowed: what lies outside it is not found, at
    every address, with the same words as what does not exist."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is not None:
            self.found(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        self.found(request, object_id)
        return super().delete_view(request, object_id, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        self.found(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def found(self, request: HttpRequest, object_id: str) -> Any:
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404("There is nothing here that you may open.")
        return obj


def url_of(brief: Brief, page: str = "change") -> str:
    return reverse(f"admin:briefs_brief_{page}", args=[brief.pk])
