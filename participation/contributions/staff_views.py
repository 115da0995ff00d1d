"""Ideas as staff see them: every thread, every state, and the organisation's answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from participation.core.errors import ActionError
from participation.organisations import staff_menu
from participation.organisations.staff import staff_required

from . import actions, permissions, queries
from .forms import ReplyForm, StaffFilter
from .models import Contribution
from .places import place_of


@staff_required()
def ideas(request: HttpRequest) -> HttpResponse:
    organisation = request.organisation  # type: ignore[attr-defined]
    form = StaffFilter(request.GET, threads=queries.threads(organisation))
    asked = form.asked()
    context = {
        "staff_nav": staff_menu.menu(request),
        "form": form,
        "ideas": queries.staff_list(organisation, page=request.GET.get("page"), **asked),
        "filtered": any(asked.values()),
    }
    return render(request, "contributions/staff_ideas.html", context)


@staff_required()
def idea(request: HttpRequest, idea_id: str) -> HttpResponse:
    found = queries.staff_idea(request.organisation, idea_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    may_reply = permissions.may_reply(request.user, found)
    form = ReplyForm(request.POST or None, initial={"status": found.status}) if may_reply else None
    if request.method == "POST" and form and form.is_valid() and _answered(request, found, form):
        return redirect("contributions:staff_idea", found.public_id)
    return render(request, "contributions/staff_idea.html", _context(request, found, form))


def _answered(request: HttpRequest, found: Contribution, form: ReplyForm) -> bool:
    status, text = form.cleaned_data["status"], form.cleaned_data["text"]
    try:
        if text:
            actions.reply(found, text=text, status=status, actor=request.user)
        else:
            actions.set_status(found, status=status, actor=request.user)
    except ActionError as error:
        form.add_error(None, error.detail)
        return False
    messages.success(request, _("Your answer is online.") if text else _("The idea has a new status."))
    return True


def _context(request: HttpRequest, found: Contribution, form: ReplyForm | None) -> dict[str, Any]:
    return {
        "staff_nav": staff_menu.menu(request),
        "idea": found,
        "place": place_of(request, found.thread),
        "comments": queries.staff_comments(found, request.GET.get("page")),
        "replies": queries.replies(found),
        "may_moderate": permissions.may_moderate(request.user, found.thread),
        "decision": queries.hidden_because(found),
        "form": form,
    }
