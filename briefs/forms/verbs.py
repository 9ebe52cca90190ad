"""Confirmation of a verb: what it needs to know, and the act itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from briefs import workflow
from briefs.forms.fields import InstituteTimeField, LinesField
from briefs.models import Brief, Edition, Institute, StageChange, User
from briefs.stages import LATER_KINDS, Verb


class VerbForm(forms.Form):
    """Confirmation of one verb on the brief as it was looked at (`seen`)."""

    seen = forms.CharField(widget=forms.HiddenInput)
    comment = LinesField(
        required=False,
        max_length=2000,
        help_text="For your colleagues; kept in the brief's history.",
    )

    def __init__(self, *args: Any, brief: Brief, by: User, verb: Verb, **options: Any) -> None:
        super().__init__(*args, label_suffix="", initial={"seen": brief.token}, **options)
        self.brief, self.by, self.verb = brief, by, verb
        self.fields["comment"].widget.attrs["rows"] = 3

    def clean_seen(self) -> str:
        seen: str = self.cleaned_data["seen"]
        if seen != self.brief.token:
            raise ValidationError(workflow.CHANGED, code="changed")
        return seen

    def process(self) -> StageChange:
        """Raises TransitionError."""
        given = {name: self.cleaned_data.get(name) for name in ("at", "kind")}
        comment = self.cleaned_data["comment"]
        return workflow.perform(
            self.verb.name, brief=self.brief, by=self.by, comment=comment, **given
        )


KINDS = {
    "typo": "Typo – a slip of the pen that changed no meaning",
    "correction": "Correction – something was wrong and is now right",
    "update": "Update – something new; the date may move",
    "retraction": "Retraction – the text stays, with a notice that it no longer stands",
}


def kind_field() -> forms.ChoiceField:
    choices = [(kind.value, KINDS[kind.value]) for kind in LATER_KINDS]
    return forms.ChoiceField(
        label="What this edition is", choices=choices, widget=forms.RadioSelect
    )


def say_what_changed(form: VerbForm) -> None:
    """A later edition tells its readers what it is and what changed."""
    form.fields["kind"] = kind_field()
    form.fields["comment"].required = True
    form.fields["comment"].label = "What changed, and why"
    form.fields["comment"].help_text = "Readers will see this on the page and in the PDF."
    form.order_fields(["at", "kind", "comment"])


class CorrectForm(VerbForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say_what_changed(self)


class ReturnForm(VerbForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["comment"].required = True
        self.fields["comment"].label = "What is to be changed"
        self.fields["comment"].help_text = "Its authors find this at the top of the brief."


class WithdrawForm(VerbForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["comment"].required = True
        self.fields["comment"].label = "Notice"
        self.fields["comment"].help_text = "Readers will see this in place of the text, for ever."


class ScheduleForm(VerbForm):
    at = InstituteTimeField(label="Public from")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        zone = Institute.load().time_zone
        self.fields["at"].help_text = f"By the institute's clock ({zone.replace('_', ' ')})."
        pending = Edition.objects.pending().filter(brief=self.brief).first()
        if Edition.objects.public().filter(brief=self.brief).exists():
            say_what_changed(self)
        self.order_fields(["at"])
        if pending:
            self.initial |= {
                "at": pending.public_from,
                "kind": pending.kind,
                "comment": pending.change_note,
            }


VERB_FORMS = {
    "return": ReturnForm,
    "schedule": ScheduleForm,
    "correct": CorrectForm,
    "withdraw": WithdrawForm,
}


def verb_form(verb: Verb) -> type[VerbForm]:
    return VERB_FORMS.get(verb.name, VerbForm)


class ReaddressForm(forms.Form):
    """Another address for what was scheduled or published, as it was looked at (`seen`)."""

    seen = forms.CharField(widget=forms.HiddenInput)
    slug = forms.SlugField(label="New address", max_length=100)
    comment = LinesField(
        required=False, max_length=2000, help_text=VerbForm.base_fields["comment"].help_text
    )

    def __init__(self, *args: Any, brief: Brief, by: User, **options: Any) -> None:
        super().__init__(
            *args, label_suffix="", initial={"slug": brief.slug, "seen": brief.token}, **options
        )
        self.brief, self.by = brief, by
        self.fields["comment"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("seen") != self.brief.token:
            raise ValidationError(workflow.CHANGED, code="changed")
        return cleaned

    def process(self) -> StageChange | None:
        """Raises TransitionError."""
        slug, comment = self.cleaned_data["slug"], self.cleaned_data["comment"]
        return workflow.readdress(brief=self.brief, by=self.by, slug=slug, comment=comment)
