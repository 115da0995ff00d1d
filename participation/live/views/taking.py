"""What a phone sends with a form: an answer, a text, a support, a name. Without a script this is the only way."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from participation.core.clients import too_fast
from participation.core.errors import Invalid, TooFast, Unknown
from participation.core.forms import PlainTextField
from participation.live import actions, asking, queries
from participation.live.actions.answers import Entry, commit
from participation.live.forms import MOST_STEPS, NOTE_LENGTH, whole
from participation.live.models import Attendance, Session
from participation.live.protocol import ERRORS
from surveys.models import Response
from surveys.recordings import with_recordings
from surveys.uploads import taken, upload

from .doors import session_of, unknown
from .place import Place, language, place_of

PER_PHONE = "60/m"


class NoteForm(forms.Form):
    """What somebody writes on a wall or to the stage. `key` makes a second press harmless."""

    text = PlainTextField(most=NOTE_LENGTH, widget=forms.Textarea({"rows": 3}))
    name = PlainTextField(most=60, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)


class SupportForm(forms.Form):
    contribution = forms.CharField(max_length=40)
    on = forms.ChoiceField(choices=[("0", ""), ("1", "")])


class MeForm(forms.Form):
    """Who answers at this seat."""

    name = PlainTextField(most=Attendance.NAME_LENGTH, required=False)
    given_by = forms.ChoiceField(choices=Response.GivenBy.choices)
    people = forms.IntegerField(min_value=1, max_value=Attendance.MOST_PEOPLE, required=False)


def take(request: HttpRequest, session: Session, place: Place) -> None:
    """Do what the form says. Raises an ActionError."""
    if too_fast(request, "live.post", PER_PHONE, who=place.phone.hex):
        raise TooFast
    handler = {
        "answer": _answer,
        "contribute": _contribute,
        "support": _support,
        "me": _me,
        "go": _go,
        "take_seat": _take_seat,
        "take_notes": _take_notes,
    }.get(request.POST.get("what", ""))
    if handler is None:
        raise Unknown
    handler(request, session, place)


@csrf_exempt
def record(request: HttpRequest, code: str, key: uuid.UUID) -> HttpResponse:
    """A recording by itself, from a page with a script. What is far too large is refused before it is read."""
    return upload(request, lambda: _record(request, code, key))


@never_cache
@csrf_protect
def _record(request: HttpRequest, code: str, key: uuid.UUID) -> HttpResponse:
    session = session_of(request, code)
    if session is None:
        return unknown(request, code)
    version = queries.room(session.pk).session.version
    if version is None:
        return HttpResponse(status=404)
    return taken(request, version.questionnaire, str(key), place_of(request).person)


def _answer(request: HttpRequest, session: Session, place: Place) -> None:
    found = queries.room(session.pk)
    step = found.asking(request.POST.get("question", ""))
    if step is None or step.question_id is None:
        raise Unknown
    question = found.question(step, language())
    data: Any = request.POST
    wrong: dict[str, str] = {}
    if request.FILES and found.session.version:
        questionnaire = found.session.version.questionnaire
        data, wrong = with_recordings(request, questionnaire, [question], place.person)
    form = asking.form(question, data)
    if wrong:
        raise Invalid(next(iter(wrong.values())))
    if not form.is_valid():
        raise Invalid(next(iter(form.errors.values()))[0], errors=form.errors)
    value = form.answers()[0][1]
    entry = Entry(
        place.person,
        None,
        language(),
        step.question_id,
        value,
        actions.waits(question),
        place.phone,
        place.seat,
    )
    _raise_if_refused(commit(session.pk, [entry])[0])


def _contribute(request: HttpRequest, session: Session, place: Place) -> None:
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise Invalid(next(iter(form.errors.values()))[0], errors=form.errors)
    data = form.cleaned_data
    texts = (_public_id(request, "thread"), data["text"], data["name"], language())
    _raise_if_refused(actions.contribute(session.pk, place.phone, data["key"], *texts, seat=place.seat))


def _support(request: HttpRequest, session: Session, place: Place) -> None:
    form = SupportForm(request.POST)
    if not form.is_valid():
        raise Invalid
    data = form.cleaned_data
    on = data["on"] == "1"
    _raise_if_refused(
        actions.support(session.pk, place.phone, None, data["contribution"], on, seat=place.seat)
    )


def _me(request: HttpRequest, session: Session, place: Place) -> None:
    form = MeForm(request.POST)
    if not form.is_valid():
        raise Invalid(next(iter(form.errors.values()))[0], errors=form.errors)
    data = form.cleaned_data
    actions.introduce(
        session.pk,
        place.phone,
        None,
        seat=place.seat,
        name=data["name"],
        given_by=data["given_by"],
        people=data["people"] or 1,
    )


def _take_seat(request: HttpRequest, session: Session, place: Place) -> None:
    key, table = _step_key(request), _public_id(request, "table")
    _raise_if_refused(actions.take_seat(session.pk, place.phone, None, key, table, seat=place.seat))


def _take_notes(request: HttpRequest, session: Session, place: Place) -> None:
    key, on = _step_key(request), request.POST.get("on") == "1"
    _raise_if_refused(actions.take_notes(session.pk, place.phone, None, key, on, seat=place.seat))


def _public_id(request: HttpRequest, name: str) -> str:
    """Which thread a form means; empty when it names none."""
    text = request.POST.get(name, "")
    if text and not (text.isascii() and text.isalnum()):
        raise Unknown
    return text


def _step_key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("step", ""))
    except ValueError:
        raise Unknown from None


def _go(request: HttpRequest, session: Session, place: Place) -> None:
    """On or back, at one's own pace. Past the last step there is nothing to remember."""
    room = queries.room(session.pk)
    number = whole(request.POST.get("step", ""), MOST_STEPS)
    if number is None:
        raise Unknown
    if 1 <= number <= len(room.steps):
        key = str(room.steps[number - 1].key)
        actions.go_to(session.pk, place.phone, key, seat=place.seat)


def _raise_if_refused(outcome: dict[str, Any]) -> None:
    if "code" in outcome:
        raise ERRORS[outcome["code"]]
