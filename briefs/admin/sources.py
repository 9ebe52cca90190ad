"""Sources: what notes cite, shared by all briefs, printed by the house style alone."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.urls import path

from briefs.admin import citing
from briefs.admin.site import DeclaredFilters
from briefs.forms import SourceForm, printed
from briefs.models import Brief, Contribution, Edition, Source, User
from briefs.stages import EDIT_ALL, EDITABLE, Stage

# Drafts whose text is still to be published, or may be once more.
UNDER_WAY = EDITABLE | {Stage.SCHEDULED}


@admin.register(Source)
class SourceAdmin(DeclaredFilters, admin.ModelAdmin):
    form = SourceForm
    list_display = ("title", "names", "type", "container_title", "issued", "cited")
    list_filter = ("type",)
    search_fields = ("title", "container_title", "publisher", "url", "authors")
    ordering = ("-updated_at",)
    list_per_page = 50
    actions = None
    readonly_fields = ("as_printed",)
    fieldsets = (
        (None, {"fields": ("as_printed", "type", "title", "authors")}),
        (
            "Where it appeared",
            {
                "fields": (
                    "container_title",
                    ("publisher", "publisher_place"),
                    ("issued", "accessed"),
                )
            },
        ),
        ("Where to find it", {"fields": ("url", "archive_url", "doi")}),
        ("More", {"fields": ("more",)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        drafts = Count("citations__brief", distinct=True)
        return super().get_queryset(request).annotate(drafts=drafts)

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> Any:
        if obj:
            return self.fieldsets
        (_, first), *others = self.fieldsets
        return [(None, {"fields": first["fields"][1:]}), *others]

    @admin.display(description="authors")
    def names(self, source: Source) -> str:
        return "; ".join(name.get("family") or name.get("literal", "") for name in source.authors)

    @admin.display(description="drafts", ordering="drafts")
    def cited(self, source: Any) -> int:
        drafts: int = source.drafts
        return drafts

    @admin.display(description="in house style")
    def as_printed(self, source: Source) -> str:
        return printed(source)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        source = self.get_object(request, object_id) if object_id else None
        context: dict[str, Any] = {}
        if source:
            context = where_cited(source, request.user) | {"closed": closed(source, request.user)}
        return super().changeform_view(
            request, object_id, form_url, context | (extra_context or {})
        )

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:  # noqa: FBT001
        """Whoever changes a source has written in every draft that cites it: none of them is theirs
        to approve."""
        super().save_model(request, obj, form, change)
        if change and form.has_changed():
            citing = Brief.objects.filter(citations__source=obj, stage__in=UNDER_WAY)
            for brief in citing.distinct().order_by("pk"):
                Contribution.note(brief=brief, by=request.user)

    def get_urls(self) -> list[Any]:
        """What the dialog of a note asks stands before the pages of single sources."""
        asked = [
            path(
                f"{name}/",
                self.admin_site.admin_view(partial(view, self)),
                name=f"briefs_source_{name}",
            )
            for name, view in citing.PAGES.items()
        ]
        return [*asked, *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        shut = obj is not None and closed(obj, request.user)
        return not shut and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        used = obj is not None and (obj.citations.exists() or obj.edition_rows.exists())
        return not used and super().has_delete_permission(request, obj)


def closed(source: Source, user: User) -> str:
    """Why `user` may not change a source that others cite too; nothing where they may."""
    if user.has_perm(EDIT_ALL):
        return ""
    if source.edition_rows.exists():
        return "What is published cites this source: only an editor changes it now."
    drafts = Brief.objects.filter(citations__source=source).distinct()
    if all(brief.is_editable_by(user) for brief in drafts):
        return ""
    return "A brief that you may not change now cites this source: only an editor changes it."


def where_cited(source: Source, user: User) -> dict[str, Any]:
    """Titles only of what `user` may open or everybody may read; the rest is counted."""
    drafts = Brief.objects.filter(citations__source=source).distinct()
    open_to_user = drafts.filter(pk__in=Brief.objects.editable_by(user).values("pk"))
    editions = Edition.objects.public().filter(sources__source=source).addressed()
    return {
        "drafts": open_to_user.order_by("title"),
        "other_drafts": drafts.exclude(pk__in=open_to_user.values("pk")).count(),
        "editions": editions.order_by("title", "number"),
    }
