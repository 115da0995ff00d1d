"""What residents and staff send: every input of a board passes one of these."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation.core.forms import PlainTextField

from .models import Contribution, Thread
from .queries import ORDERS


class WritingForm(forms.Form):
    """A text with a name if you like. `website` is a trap: people don't see it, robots fill it in.
    `client_id` is made with the form, so that two taps on the button are one text."""

    text = PlainTextField(most=Contribution.TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 6}))
    name = PlainTextField(
        label=_("Your name"),
        most=Contribution.NAME_LENGTH,
        required=False,
        help_text=_("Everybody sees it. You can leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    website = PlainTextField(
        label=_("Leave this empty"),
        most=500,
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        known = {"client_id": uuid.uuid4(), "name": getattr(user, "name", "")}
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def content(self) -> dict[str, Any]:
        """The fields that `actions.contribute` takes."""
        fields = ("title", "text", "name", "client_id")
        return {name: self.cleaned_data[name] for name in fields if name in self.cleaned_data}

    def words(self) -> str:
        """What others will read, as one text."""
        return "\n".join(self.cleaned_data.get(name, "") for name in ("title", "text"))


class IdeaForm(WritingForm):
    title = PlainTextField(
        label=_("Your idea in one line"),
        most=Contribution.TITLE_LENGTH,
        help_text=_("For example: benches on the square"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = PlainTextField(
        label=_("Tell us more"),
        most=Contribution.TEXT_LENGTH,
        help_text=_("What would it bring, and for whom? A few sentences are enough."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    field_order = ("title", "text", "name")


class CommentForm(WritingForm):
    text = PlainTextField(
        label=_("What do you think?"),
        most=Contribution.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SupportForm(forms.Form):
    """`on` is 1 or 0; `next` is where the reader came from."""

    on = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")
    next = forms.CharField(required=False, max_length=2000)


class BoardFilter(forms.Form):
    """What a reader asks of a board; what makes no sense is left out, never an error."""

    order = forms.ChoiceField(choices=[(order, order) for order in ORDERS], required=False)
    status = forms.ChoiceField(choices=Contribution.Status, required=False)
    search = PlainTextField(label=_("Search in the ideas"), most=100, required=False)

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class StaffFilter(BoardFilter):
    field_order = ("search", "thread", "status", "state", "order")
    state = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[("", _("All")), *Contribution.State.choices[:3]],
        required=False,
    )
    thread = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Thread.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Everywhere"),
    )

    def __init__(self, *args: Any, threads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thread"].queryset = threads  # type: ignore[attr-defined]
        self.fields["status"].choices = [("", _("All")), *Contribution.Status.choices]  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """The organisation's answer; without a text only the status changes."""

    status = forms.ChoiceField(
        label=_("Where does this idea stand?"), choices=Contribution.Status, widget=forms.RadioSelect
    )
    text = PlainTextField(
        label=pgettext_lazy("of the organisation", "Your answer"),
        most=Contribution.TEXT_LENGTH,
        required=False,
        help_text=_(
            "Everybody reads it, in the name of the organisation. Say what you do, when, or why not."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
