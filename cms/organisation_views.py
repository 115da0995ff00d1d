"""For superusers: the organisations of this installation, and a form that makes one."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Site

from participation.core.errors import ActionError
from participation.organisations.models import Organisation
from participation.people.actions import invite
from participation.people.models import User

from .actions import create_organisation


class OrganisationForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy("Small letters without blanks, for example “lelystad”. It can't be changed."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Organisation.Kind.choices)
    hostname = forms.CharField(
        label=gettext_lazy("Address of the site"),
        max_length=255,
        help_text=gettext_lazy("For example: meedoen.bibliotheek.example, without https://"),
    )
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535, initial=443)
    is_default = forms.BooleanField(
        label=gettext_lazy("Also answers on addresses no other site has"), required=False
    )
    owner_email = forms.EmailField(
        label=gettext_lazy("E-mail address of the owner"),
        help_text=gettext_lazy("They get a mail, and let their colleagues in."),
    )


def index(request: HttpRequest) -> HttpResponse:
    """All organisations with their sites."""
    if not request.user.is_superuser:
        raise PermissionDenied
    organisations = Organisation.objects.select_related("site")
    return render(request, "cms/admin/organisations.html", {"organisations": organisations})


def new(request: HttpRequest) -> HttpResponse:
    """Make one: site, pages, groups and the first owner."""
    if not request.user.is_superuser:
        raise PermissionDenied
    form = OrganisationForm(
        request.POST or None, initial={"is_default": not Site.objects.filter(is_default_site=True).exists()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = create_organisation(**form.cleaned_data, actor=request.user)
        except ActionError as refusal:
            form.add_error(None, str(refusal.detail))
        else:
            invite(User.objects.get(email=form.cleaned_data["owner_email"].lower()), made, actor=request.user)
            messages.success(request, _("%(name)s has its site now.") % {"name": made.name})
            return redirect("organisations")
    return render(request, "cms/admin/organisation_new.html", {"form": form})
