"""What readers and moderators send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.core.forms import PlainTextField

from .actions import NOTE_LENGTH
from .models import Reason


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Reason, widget=forms.RadioSelect)
    note = PlainTextField(
        label=_("Do you want to add something?"),
        most=NOTE_LENGTH,
        required=False,
        help_text=_("Only staff read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HideForm(forms.Form):
    """Why nobody may see it; the writer reads both."""

    reason = forms.ChoiceField(label=_("Why do you hide it?"), choices=Reason, widget=forms.RadioSelect)
    note = PlainTextField(
        label=_("A word to the writer"),
        most=NOTE_LENGTH,
        required=False,
        help_text=_("Say what would make it fit. The writer reads this together with the reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutcomeFilter(forms.Form):
    outcome = forms.ChoiceField(choices=[("approved", ""), ("hidden", "")], required=False)

    def asked(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("outcome") or ""
