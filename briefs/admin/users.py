"""Those who work at the desk. Groups are the software's, so they are chosen here, not edited."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.http import HttpRequest

from briefs.models import Brief, Contribution, StageChange, User


@admin.register(User)
class UserAdmin(StockUserAdmin):
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    actions = None
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        (
            "At the desk",
            {
                "fields": ("is_active", "is_staff", "groups"),
                "description": "Contributors write and submit their own briefs. Editors edit and "
                "approve all. Publishers also publish. Administrators keep users and institute.",
            },
        ),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="groups")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An administrator does not become a superuser by way of a superuser's password."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who has done anything here stays in its history: make them inactive instead."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and not _has_worked(obj) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        if not change:
            obj.is_staff = True  # everyone here works at the desk
        super().save_model(request, obj, form, change)


def _has_worked(user: User | None) -> bool:
    if user is None:
        return False
    return (
        LogEntry.objects.filter(user=user).exists()
        or Contribution.objects.filter(user=user).exists()
        or Brief.objects.filter(created_by=user).exists()
        or StageChange.objects.filter(by=user).exists()
    )
