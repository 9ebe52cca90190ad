"""Editions: what was published, to be looked at. Facts are neither added, changed nor deleted."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html

from briefs.admin.site import DeclaredFilters, OwnOnly
from briefs.models import Brief, Edition
from briefs.models.clock import database_now


@admin.register(Edition)
class EditionAdmin(OwnOnly, DeclaredFilters, admin.ModelAdmin):
    list_display = ("title", "number", "kind", "centre_name", "dated", "public_from")
    list_filter = ("kind", "centre")
    search_fields = ("title", "subtitle", "bylines__name")
    ordering = ("-public_from", "-id")
    actions = None
    view_on_site = False
    fields = (
        *("title", "number", "kind", "change_note", "draft", "state", "public_from", "frozen_at"),
        *("dated", "authors", "centre_name", "series_name", "pdf", "sha256", "pdf_sha256"),
        *("printed_address", "typeset_with"),
    )
    readonly_fields = ("draft", "state", "authors", "pdf", "typeset_with")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Scheduled and withdrawn ones are for those who may open the brief."""
        editions = Edition.objects.addressed().prefetch_related("bylines")
        mine = Brief.objects.editable_by(request.user).values("pk")
        public = Edition.objects.public().values("pk")
        seen = editions.filter(brief__in=mine) | editions.filter(pk__in=public)
        return seen.order_by(*self.ordering)

    def get_fields(self, request: HttpRequest, obj: Edition | None = None) -> Any:
        mine = Brief.objects.editable_by(request.user)
        if obj and mine.filter(pk=obj.brief_id).exists():
            return self.fields
        return [field for field in self.fields if field != "draft"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        pdf = path(
            "<path:object_id>/pdf/",
            self.admin_site.admin_view(self.pdf_view),
            name="briefs_edition_pdf",
        )
        return [pdf, *super().get_urls()]

    def pdf_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """The PDF as it was stored, also before its time and after a withdrawal."""
        if not self.has_view_permission(request):
            raise Http404
        edition = self.found(request, object_id)
        if not default_storage.exists(edition.pdf_name):
            raise Http404("The PDF of this edition is missing.")
        response = FileResponse(
            default_storage.open(edition.pdf_name),
            content_type="application/pdf",
            filename=f"{edition.slug}-{edition.number}.pdf",
        )
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    @admin.display(description="brief")
    def draft(self, edition: Edition) -> str:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:briefs_brief_change", args=[edition.brief_id]),
            "Its draft and history",
        )

    @admin.display(description="now")
    def state(self, edition: Edition) -> str:
        if edition.public_from > database_now():
            return "Scheduled: nobody outside can read it yet."
        if not Edition.objects.public().filter(pk=edition.pk).exists():
            return "Withdrawn with its brief."
        url = f"{settings.SITE_URL}{edition.get_absolute_url()}"
        if Edition.objects.current().filter(pk=edition.pk).exists():
            return format_html('What readers see: <a href="{}">{}</a>', url, url)
        return format_html(
            'Superseded; still at <a href="{0}editions/{1}/">{0}editions/{1}/</a>',
            url,
            edition.number,
        )

    @admin.display(description="byline")
    def authors(self, edition: Edition) -> str:
        return ", ".join(line.name for line in edition.bylines.all())

    @admin.display(description="PDF")
    def pdf(self, edition: Edition) -> str:
        url = reverse("admin:briefs_edition_pdf", args=[edition.pk])
        size = f"pages: {edition.pdf_pages}, {filesizeformat(edition.pdf_size)}"
        return format_html('<a href="{}">Open</a> ({})', url, size)

    @admin.display(description="typeset with")
    def typeset_with(self, edition: Edition) -> str:
        return ", ".join(f"{name} {version}" for name, version in edition.engine.items())
