"""The draft and its byline, as people edit them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django_prose_editor.widgets import ProseEditorWidget

from briefs import prose, workflow
from briefs.composition import RIGHT_TO_LEFT
from briefs.forms.conflict import Conflict, conflict, last_change
from briefs.forms.cover import CoverWidget, sealed, unsealed
from briefs.forms.fields import LinesField, stored_picture
from briefs.forms.pictures import picture_addresses
from briefs.models import Address, Brief, Byline, Institute, Source, Topic, User

# What the body's editor offers: what `prose.clean` lets through. Names are those of its modules.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Code": True,
    "Heading": {"levels": [2, 3, 4]},
    "HardBreak": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "TableBar": True,
    "Note": True,
    "Picture": True,
    "PictureCaption": True,
    "PictureFiles": True,
    "Kept": True,
    "Tongue": True,
    "PullQuote": True,
    "StoredForm": True,
    "Direction": True,
    "Paste": True,
}
# Written in the brief's language, so that they run as their own words do.
WRITTEN = ("title", "subtitle", "summary", "disclaimer", "cover_alt")
SHOWN_TOPICS = 300
LAST = 999  # the place of a row of the byline without a number


class BriefForm(forms.ModelForm):
    """A draft. `user` is set by the desk on a subclass."""

    user: User
    conflict: Conflict | None = None

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    uploaded = forms.CharField(required=False, widget=forms.HiddenInput)
    slug = forms.SlugField(
        label="Address",
        required=False,
        max_length=100,
        help_text="The end of the public address. Empty: made from the title.",
        error_messages={"invalid": "Enter a valid address: small letters, digits, hyphens."},
    )
    body = LinesField(label="Text", required=False)

    class Meta:
        model = Brief
        fields = (
            *("title", "subtitle", "summary", "language", "dated", "series", "series_number"),
            *("centre", "topics", "body", "disclaimer", "licence", "cover", "cover_alt"),
        )
        field_classes = dict.fromkeys(("summary", "disclaimer", "cover_alt"), LinesField) | {
            "cover": forms.FileField
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        brief = self.instance
        if "body" in self.fields:
            self.fields["body"].widget = body_widget(brief)
        for name in self.fields.keys() & WRITTEN:
            self.fields[name].widget.attrs["dir"] = "auto"
        if "language" in self.fields:
            self.fields["language"].widget.attrs["data-right-to-left"] = " ".join(
                sorted(RIGHT_TO_LEFT)
            )
        if "topics" in self.fields:
            self._offer_topics()
        if "title" in self.fields and not brief.pk:
            self.fields["title"].widget.attrs["autofocus"] = True
        if "cover" in self.fields:
            self._dress_cover()
        if brief.pk:
            self.initial |= {"seen": brief.token, "slug": brief.slug}
        else:
            self.initial.setdefault("disclaimer", Institute.load().default_disclaimer)
        if brief.pk and brief.was_frozen:
            self.fields["slug"].disabled = True
            self.fields[
                "slug"
            ].help_text = (
                "Was scheduled or published: a publisher changes it with “Change address”."
            )

    def _offer_topics(self) -> None:
        names = list(Topic.objects.order_by("name").values_list("name", flat=True)[:SHOWN_TOPICS])
        self.fields["topics"].help_text = format_html(
            "Separated by commas.{}", _unfolding("Topics in use", ", ".join(names))
        )

    def _dress_cover(self) -> None:
        cover = self.fields["cover"]
        cover.max_length = None  # stored by its content, not by its name
        cover.widget = CoverWidget(attrs={"aria-label": "Cover image", "accept": "image/*"})
        cover.widget.brief_id = self.instance.pk
        cover.widget.kept = bool(self.is_bound and unsealed(self.data.get("uploaded", "")))

    def clean_cover(self) -> Any:
        """What was uploaded is stored by now: its address goes along with a form that is refused."""
        given = self.cleaned_data["cover"]
        if isinstance(given, UploadedFile):
            given = stored_picture(given)
            self._keep_cover(sealed(given))
        elif given is False:
            self._keep_cover("")
        else:
            given = unsealed(self.data.get("uploaded", "")) or given
        return given

    def _keep_cover(self, seal: str) -> None:
        self.data = self.data.copy()
        self.data["uploaded"] = seal
        self.fields["cover"].widget.kept = bool(seal)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if not slug or slug == self.initial.get("slug"):
            return slug
        if not workflow.SLUG.fullmatch(slug):
            raise ValidationError("Small letters a–z, digits and single hyphens only.")
        if Address.objects.filter(slug=slug).exclude(brief=self.instance.pk).exists():
            raise ValidationError("Another brief has or had this address.")
        return slug

    def clean_topics(self) -> list[str]:
        names: list[str] = self.cleaned_data["topics"]
        if too_long := [name for name in names if len(name) > 100]:
            raise ValidationError(f"This topic is too long: “{too_long[0][:40]}…”")
        if self.user.has_perm("briefs.add_topic"):
            return names
        unknown = [name for name in names if not Topic.objects.filter(name__iexact=name).exists()]
        if unknown:
            raise ValidationError(_no_such_topics(unknown))
        return names

    def clean_body(self) -> str:
        """Only asks; the brief itself cleans what is stored."""
        body: str = self.cleaned_data["body"]
        try:
            keys = {cite.source for cite in prose.cited_sources(prose.clean(body))}
        except prose.ProseError as error:
            raise ValidationError(str(error)) from error
        if Source.objects.filter(pk__in=keys).count() < len(keys):
            raise ValidationError("A note cites a source that does not exist any more.")
        return body

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "cover" in cleaned:
            self._match_cover_and_words(cleaned)
        if self.instance.pk:
            self._refuse_what_others_changed(cleaned.get("seen", ""))
        return cleaned

    def _match_cover_and_words(self, cleaned: dict[str, Any]) -> None:
        cover, words = cleaned["cover"], cleaned.get("cover_alt", "")
        if cover is False:
            cleaned["cover_alt"] = ""
        elif cover and not words:
            self.add_error("cover_alt", "The cover needs an alternative text.")
        elif words and not cover:
            sentence = "There is no cover to describe: choose a picture, or empty this field."
            self.add_error("cover_alt", sentence)

    def _refuse_what_others_changed(self, seen: str) -> None:
        """Nothing is overwritten but knowingly: `over` is the token of the saved version whose
        differences were shown. What was typed stays in the form."""
        brief = Brief.objects.select_for_update(no_key=True).get(pk=self.instance.pk)
        if not brief.is_editable_by(self.user):
            raise ValidationError(
                f"{last_change(brief, self.user)[0]} It cannot be edited now. Nothing was saved; your text stands"
                " below.",
                code="closed",
            )
        if brief.token not in (seen, self.data.get("over")):
            self.conflict = conflict(self, brief, self.user)
            raise ValidationError(
                f"{self.conflict.told} Nothing of that was overwritten, and nothing of"
                " this was saved: your text still stands below.",
                code="changed",
            )


def _unfolding(summary: str, words: str) -> str:
    unfolding = "<details><summary>{}</summary>{}</details>"
    return format_html(unfolding, summary, words) if words else ""


def _no_such_topics(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    listed = " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
    if len(names) == 1:
        return f"There is no topic {listed} yet; ask an editor for it."
    return f"There are no topics {listed} yet; ask an editor for them."


def body_widget(brief: Brief) -> ProseEditorWidget:
    """The editor, knowing the names of the sources that this brief's notes cite."""
    cited = Source.objects.filter(citations__brief=brief.pk).distinct() if brief.pk else ()
    names = {str(source.pk): str(source) for source in cited}
    return ProseEditorWidget(
        config={
            "extensions": EXTENSIONS | {"Note": {"sources": names}, "Picture": picture_addresses()}
        },
        preset="configurable",
        attrs={"aria-label": "Text of the brief", "rows": 24},
    )


class BylineForm(forms.ModelForm):
    position = forms.IntegerField(
        label="Order",
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "order"}),
    )

    class Meta:
        model = Byline
        fields = ("author", "role", "affiliation", "position")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance.pk:
            self.initial["position"] = None
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label or ""
        for name in {"role", "affiliation"} & self.fields.keys():
            self.fields[name].widget.attrs["placeholder"] = f"{self.fields[name].label} as usual"

    def clean_position(self) -> int:
        """A row without a number comes last; the formset's order decides among several."""
        position: int | None = self.cleaned_data["position"]
        return LAST if position is None else position


class BylineFormSet(forms.BaseInlineFormSet):
    """Rows are numbered 1, 2, 3 … in the order that was given."""

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete this row"

    def rows(self) -> list[Any]:
        """The forms of those that stay, in the order that was given."""
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        rows = [form for form in kept if form.instance.pk or form.has_changed()]
        return sorted(rows, key=lambda form: form.cleaned_data.get("position", LAST))

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Renumbered rows are saved too, though nobody touched them."""
        rows = self.rows()
        for position, form in enumerate(rows, start=1):
            form.instance.position = position
        saved = super().save(commit)
        if commit and self.has_changed():
            Byline.objects.bulk_update([form.instance for form in rows], ["position"])
        return saved
