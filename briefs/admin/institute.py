"""The institute: one row, neither added nor deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from briefs.forms import stored_picture
from briefs.models import Institute


class InstituteForm(forms.ModelForm):
    class Meta:
        field_classes = dict.fromkeys(("logo",), forms.FileField)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "logo" in self.fields:
            self.fields["logo"].max_length = None  # stored by its content, not by its name
            self.fields["logo"].widget.attrs["aria-label"] = "Logo"

    def clean_logo(self) -> Any:
        return stored_picture(self.cleaned_data["logo"])


@admin.register(Institute)
class InstituteAdmin(admin.ModelAdmin):
    form = InstituteForm
    fieldsets = (
        (None, {"fields": ("name", "short_name", "tagline", "accent", "logo")}),
        ("Letterhead", {"fields": ("address", "email", "phone", "url")}),
        ("PDFs", {"fields": ("paper", "own_digits")}),
        ("Briefs", {"fields": ("default_disclaimer", "time_zone", "own_approval")}),
        ("Pages", {"fields": ("about", "contact", "privacy")}),
    )
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Institute | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is only one."""
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse("admin:briefs_institute_change", args=[1]))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Institute | None:
        """Its defaults where nobody has saved it yet."""
        return Institute.load() if object_id == "1" else None
