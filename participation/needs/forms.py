"""What staff fill in. The choices are those of one organisation."""

import uuid
from collections import defaultdict
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.core import personal_data
from participation.core.forms import PlainTextField
from participation.live.models import Session
from participation.organisations.models import Organisation
from participation.projects.models import Admission, Project

from .actions import KEEP_FOR
from .models import Backing, FieldNote, Need, Theme
from .wording import name_in


def projects_to_write_in(organisation: Organisation) -> Any:
    """Own projects, and those that let us contribute."""
    admitted = Q(
        pk__in=Admission.objects.filter(organisation=organisation, level=Admission.Level.CONTRIBUTE).values(
            "project"
        )
    )
    return Project.objects.filter(Q(organisation=organisation) | admitted).order_by("name")


def area(rows: int = 3, **attrs: Any) -> forms.Textarea:
    return forms.Textarea({"rows": rows, **attrs})


class NoteForm(forms.Form):
    """On a phone, in under a minute. Only the words themselves and the date have to be there."""

    verbatim = PlainTextField(
        label=_("What was said, word for word"),
        help_text=_("In their own words, as you would tell it to a colleague. Leave names out."),
        widget=area(5, autocapitalize="sentences"),
    )
    role = forms.ChoiceField(
        label=_("Who said it?"), choices=FieldNote.Role.choices, help_text=_("Never a name.")
    )
    place = forms.CharField(label=_("Where?"), max_length=120, required=False)
    context = forms.CharField(
        label=_("What was going on?"),
        max_length=200,
        required=False,
        help_text=_("For example: at the coffee table, after the reading hour."),
    )
    heard_on = forms.DateField(label=_("When?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    consent = forms.BooleanField(label=_("They know that we keep this, and why"), required=False)
    project = forms.ModelChoiceField(
        label=_("For which project?"), queryset=Project.objects.none(), required=False, empty_label=_("None")
    )
    interpretation = PlainTextField(
        label=_("What do you make of it?"),
        required=False,
        widget=area(),
        help_text=_("Your own thoughts. They are kept apart from the words."),
    )
    workaround = PlainTextField(
        label=_("How do people manage now?"),
        required=False,
        widget=area(2),
        help_text=_("What you saw them do because what they need is not there."),
    )
    keep_until = forms.DateField(
        label=_("Keep until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Two years when you leave it empty. Then the note and its quotes are removed."),
    )
    confirmed = forms.BooleanField(
        label=_("I looked at it again: this says nothing about one person"), required=False
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    MORE = ("context", "interpretation", "workaround", "project", "keep_until")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        today = timezone.localdate()
        start = {"heard_on": today, "client_id": uuid.uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=start, **kwargs)  # type: ignore[misc]
        self.fields["project"].queryset = projects_to_write_in(organisation)  # type: ignore[attr-defined]
        self.fields["heard_on"].widget.attrs["max"] = f"{today:%Y-%m-%d}"
        self.looks_personal = False

    def clean_heard_on(self) -> Any:
        heard_on = self.cleaned_data["heard_on"]
        if heard_on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return heard_on

    def clean_keep_until(self) -> Any:
        keep_until = self.cleaned_data["keep_until"]
        if keep_until and keep_until < timezone.localdate():
            raise forms.ValidationError(_("This day is over: the note would be removed at once."))
        if keep_until and keep_until > timezone.localdate() + 5 * KEEP_FOR:
            raise forms.ValidationError(_("That is longer than ten years."))
        return keep_until

    def clean(self) -> None:
        """A person looks again at what seems to be personal; they may say that it isn't."""
        for name in ("verbatim", "interpretation", "workaround", "context", "place"):
            for found in self._personal(self.cleaned_data.get(name) or ""):
                self.looks_personal = True
                if not self.cleaned_data.get("confirmed"):
                    self.add_error(
                        name, _("This looks like personal data: %(found)s. Take it out.") % {"found": found}
                    )

    def _personal(self, text: str) -> list[str]:
        found = [f"{each.label} ({each.text})" for each in personal_data.find(text)]
        name = name_in(text)
        return [*found, str(_("a name (%(name)s)") % {"name": name})] if name else found

    def save_arguments(self) -> dict[str, Any]:
        """The keyword arguments of `actions.add_note`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "confirmed"}


def need_choices(organisation: Organisation, kind: str = "", without: Need | None = None) -> list[Any]:
    """Needs to choose from, by theme."""
    rows = Need.objects.visible_to(organisation).select_related("theme").order_by("sentence")
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for need in rows:
        if need != without and kind in ("", need.kind):
            theme = need.theme.name if need.theme else ""
            groups[theme].append((need.public_id, need.sentence))
    return [("", "—")] + [(name or _("Without a theme"), groups[name]) for name in sorted(groups)]


class QuoteForm(forms.Form):
    """A fragment, and what it says about a need: an existing one, a new one, or none yet."""

    fragment = forms.CharField(
        label=_("The words you quote"),
        widget=area(),
        help_text=_("Select them in the text, or type them exactly as they stand there."),
    )
    need = forms.ChoiceField(label=_("Evidence for which need?"), required=False)
    new_need = PlainTextField(
        label=_("The new need in one sentence"),
        most=500,
        required=False,
        widget=area(2),
        help_text=_("[group] wants [progress] when [situation]"),
    )
    new_kind = forms.ChoiceField(
        label=_("What kind of need is the new one?"),
        choices=Need.Kind.choices,
        required=False,
        initial=Need.Kind.MANIFEST,
    )
    stance = forms.ChoiceField(
        label=_("Do these words speak for or against it?"),
        choices=Backing.Stance.choices,
        initial=Backing.Stance.FOR,
        widget=forms.RadioSelect,
    )
    why = PlainTextField(label=_("Why?"), most=1000, required=False, widget=area(2))
    is_public = forms.BooleanField(
        label=_("Residents may read this quote: nobody can be recognised"), required=False
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = need_choices(organisation)  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.cleaned_data.get("need") and self.cleaned_data.get("new_need"):
            self.add_error("new_need", _("Choose a need or write a new one, not both."))


class NeedForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of need?"),
        choices=Need.Kind.choices,
        initial=Need.Kind.MANIFEST,
        widget=forms.RadioSelect,
    )
    sentence = PlainTextField(
        label=_("The need in one sentence"),
        most=500,
        widget=area(3),
        help_text=_(
            "For people: [group] wants [progress] when [situation]. "
            "For a community: in [place] people want [how it should be], now it is [how it is]."
        ),
    )
    because = PlainTextField(
        label=_("Because …"),
        most=1000,
        required=False,
        widget=area(2),
        help_text=_("What makes you think so."),
    )
    theme = forms.ModelChoiceField(label=_("Theme"), queryset=Theme.objects.none(), required=False)
    new_theme = PlainTextField(label=_("Or a new theme"), most=80, required=False, widget=forms.TextInput())
    fundamental = forms.ChoiceField(
        label=_("Which fundamental need does it touch?"),
        choices=[("", "—"), *Need.Fundamental.choices],
        required=False,
        help_text=_("One of the nine that all people share (Max-Neef). Only when you know."),
    )
    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = Theme.objects.of(organisation)  # type: ignore[attr-defined]
        self.fields["project"].queryset = projects_to_write_in(organisation)  # type: ignore[attr-defined]


class BehindForm(forms.Form):
    """From one need to the other kind: what lies behind it, or what stands in front of it."""

    other = forms.ChoiceField(label=_("A need that is already there"), required=False)
    new_need = PlainTextField(
        label=_("Or a new need, in one sentence"), most=500, required=False, widget=area(2)
    )
    step_1 = PlainTextField(
        label=_("Why does that matter to people?"), most=500, required=False, widget=area(2)
    )
    step_2 = PlainTextField(label=_("And why does that matter?"), most=500, required=False, widget=area(2))
    step_3 = PlainTextField(label=_("And why does that?"), most=500, required=False, widget=area(2))
    why = PlainTextField(
        label=_("So this is what lies behind it, because …"), most=1000, required=False, widget=area(2)
    )

    def __init__(self, *args: Any, organisation: Organisation, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manifest = need.kind == Need.Kind.MANIFEST
        self.other_kind = Need.Kind.LATENT if manifest else Need.Kind.MANIFEST
        self.fields["other"].choices = need_choices(  # type: ignore[attr-defined]
            organisation, self.other_kind, without=need
        )

    @property
    def ladder(self) -> list[str]:
        return [self.cleaned_data[name] for name in ("step_1", "step_2", "step_3")]

    def clean(self) -> None:
        if bool(self.cleaned_data.get("other")) == bool(self.cleaned_data.get("new_need")):
            self.add_error("other", _("Choose a need, or write a new one."))


class ShowForm(forms.Form):
    """Which quotes residents may read, and the promise that somebody looked."""

    quotes = forms.MultipleChoiceField(
        label=_("Quotes that residents may read"), required=False, widget=forms.CheckboxSelectMultiple
    )
    checked = forms.BooleanField(
        label=_("I read the sentence and every quote I chose: nobody can be recognised"),
        error_messages={"required": _("Read them first, and tick this.")},
    )

    def __init__(self, *args: Any, backings: list[Backing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quotes"].choices = [  # type: ignore[attr-defined]
            (backing.evidence.public_id, f"“{backing.evidence.quote}”") for backing in backings
        ]


class WhyNotForm(forms.Form):
    why_not = PlainTextField(
        label=_("Why we don't take this up"),
        most=2000,
        required=False,
        widget=area(3),
        help_text=_("Residents who said this read it with their code. Leave it empty to take it back."),
    )


class SourceFilter(forms.Form):
    """What the list of texts is narrowed to; anything else in the address is ignored."""

    kind = forms.ChoiceField(
        choices=[("", ""), ("answer", ""), ("contribution", ""), ("note", "")], required=False
    )
    state = forms.ChoiceField(choices=[("", ""), ("new", ""), ("quoted", ""), ("read", "")], required=False)
    project = forms.ModelChoiceField(
        label=_("Project"),
        queryset=Project.objects.none(),
        required=False,
        empty_label=_("All projects"),
        to_field_name="public_id",
    )
    session = forms.ModelChoiceField(
        queryset=Session.objects.none(),
        required=False,
        to_field_name="code",
        widget=forms.HiddenInput,
    )
    search = PlainTextField(
        label=_("Search in the words"), most=200, required=False, widget=forms.TextInput({"type": "search"})
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.visible_to(organisation)  # type: ignore[attr-defined]
        self.fields["session"].queryset = Session.objects.visible_to(organisation)  # type: ignore[attr-defined]
