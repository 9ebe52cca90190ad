"""Authors: those whose names are printed."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from briefs.admin.site import DeclaredFilters
from briefs.models import Author, User


@admin.register(Author)
class AuthorAdmin(DeclaredFilters, admin.ModelAdmin):
    list_display = ("name", "role", "centre", "email")
    list_filter = ("centre",)
    list_select_related = ("centre",)
    search_fields = ("name", "email")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "role", "centre", "email")}),
        ("Public page", {"fields": ("slug", "biography", "orcid")}),
        ("Log-in", {"fields": ("user",)}),
    )
    actions = None
    view_on_site = False  # listed only with a public edition

    def get_readonly_fields(self, request: HttpRequest, obj: Author | None = None) -> Any:
        """A log-in tells whose work a brief is: an editor who could unlink it might approve their
        own."""
        return () if request.user.has_perm("briefs.change_user") else ("user",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "user":
            options["queryset"] = User.objects.filter(is_active=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **options)
