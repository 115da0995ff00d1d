"""The participant's phone, as pages: type the code, answer, write, support, see."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from participation.core.clients import too_fast
from participation.core.errors import ActionError, Closed, Invalid, TooFast, Unknown
from participation.core.forms import PlainTextField
from participation.core.ids import group_code
from participation.live import actions, asking, codes, queries, shapes, words
from participation.live.actions.answers import Entry, commit
from participation.live.forms import NOTE_LENGTH
from participation.live.models import Session, Step
from participation.live.shapes import State
from participation.people import participants
from participation.projects.actions import receipt_for

from .doors import session_of, unknown

PER_PHONE = "60/m"


class NoteForm(forms.Form):
    """What somebody writes on a wall or to the stage. `key` makes a second press harmless."""

    text = PlainTextField(most=NOTE_LENGTH, widget=forms.Textarea({"rows": 3}))
    name = PlainTextField(most=60, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)


class SupportForm(forms.Form):
    contribution = forms.CharField(max_length=40)
    on = forms.ChoiceField(choices=[("0", ""), ("1", "")])


@never_cache
@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Type the code."""
    typed = request.GET.get("code", "")
    if not typed.strip():
        return render(request, "live/join.html")
    code = codes.normalise(typed)
    if session_of(request, code) is None:
        return unknown(request, typed)
    return redirect("live:room", code=code)


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, code: str) -> HttpResponse:
    """What the room is doing, and a place to take part in it."""
    session = session_of(request, code)
    if session is None:
        return unknown(request, code)
    person = participants.identity(request)
    if session.state == Session.State.ENDED:
        return render(request, "live/ended.html", _ended(request, session))
    if request.method == "POST":
        return _take(request, session, person)
    return _show(request, session, person)


# --- Taking part ------------------------------------------------------------------------------------


def _take(request: HttpRequest, session: Session, person: uuid.UUID) -> HttpResponse:
    try:
        if too_fast(request, "live.post", PER_PHONE, who=person.hex):
            raise TooFast
        handler = {"answer": _answer, "contribute": _contribute, "support": _support}.get(
            request.POST.get("what", "")
        )
        if handler is None:
            raise Unknown
        handler(request, session, person)
    except ActionError as error:
        return _show(request, session, person, problem=error)
    return redirect("live:room", code=session.code)


def _answer(request: HttpRequest, session: Session, person: uuid.UUID) -> None:
    found = queries.room(session.pk)
    step = found.asking(request.POST.get("question", ""))
    if step is None or step.question_id is None:
        raise Unknown
    language = _language()
    question = found.question(step, language)
    form = asking.form(question, request.POST)
    if not form.is_valid():
        raise Invalid(next(iter(form.errors.values()))[0], errors=form.errors)
    value = form.answers()[0][1]
    entry = Entry(person, None, language, step.question_id, value, actions.waits(question))
    _raise_if_refused(commit(session.pk, [entry])[0])


def _contribute(request: HttpRequest, session: Session, person: uuid.UUID) -> None:
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise Invalid(next(iter(form.errors.values()))[0], errors=form.errors)
    data = form.cleaned_data
    thread = request.POST.get("thread", "")
    _raise_if_refused(
        actions.contribute(session.pk, person, data["key"], thread, data["text"], data["name"], _language())
    )


def _support(request: HttpRequest, session: Session, person: uuid.UUID) -> None:
    form = SupportForm(request.POST)
    if not form.is_valid():
        raise Invalid
    data = form.cleaned_data
    _raise_if_refused(actions.support(session.pk, person, None, data["contribution"], data["on"] == "1"))


def _raise_if_refused(outcome: dict[str, Any]) -> None:
    if "code" in outcome:
        raise {"closed": Closed, "unknown": Unknown}.get(outcome["code"], Invalid)


# --- Showing ----------------------------------------------------------------------------------------


def _show(
    request: HttpRequest, session: Session, person: uuid.UUID, problem: ActionError | None = None
) -> HttpResponse:
    state, mine = queries.picture(session, shapes.PARTICIPANT, person)
    context = {
        "session": session,
        "state": state,
        "title": session.title(_language()),
        "step": shapes.step_shape(state.room, state.room.current, _language())
        if state.room.current
        else None,
        "results": shapes.results_shape(state, shapes.PARTICIPANT, _language()),
        "mine": mine,
        "problem": problem,
        "words": words.participant(),
        "change": "change" in request.GET or problem is not None,
        **_asked(request, state, mine, problem),
    }
    return render(request, "live/participant.html", context, status=_status(problem) if problem else 200)


def _asked(
    request: HttpRequest, state: State, mine: queries.Mine, problem: ActionError | None
) -> dict[str, Any]:
    """The controls of the present step, with what this person answered or just typed in them."""
    step = state.room.current
    if step is None:
        return {}
    if step.thread:
        typed = request.POST if problem and request.POST.get("what") == "contribute" else None
        return {
            "note_form": NoteForm(typed, initial={"key": uuid.uuid4()}, auto_id="note-%s"),
            **_notes(step, mine),
        }
    if step.question is None:
        return {}
    question = state.room.question(step, _language())
    answer = mine["answers"].get(question.key)
    typed = request.POST if problem and request.POST.get("question") == question.key else None
    return {
        "ask": asking.html(question, asking.form(question, typed, answer)),
        "is_answered": answer is not None,
    }


def _notes(step: Step, mine: queries.Mine) -> dict[str, Any]:
    waiting = [
        each
        for each in mine["contributions"]
        if step.thread and each["thread"] == step.thread.public_id and each["state"] == "pending"
    ]
    return {"waiting": waiting, "supported": set(mine["supports"])}


def _status(problem: ActionError) -> int:
    return {"too_fast": 429, "closed": 409, "unknown": 404}.get(problem.code, 200)


def _ended(request: HttpRequest, session: Session) -> dict[str, Any]:
    participant = participants.current(request)
    took_part = participant is not None and session.attendances.filter(participant=participant).exists()
    receipt = None
    if participant is not None and took_part and session.project is not None:
        receipt = receipt_for(participant, session.project)
    language = _language()
    return {
        "session": session,
        "title": session.title(language),
        "report": queries.report(session, language),
        "receipt": receipt,
        "receipt_code": group_code(receipt.code) if receipt else "",
        "receipt_address": _receipt_address(receipt.code) if receipt else "",
        "took_part": took_part,
    }


def _receipt_address(code: str) -> str:
    """The page belongs to a room above this one."""
    try:
        return reverse("notifications:receipt", args=[code])
    except NoReverseMatch:
        return ""


def _language() -> str:
    return get_language() or "nl"
