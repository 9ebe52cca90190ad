"""A brief as it is being typed: the posted form becomes a draft that can be composed, and nothing is
saved. What saving would do to the rows is done to them here in memory."""

from django.db.models import prefetch_related_objects

from briefs.composition import CompositionError, Draft, draft_of
from briefs.forms.brief import WRITTEN, BriefForm, BylineFormSet
from briefs.models import Address, Brief, Byline, Topic
from briefs.models.slugs import free_slug, slug_from


class UnsavedForm(BriefForm):
    """Asks of what was typed all but whether it may be saved now."""

    def _refuse_what_others_changed(self, seen: str) -> None:
        """Nothing is overwritten by being looked at, and no row need be locked."""


def as_typed(form: UnsavedForm, byline: BylineFormSet) -> Draft:
    """The draft that saving would leave. What cannot be saved stands as typed, or as it is stored.
    Raises CompositionError for a text that cannot be composed."""
    if "body" in form.errors:
        raise CompositionError(" ".join(form.errors["body"]))
    brief = form.instance
    for name in form.errors.keys() & WRITTEN:
        setattr(brief, name, form.data.get(name, "").strip())
    return draft_of(
        brief,
        byline=_rows(byline),
        topics=_topics(form.cleaned_data.get("topics", ())),
        address=_address(brief, form.cleaned_data.get("slug", "")),
    )


def amiss(form: UnsavedForm, byline: BylineFormSet) -> str:
    """What stands in the way of saving this, as a sentence; empty where nothing does."""
    names = [str(form[name].label) for name in form.fields if name in form.errors]
    names += ["Byline"] if byline.total_error_count() else []
    fields = f"Before this can be saved, see to: {', '.join(names)}." if names else ""
    return " ".join([*filter(None, [fields]), *form.non_field_errors()])


def _rows(byline: BylineFormSet) -> list[Byline]:
    rows = [row.instance for row in byline.rows() if row.instance.author_id]
    prefetch_related_objects(rows, "author__centre")
    return rows


def _topics(names: list[str]) -> list[Topic]:
    """Those that there are, whatever the case of their letters, and those that saving would make."""
    found: dict[str, Topic] = {}
    for name in names:
        topic = Topic.objects.filter(name__iexact=name).order_by("pk").first()
        topic = topic or Topic(name=name, slug=slug_from(name, fallback="topic"))
        found.setdefault(topic.name.casefold(), topic)
    return list(found.values())


def _address(brief: Brief, slug: str) -> Address:
    slug = slug or (brief.slug if brief.pk else "")
    return Address(slug=slug or free_slug(Address, brief.title, fallback="brief"))
