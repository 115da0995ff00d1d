"""A reader's report, and the queue in which staff decide: one text at a time."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participation.contributions import limits
from participation.contributions.models import Contribution, Thread
from participation.contributions.places import place_of
from participation.core import personal_data
from participation.core.errors import ActionError
from participation.organisations import staff_menu
from participation.organisations.models import Organisation, Role
from participation.organisations.staff import staff_required
from participation.people import participants

from . import actions, queries
from .forms import HideForm, OutcomeFilter, ReportForm
from .models import Decision

moderators = staff_required(Role.MODERATOR, Role.FACILITATOR)


def report(request: HttpRequest, contribution_id: str) -> HttpResponse:
    """Tell staff to look at a text."""
    visible = Contribution.objects.of(_organisation(request)).visible()
    contribution = get_object_or_404(
        visible.select_related("thread__organisation", "parent"), public_id=contribution_id
    )
    back = _where(request, contribution)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _reported(request, contribution, form):
        messages.success(request, _("Thank you. A member of staff will look at it."))
        return redirect(back)
    context = {"contribution": contribution, "form": form, "back": back}
    return render(request, "moderation/report.html", context)


def _where(request: HttpRequest, contribution: Contribution) -> str:
    """The idea's own page; a note on a wall has none. A board that is offline for this reader is unknown."""
    place = place_of(request, contribution.thread)
    if not place.is_open:
        raise Http404
    if contribution.thread.kind != Thread.Kind.BOARD:
        return place.url
    return reverse("contributions:idea", args=[(contribution.parent or contribution).public_id])


def _reported(request: HttpRequest, contribution: Contribution, form: ReportForm) -> bool:
    identity = participants.identity(request)
    try:
        limits.slow_down(request, identity, "report")
        with transaction.atomic():
            participant = participants.ensure(_organisation(request), identity, request.user)
            actions.report(contribution, participant=participant, **form.cleaned_data)
    except ActionError as error:
        form.add_error(None, error.detail)
        return False
    return True


@moderators
def queue(request: HttpRequest) -> HttpResponse:
    organisation = _organisation(request)
    item = queries.next_item(
        request.user, organisation, wanted=request.GET.get("item", ""), after=request.GET.get("after", "")
    )
    return _show(request, item, HideForm())


def _show(request: HttpRequest, item: Contribution | None, form: HideForm) -> HttpResponse:
    organisation = _organisation(request)
    context = {
        "staff_nav": staff_menu.menu(request),
        "item": item,
        "form": form,
        "left": queries.count(request.user, organisation),
        "last": queries.my_last(request.user, organisation),
        "reports": queries.open_reports(item) if item else [],
        "personal": personal_data.find(f"{item.title}\n{item.text}\n{item.name}") if item else [],
        "place": place_of(request, item.thread) if item else None,
    }
    return render(request, "moderation/queue.html", context)


@moderators
@require_POST
def approve(request: HttpRequest, contribution_id: str) -> HttpResponse:
    contribution = _contribution(request, contribution_id)
    try:
        actions.approve(contribution, actor=request.user)
    except ActionError as error:
        messages.error(request, str(error.detail))
    else:
        messages.success(request, _("Approved. Everybody can read it."))
    return _on(contribution_id)


@moderators
@require_POST
def hide(request: HttpRequest, contribution_id: str) -> HttpResponse:
    contribution = _contribution(request, contribution_id)
    form = HideForm(request.POST)
    if not form.is_valid():
        return _show(request, contribution, form)
    try:
        actions.hide(contribution, actor=request.user, **form.cleaned_data)
    except ActionError as error:
        messages.error(request, str(error.detail))
    else:
        messages.success(request, _("Hidden. The writer can read why."))
    return _on(contribution_id)


@moderators
@require_POST
def undo(request: HttpRequest, decision_id: str) -> HttpResponse:
    own = Decision.objects.of(_organisation(request)).select_related("contribution")
    decision = get_object_or_404(own, public_id=decision_id)
    item = decision.contribution.public_id
    try:
        actions.undo(decision, actor=request.user)
    except ActionError as error:
        messages.error(request, str(error.detail))
    else:
        messages.success(request, _("Undone. It is as it was before."))
    return redirect(reverse("moderation:queue") + f"?item={item}")


@moderators
def decided(request: HttpRequest) -> HttpResponse:
    outcome = OutcomeFilter(request.GET).asked()
    context: dict[str, Any] = {
        "staff_nav": staff_menu.menu(request),
        "outcome": outcome,
        "decisions": queries.decided(
            request.user, _organisation(request), outcome=outcome, page=request.GET.get("page")
        ),
    }
    return render(request, "moderation/decided.html", context)


def _on(passed: str) -> HttpResponse:
    """To what waits behind the one just decided; at the end, to what was skipped."""
    return redirect(reverse("moderation:queue") + f"?after={passed}")


def _organisation(request: HttpRequest) -> Organisation:
    return request.organisation  # type: ignore[attr-defined]


def _contribution(request: HttpRequest, public_id: str) -> Contribution:
    own = Contribution.objects.of(_organisation(request)).select_related(
        "thread__organisation", "organisation"
    )
    return get_object_or_404(own, public_id=public_id)
