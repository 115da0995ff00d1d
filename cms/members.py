"""The staff page on which owners let people in: `staff/members/`."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from participation.core.errors import ActionError
from participation.organisations import staff_menu
from participation.organisations.models import Membership, Role
from participation.organisations.queries import members
from participation.organisations.staff import staff_required

from .actions import invite_member, remove_member

WHAT = {
    Role.OWNER: gettext_lazy("Everything, and letting others in"),
    Role.EDITOR: gettext_lazy("Pages, surveys and boards; answering ideas"),
    Role.FACILITATOR: gettext_lazy("Preparing and leading sessions"),
    Role.RESEARCHER: gettext_lazy("Evidence, needs, results and exports"),
    Role.MODERATOR: gettext_lazy("Approving and hiding what residents write"),
}


def roles() -> list[tuple[str, str]]:
    """In the reader's language, with what each may do."""
    return [(role.value, f"{role.label}: {WHAT[role]}") for role in Role]


class InviteForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("As colleagues see it."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=roles,
        initial=Role.EDITOR,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Role.OWNER)
def index(request: HttpRequest) -> HttpResponse:
    """Who works here, and a form to let somebody in."""
    organisation = request.organisation  # type: ignore[attr-defined]
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(
                organisation, **form.cleaned_data, actor=request.user, language=get_language() or "nl"
            )
        except ActionError as refusal:
            form.add_error(None, str(refusal.detail))
        else:
            messages.success(request, _("%(email)s works here now.") % {"email": form.cleaned_data["email"]})
            return redirect("members")
    context = {"staff_nav": staff_menu.menu(request), "members": members(organisation), "form": form}
    return render(request, "members/index.html", context)


@require_POST
@staff_required(Role.OWNER)
def remove(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Take a role away."""
    organisation = request.organisation  # type: ignore[attr-defined]
    membership = get_object_or_404(
        Membership.objects.select_related("user"), pk=membership_id, organisation=organisation
    )
    try:
        remove_member(organisation, membership.user, membership.role, request.user)
    except ActionError as refusal:
        messages.error(request, str(refusal.detail))
    else:
        messages.success(request, _("%(name)s no longer has that role.") % {"name": membership.user})
    return redirect("members")
