"""Filters of the list of briefs that are no plain fields."""

from typing import Any

from django.contrib.admin import RelatedOnlyFieldListFilter, SimpleListFilter
from django.http import HttpRequest

from briefs.models import Brief, Topic
from briefs.models.brief import LANGUAGES, BriefQuerySet
from briefs.stages import Stage


class StageFilter(SimpleListFilter):
    """By the stage as it is now: what was scheduled and is out counts as published."""

    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Stage.choices

    def queryset(self, request: HttpRequest, queryset: BriefQuerySet) -> BriefQuerySet:
        return queryset.filter(stage_now=self.value()) if self.value() else queryset


class MineFilter(SimpleListFilter):
    title = "owner"
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", "Mine")]

    def queryset(self, request: HttpRequest, queryset: BriefQuerySet) -> BriefQuerySet:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=Brief.objects.owned_by(request.user).values("pk"))


class LanguageFilter(SimpleListFilter):
    """Only languages of briefs that this person may open."""

    title = "language"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        used = Brief.objects.editable_by(request.user).order_by().values_list("language", flat=True)
        found = set(used.distinct())
        return [(code, name) for code, name in LANGUAGES if code in found]

    def queryset(self, request: HttpRequest, queryset: BriefQuerySet) -> BriefQuerySet:
        return queryset.filter(language=self.value()) if self.value() else queryset


class TopicFilter(SimpleListFilter):
    """Only topics of briefs that this person may open."""

    title = "topic"
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        briefs = Brief.objects.editable_by(request.user).values("pk")
        topics = Topic.objects.filter(brief_rows__content_object__in=briefs).distinct()
        return list(topics.order_by("name").values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: BriefQuerySet) -> BriefQuerySet:
        if not self.value():
            return queryset
        return queryset.filter(topic_rows__tag__slug=self.value())


class OrNoneFilter(RelatedOnlyFieldListFilter):
    """Names what the stock filter shows as a dash."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.empty_value_display = "None"
