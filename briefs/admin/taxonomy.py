"""Where briefs belong: centres, series, topics."""

from typing import ClassVar

from django.contrib import admin

from briefs.admin.site import DeclaredFilters
from briefs.models import Centre, Series, Topic


@admin.register(Centre)
class CentreAdmin(DeclaredFilters, admin.ModelAdmin):
    list_display = ("name", "acronym")
    search_fields = ("name", "acronym")
    prepopulated_fields: ClassVar = {"slug": ("acronym",)}
    fields = ("name", "acronym", "slug", "description")
    actions = None
    view_on_site = False


@admin.register(Series)
class SeriesAdmin(DeclaredFilters, admin.ModelAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fields = ("name", "slug", "description", "lists_references")
    actions = None
    view_on_site = False


@admin.register(Topic)
class TopicAdmin(DeclaredFilters, admin.ModelAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fields = ("name", "slug")
    actions = None
    view_on_site = False
