"""A member of staff's own account in the admin."""

from django import forms

from participation.people.models import User


class NameForm(forms.ModelForm):
    """Wagtail asks for a first and a last name, which nobody has here."""

    class Meta:
        model = User
        fields = ("name",)
