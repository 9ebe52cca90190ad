"""Briefs: the list of drafts, and the form in which one is written."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from briefs import revisions, workflow
from briefs.admin import (
    beside,
    comments,
    earlier,
    manuscripts,
    notices,
    pictures,
    preview,
    verbs,
    working,
)
from briefs.admin.filters import LanguageFilter, MineFilter, OrNoneFilter, StageFilter, TopicFilter
from briefs.admin.site import DeclaredFilters, OwnOnly, url_of
from briefs.composition import CompositionError, compose
from briefs.forms import BriefForm, BylineForm, BylineFormSet
from briefs.forms.conflict import typed
from briefs.models import Address, Brief, Byline, Contribution
from briefs.models.slugs import create_with_slug
from briefs.stages import EDIT_ALL, STATES, VERBS, Stage

SHOWN_CHANGES = 8


class BylineInline(admin.TabularInline):
    model = Byline
    form = BylineForm
    formset = BylineFormSet
    autocomplete_fields = ("author",)
    fields = ("author", "role", "affiliation", "position")
    template = "admin/briefs/brief/byline.html"
    verbose_name = "author"
    verbose_name_plural = "byline"
    extra = 0


HEAD = (None, {"fields": (("seen", "uploaded"), "title", "subtitle")})
TEXT = (None, {"fields": ("summary", "body")})
ABOUT = (
    ("Publication", ("centre", ("series", "series_number"), "dated", "language", "topics", "slug")),
    ("Small print", ("disclaimer", "licence")),
    ("Cover", ("cover", "cover_alt")),
)


@admin.register(Brief)
class BriefAdmin(OwnOnly, DeclaredFilters, admin.ModelAdmin):
    form = BriefForm
    inlines = (BylineInline,)
    autocomplete_fields = ("centre", "series")
    list_display = (
        *("title", "stage_shown", "authors_shown", "centre_shown"),
        *("dated_shown", "saved", "edition"),
    )
    list_filter = (
        *(StageFilter, MineFilter, ("centre", OrNoneFilter)),
        *(("series", OrNoneFilter), LanguageFilter, TopicFilter),
        ("authors", OrNoneFilter),
    )
    list_select_related = ("centre",)
    list_per_page = 50
    search_fields = (
        *("title", "subtitle", "summary", "bylines__author__name"),
        *("centre__acronym", "centre__name"),
    )
    search_help_text = "Title, subtitle, summary, authors, centre"
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        briefs = Brief.objects.editable_by(request.user).with_effective_stage()
        return briefs.prefetch_related("bylines__author", "addresses").order_by("-updated_at")

    @admin.display(description="stage", ordering="stage_now")
    def stage_shown(self, brief: Any) -> str:
        return stage_mark(brief.stage_now)

    @admin.display(description="authors")
    def authors_shown(self, brief: Brief) -> str:
        return ", ".join(row.author.name for row in brief.bylines.all())

    @admin.display(description="centre", ordering="centre__name")
    def centre_shown(self, brief: Brief) -> str:
        return (brief.centre.acronym or brief.centre.name) if brief.centre else ""

    @admin.display(description="date", ordering="dated")
    def dated_shown(self, brief: Brief) -> str:
        return date_format(brief.dated) if brief.dated else ""

    @admin.display(description="saved", ordering="updated_at")
    def saved(self, brief: Brief) -> str:
        return date_format(timezone.localtime(brief.updated_at), "DATETIME_FORMAT")

    @admin.display(description="edition", ordering="public_edition")
    def edition(self, brief: Any) -> int | str:
        state = STATES.get(brief.public_kind)
        return f"{brief.public_edition}, {state}" if state else brief.public_edition or ""

    @admin.display(description="address")
    def address_shown(self, brief: Brief) -> str:
        return brief.slug

    @admin.display(description="cover image")
    def cover_shown(self, brief: Brief) -> str:
        picture = '<img class="cover-now" src="{}" alt="{}">'
        return format_html(picture, url_of(brief, "preview_cover"), brief.cover_alt)

    # Who may what

    def has_change_permission(self, request: HttpRequest, obj: Brief | None = None) -> bool:
        """`Brief.is_editable_by` decides. A form that was open when the stage moved is let through
        to be refused by itself, so that what was typed comes back instead of a bare 403."""
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        if request.method == "POST" and _at_form(request):
            return request.user.has_perm(EDIT_ALL) or obj.is_owned_by(request.user)
        return obj.is_editable_by(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Brief | None = None) -> bool:
        lived = obj is not None and obj.stage_changes.exists()
        return not lived and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Brief) -> None:
        revisions.forget(brief=obj)
        super().delete_model(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        brief = self.found(request, object_id)
        if brief.stage_changes.exists():
            sentence = "A brief with a history is never deleted. Discard it instead."
            messages.error(request, sentence)
            return HttpResponseRedirect(url_of(brief))
        return super().delete_view(request, object_id, extra_context)

    # The form

    def get_form(self, request: HttpRequest, obj: Brief | None = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        return type(form.__name__, (form,), {"user": request.user})

    def get_fieldsets(self, request: HttpRequest, obj: Brief | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            return as_read(obj)
        about = [(name, {"fields": fields, "classes": ("aside",)}) for name, fields in ABOUT]
        return [HEAD, TEXT, *about]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        taken: dict[str, Any] = {}
        if object_id and "_take" in request.POST:
            taken["typed"], request = typed(request.POST), earlier.asked_again(request)
        brief = self.found(request, object_id) if object_id else None
        context = self.surroundings(request, brief) if brief else {}
        context |= working.around(request, brief) | taken | (extra_context or {})
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except IntegrityError:
            # Another was saved while this form was looked at, with the same address or number.
            # Looked at once more, the form sees the other, and says so beside the field.
            return super().changeform_view(request, object_id, form_url, context)

    def render_change_form(self, request: HttpRequest, context: Any, **options: Any) -> Any:
        """A refusal that no correction of a field would lift asks for none."""
        errors = context["adminform"].form.errors
        if errors.keys() == {NON_FIELD_ERRORS}:
            context |= {"errors": "", "refusal": errors[NON_FIELD_ERRORS]}
        return super().render_change_form(request, context, **options)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        brief = self.found(request, object_id)
        context = {"changes": brief.stage_changes.select_related("by"), "title": "History"}
        return super().history_view(request, object_id, context | (extra_context or {}))

    def surroundings(self, request: HttpRequest, brief: Brief) -> dict[str, Any]:
        """What stands around the form: the stage, the verbs, what happened so far."""
        changes = brief.stage_changes.select_related("by")
        may_edit = brief.is_editable_by(request.user)
        unready = workflow.unready(brief) if brief.is_editable else ""
        context = {
            **notices.above_the_form(brief),
            **comments.beside_the_form(brief, request.user),
            "unready": unready,
            "stage_mark": stage_mark(brief.effective_stage),
            "verbs": verbs.buttons(brief, request.user, unready),
            "closed": "" if may_edit else why_closed(brief),
            "changes": changes[:SHOWN_CHANGES],
            "editions": brief.editions.order_by("-number"),
            "may_readdress": verbs.may_readdress(brief, request.user),
        }
        if request.method == "GET" and not may_edit:
            try:
                context["composition"] = compose(brief)
            except CompositionError as error:
                context["not_composed"] = str(error)
        return context

    def save_model(self, request: HttpRequest, obj: Brief, form: Any, change: bool) -> None:  # noqa: FBT001
        """An existing brief is saved with its rows, below, and only if something changed."""
        if not change:
            obj.created_by = request.user
            obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Whoever changes nothing, as when a verb's button saves first, has written nothing."""
        brief = form.instance
        changed = form.has_changed() or any(rows.has_changed() for rows in formsets)
        if change and changed:
            revisions.keep(brief=brief)
            brief.save()
        super().save_related(request, form, formsets, change)
        if changed or not change:
            self.settle_address(request, brief, form.cleaned_data.get("slug", ""))
            Contribution.note(brief=brief, by=request.user)
            revisions.record(brief=brief, by=request.user, comment="Saved at the desk")

    def settle_address(self, request: HttpRequest, brief: Brief, slug: str) -> None:
        if not Address.objects.filter(brief=brief).exists():
            if slug:
                Address.objects.create(brief=brief, slug=slug)
            else:
                create_with_slug(Address, brief.title, fallback=f"brief-{brief.pk}", brief=brief)
        elif slug and slug != Address.objects.of(brief).slug:
            try:
                with transaction.atomic():
                    workflow.readdress(brief=brief, by=request.user, slug=slug)
            except workflow.TransitionError as refusal:
                messages.warning(request, f"The address was not changed. {refusal}")

    def log_change(self, request: HttpRequest, obj: Brief, message: Any) -> Any:
        return super().log_change(request, obj, message) if message else None

    def response_add(
        self, request: HttpRequest, obj: Brief, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.after_save(request, obj)

    def response_change(self, request: HttpRequest, obj: Brief) -> HttpResponse:
        return self.after_save(request, obj)

    def after_save(self, request: HttpRequest, brief: Brief) -> HttpResponse:
        """A verb's button saves, then leads to the verb; the others stay with the text or leave."""
        working.settle(request)
        verb = request.POST.get("_verb")
        if verb in VERBS:
            return HttpResponseRedirect(verbs.verb_url(brief, verb))
        messages.success(request, "Saved.")
        if "_close" in request.POST:
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(url_of(brief))

    # Further pages

    def get_urls(self) -> list[Any]:
        def page(route: str, view: Any, name: str) -> Any:
            def bound(request: HttpRequest, **where: Any) -> Any:
                return view(self, request, **where)

            guarded = self.admin_site.admin_view(bound)
            return path(route, guarded, name=f"briefs_brief_{name}")

        return [
            page("manuscript/", manuscripts.upload, "manuscript"),
            page("picture/", pictures.upload, "picture_upload"),
            page("picture/<str:name>", pictures.show, "picture"),
            page("<int:pk>/address/", verbs.readdress, "address"),
            page("<int:pk>/comments/", comments.threads, "comments"),
            page("<int:pk>/comments/<int:comment>/<slug:act>/", comments.act, "comment"),
            page("<int:pk>/preview/", preview.page, "preview"),
            page("<int:pk>/preview/cover/", preview.cover, "preview_cover"),
            page("<int:pk>/preview/brief.pdf", preview.document, "preview_pdf"),
            *beside.routes(page),
            page("<int:pk>/verb/<slug:verb>/", verbs.confirm, "verb"),
            *(page(*route) for route in earlier.ROUTES),
            page("working-copy/", working.answer, "new_working_copy"),
            page("<int:pk>/working-copy/", working.answer, "working_copy"),
            *super().get_urls(),
        ]


def _at_form(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name == "briefs_brief_change"


def as_read(brief: Brief) -> list[Any]:
    """The fieldsets of a closed brief: what is empty needs no line."""
    about = ("centre", "series", "series_number", "dated", "language", "address_shown")
    small = ("disclaimer", "licence")
    filled = {name for name in (*about, *small) if getattr(brief, name, True)}
    return [
        (None, {"fields": ("title", "subtitle") if brief.subtitle else ("title",)}),
        (None, {"fields": ("summary",) if brief.summary else ()}),
        *(
            (title, {"fields": [name for name in names if name in filled], "classes": ("aside",)})
            for title, names in (("Publication", about), ("Small print", small))
        ),
        *([("Cover", {"fields": ("cover_shown",), "classes": ("aside",)})] if brief.cover else ()),
    ]


def stage_mark(stage: str) -> str:
    return format_html('<span class="stage {}">{}</span>', stage, Stage(stage).label)


def why_closed(brief: Brief) -> str:
    """Why the text cannot be changed now, and what would open it again."""
    return {
        Stage.IN_REVIEW: "With the editors. They return it to draft if you are to change it.",
        Stage.APPROVED: "Approved. An editor can return it to draft if it is to change.",
        Stage.SCHEDULED: "Scheduled, and frozen as it will appear. “Cancel schedule” opens it.",
        Stage.PUBLISHED: "Published. “Revise” opens the text; the edition stays public meanwhile.",
        Stage.WITHDRAWN: "Withdrawn for good. Its text cannot be changed any more.",
        Stage.DISCARDED: "Discarded. “Restore” opens it again.",
    }.get(brief.effective_stage, "You may read this draft but not change it.")
