"""Residents' screens: decode with a form, call an action, show."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participation.core import personal_data
from participation.core.errors import ActionError, TooFast
from participation.core.ids import group_code
from participation.people import participants
from participation.projects.actions import receipt_for

from . import actions, limits, permissions, queries
from .forms import BoardFilter, CommentForm, IdeaForm, SupportForm, WritingForm
from .models import Contribution, Thread
from .places import Place, place_of


def board_context(request: HttpRequest, thread: Thread) -> dict[str, Any]:
    """What `contributions/board.html` shows; also for the board page's `get_context`."""
    asked = BoardFilter(request.GET).asked()
    participant = participants.current(request)
    board = queries.board(thread, page=request.GET.get("page"), participant=participant, **asked)
    return {
        "thread": thread,
        "board": board,
        "asked": asked,
        "filtered": bool(asked["status"] or asked["search"]),
        "statuses": _statuses(board.counts, asked["status"]),
        "may_contribute": permissions.may_contribute(thread),
        "support_is_open": permissions.support_is_open(thread),
    }


def _statuses(counts: dict[str, int], asked: str) -> list[dict[str, Any]]:
    """The statuses worth a chip: those that occur, and the one asked for."""
    return [
        {"value": value, "label": label, "count": counts.get(value, 0)}
        for value, label in Contribution.Status.choices
        if counts.get(value) or value == asked
    ]


def board(request: HttpRequest, thread_id: str) -> HttpResponse:
    """To the board's page; the plain list for a thread that never had one."""
    thread, place = _thread(request, thread_id)
    if place.url != request.path:
        return redirect(place.url)
    return render(request, "contributions/board_page.html", board_context(request, thread))


def new(request: HttpRequest, thread_id: str) -> HttpResponse:
    """Write an idea; what looks personal or double is asked about before it is posted."""
    thread, place = _thread(request, thread_id)
    if not permissions.may_contribute(thread):
        written = {"text": request.POST.get("text", ""), "thread": thread, "place": place}
        return render(request, "contributions/closed.html", written)
    form = IdeaForm(request.POST or None, user=request.user)

    def again(form: WritingForm) -> HttpResponse:
        return render(request, "contributions/new.html", {"thread": thread, "place": place, "form": form})

    if request.method != "POST":
        return again(form)
    return _receive(request, form, thread, None, again)


def idea(request: HttpRequest, idea_id: str) -> HttpResponse:
    found, place = _idea(request, idea_id)
    return _show(request, found, place, CommentForm(user=request.user))


@require_POST
def comment(request: HttpRequest, idea_id: str) -> HttpResponse:
    found, place = _idea(request, idea_id)
    form = CommentForm(request.POST, user=request.user)
    return _receive(request, form, found.thread, found, lambda form: _show(request, found, place, form))


def _show(request: HttpRequest, found: Contribution, place: Place, form: WritingForm) -> HttpResponse:
    participant = participants.current(request)
    hidden = found.state == Contribution.State.HIDDEN
    context = {
        "idea": found,
        "place": place,
        "comments": queries.comments(found, participant, request.GET.get("page")),
        "replies": queries.replies(found),
        "hidden_because": queries.hidden_because(found) if hidden else None,
        "may_comment": permissions.may_comment(found),
        "support_is_open": permissions.support_is_open(found.thread),
        "may_take_back": permissions.may_take_back(found, participant),
        "may_read_all": permissions.may_read_all(request.user, found.organisation),
        "form": form,
    }
    return render(request, "contributions/idea.html", context)


def _receive(
    request: HttpRequest,
    form: WritingForm,
    thread: Thread,
    parent: Contribution | None,
    again: Callable[[WritingForm], HttpResponse],
) -> HttpResponse:
    """Three steps with one form: write, look once more where there is a reason to, post."""
    step = request.POST.get("step")
    if not form.is_valid() or step == "change":
        return again(form)
    if step != "post":
        doubts = {
            "personal": personal_data.find(form.words()),
            "similar": [] if parent else queries.similar(thread, form.cleaned_data["title"]),
        }
        if any(doubts.values()):
            context = doubts | {"form": form, "thread": thread, "parent": parent}
            return render(request, "contributions/check.html", context)
    try:
        made = _keep(request, form, thread, parent)
    except ActionError as error:
        form.add_error(None, error.detail)
        return again(form)
    return _thank(request, made)


def _keep(
    request: HttpRequest, form: WritingForm, thread: Thread, parent: Contribution | None
) -> Contribution:
    identity = participants.identity(request)
    limits.slow_down(request, identity, "comment" if parent else "idea")
    flag = limits.flag(request, form.is_trapped)
    with transaction.atomic():
        participant = participants.ensure(thread.organisation, identity, request.user)
        made = actions.contribute(
            thread,
            participant=participant,
            parent=parent,
            language=get_language() or "nl",
            flag=flag,
            **form.content(),
        )
        if thread.project:
            receipt_for(participant, thread.project)
    return made


def _thank(request: HttpRequest, made: Contribution) -> HttpResponse:
    if made.parent is None:
        return redirect("contributions:thanks", made.public_id)
    if made.state == Contribution.State.PENDING:
        messages.success(request, _("Thank you. We read your comment first, then everybody sees it."))
    else:
        messages.success(request, _("Thank you. Your comment is posted."))
    return redirect(
        reverse("contributions:idea", args=[made.parent.public_id]) + f"#comment-{made.public_id}"
    )


def thanks(request: HttpRequest, idea_id: str) -> HttpResponse:
    """For the writer only: it shows the code that opens everything this phone wrote in the project."""
    found, place = _idea(request, idea_id)
    participant = participants.current(request)
    if participant is None or found.participant_id != participant.pk:
        raise Http404
    project = found.thread.project
    receipt = receipt_for(participant, project) if project else None
    context = {
        "idea": found,
        "place": place,
        "receipt": receipt,
        "receipt_code": group_code(receipt.code) if receipt else "",
    }
    return render(request, "contributions/thanks.html", context)


@require_POST
def support(request: HttpRequest, idea_id: str) -> HttpResponse:
    """For or not any more; a script asks for JSON, a form goes back to where it was."""
    found, _place = _idea(request, idea_id)
    form = SupportForm(request.POST)
    if not form.is_valid():
        raise Http404
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    on = form.cleaned_data["on"]
    try:
        count = _support(request, found, on)
    except ActionError as error:
        if wants_json:
            status = 429 if isinstance(error, TooFast) else 409
            return JsonResponse({"code": error.code, "detail": str(error.detail)}, status=status)
        messages.error(request, str(error.detail))
    else:
        if wants_json:
            return JsonResponse({"on": on, "count": count})
    return _back(request, form.cleaned_data["next"], found)


def _support(request: HttpRequest, found: Contribution, on: bool) -> int:
    identity = participants.identity(request)
    limits.slow_down(request, identity, "support")
    with transaction.atomic():
        participant = participants.ensure(found.organisation, identity, request.user)
        return actions.support(found, participant, on)


def _back(request: HttpRequest, url: str, found: Contribution) -> HttpResponse:
    if url_has_allowed_host_and_scheme(url, allowed_hosts=None) and url.startswith("/"):
        return HttpResponseRedirect(f"{url.partition('#')[0]}#idea-{found.public_id}")
    return redirect("contributions:idea", found.public_id)


def take_back(request: HttpRequest, contribution_id: str) -> HttpResponse:
    """The writer removes an own idea or comment, after one question."""
    participant = participants.current(request)
    contribution = get_object_or_404(
        Contribution.objects.of(request.organisation).select_related("thread__project", "parent"),  # type: ignore[attr-defined]
        public_id=contribution_id,
    )
    if participant is None or not permissions.may_take_back(contribution, participant):
        raise Http404
    place = place_of(request, contribution.thread)
    if request.method != "POST":
        context = {"contribution": contribution, "back": _home(contribution, place.url)}
        return render(request, "contributions/take_back.html", context)
    back = place.url if contribution.parent is None else _home(contribution, place.url)
    actions.take_back(contribution, participant)
    messages.success(request, _("It is gone. Nobody can read it any more."))
    return redirect(back)


def _home(contribution: Contribution, place: str) -> str:
    """Where a text is read: a comment with its idea, an idea on its own, anything else at its thread's place."""
    if contribution.thread.kind != Thread.Kind.BOARD:
        return place
    return reverse("contributions:idea", args=[(contribution.parent or contribution).public_id])


def _thread(request: HttpRequest, public_id: str) -> tuple[Thread, Place]:
    """A board of the site's organisation; walls and stages are shown by their session."""
    boards = Thread.objects.of(request.organisation).filter(kind=Thread.Kind.BOARD)  # type: ignore[attr-defined]
    thread = get_object_or_404(boards.select_related("project", "organisation"), public_id=public_id)
    return thread, _open_place(request, thread)


def _idea(request: HttpRequest, public_id: str) -> tuple[Contribution, Place]:
    organisation = request.organisation  # type: ignore[attr-defined]
    found = queries.idea_for(organisation, public_id, participants.current(request))
    if found is None:
        raise Http404
    return found, _open_place(request, found.thread)


def _open_place(request: HttpRequest, thread: Thread) -> Place:
    place = place_of(request, thread)
    if not place.is_open:
        raise Http404
    return place
