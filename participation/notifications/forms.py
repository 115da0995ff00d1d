"""What residents type here: a code, an address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.core.ids import ALPHABET, normalise_code


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_(
            "Thirteen letters and digits, for example ABCD-EFGH-JKMNP. Capitals and dashes don't matter."
        ),
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "inputmode": "text",
            }
        ),
    )

    def clean_code(self) -> str:
        code = normalise_code(self.cleaned_data["code"])
        strange = sorted({character for character in code if character not in ALPHABET})
        if strange:
            raise forms.ValidationError(
                _("Our codes have no %(letters)s. Look again: it may be another letter or digit.")
                % {"letters": ", ".join(strange)}
            )
        if len(code) != 13:
            raise forms.ValidationError(
                _("A code has 13 letters and digits; this one has %(n)s.") % {"n": len(code)}
            )
        return code


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only for news about this project. You can stop with one click."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
