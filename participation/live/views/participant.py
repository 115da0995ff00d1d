"""The participant's phone, as pages: type the code, answer, write, support, see."""

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect, ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from participation.core.clients import too_fast
from participation.core.errors import ActionError, Invalid, TooFast, Unknown
from participation.core.forms import PlainTextField
from participation.core.ids import group_code
from participation.live import actions, asking, codes, queries, reports, scores, seats, shapes, words
from participation.live.actions.answers import Entry, commit
from participation.live.forms import MOST_STEPS, NOTE_LENGTH, whole
from participation.live.models import Attendance, Session, Step
from participation.live.protocol import ERRORS
from participation.live.seats import Sitter, person_at
from participation.live.shapes import State
from participation.people import participants
from participation.projects.actions import receipt_for
from surveys.models import Response
from surveys.recordings import with_recordings
from surveys.uploads import taken, upload

from . import own
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


class MeForm(forms.Form):
    """Who answers at this seat."""

    name = PlainTextField(most=Attendance.NAME_LENGTH, required=False)
    given_by = forms.ChoiceField(choices=Response.GivenBy.choices)
    people = forms.IntegerField(min_value=1, max_value=Attendance.MOST_PEOPLE, required=False)


@dataclass(frozen=True)
class Place:
    """Who of the people on this phone asks."""

    phone: uuid.UUID
    seat: int
    is_new: bool  # this phone has no cookie yet

    @property
    def person(self) -> uuid.UUID:
        return person_at(self.phone, self.seat)


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
    place = _place(request)
    if session.is_over:
        return render(request, "live/ended.html", _ended(request, session, place))
    if request.method == "POST":
        return _take(request, session, place)
    return _show(request, session, place)


def _place(request: HttpRequest) -> Place:
    """The seat is in the form or the address; the first when it says something strange."""
    is_new = settings.PARTICIPANT_COOKIE_NAME not in request.COOKIES
    asked = request.POST.get("seat") or request.GET.get("seat") or ""
    return Place(participants.identity(request), whole(asked, seats.MOST - 1) or 0, is_new)


# --- Taking part ------------------------------------------------------------------------------------


def _take(request: HttpRequest, session: Session, place: Place) -> HttpResponse:
    try:
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
    except ActionError as error:
        return _show(request, session, place, problem=error)
    step = request.POST.get("step", "") if session.at_own_pace else ""
    return redirect(_address(session, place, step))


def _address(session: Session, place: Place, step: str = "") -> str:
    """The room's page: this person's, and at one's own pace this step's."""
    address = reverse("live:room", args=[session.code])
    said = {"step": step, "seat": str(place.seat) if place.seat else ""}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{address}?{query}" if query else address


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
    return taken(request, version.questionnaire, str(key), _place(request).person)


def _answer(request: HttpRequest, session: Session, place: Place) -> None:
    found = queries.room(session.pk)
    step = found.asking(request.POST.get("question", ""))
    if step is None or step.question_id is None:
        raise Unknown
    language = _language()
    question = found.question(step, language)
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
        language,
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
    texts = (_public_id(request, "thread"), data["text"], data["name"], _language())
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


# --- Showing ----------------------------------------------------------------------------------------


def _show(
    request: HttpRequest, session: Session, place: Place, problem: ActionError | None = None
) -> HttpResponse:
    state, mine = queries.picture(session, shapes.PARTICIPANT, place.person)
    if state.room.is_removed(place.phone):
        return render(request, "live/removed.html", {"title": session.title(_language())}, status=403)
    step, way = state.room.current, None
    if session.at_own_pace:
        asked = request.POST.get("step") or request.GET.get("step") or ""
        at_step = queries.stop_of(session, place.person)
        way = own.way(state.room, mine, asked, at_step, _language())
        if way.step is None:
            return _through(request, session, place, way, scores.score(state.room, mine["answers"]))
        step, state = way.step, own.at(state, way.step, mine)
    told = own.may_know(step, mine) if way and step else None
    shape = shapes.step_shape(state.room, step, _language(), told=told) if step else None
    results = shapes.results_shape(state, shapes.PARTICIPANT, _language(), step)
    context = {
        "session": own.prepared(session),
        "state": state,
        "title": session.title(_language()),
        "step": shape,
        "results": shapes.readable(results, _language()),
        "way": way,
        "own": own.for_script(state.room, step, shape, results, _language())
        if way and step and shape
        else None,
        "mine": mine,
        "problem": problem,
        "words": words.participant(),
        "change": "change" in request.GET or problem is not None,
        **_asked(request, state, step, mine, results, problem),
        "quiz": _quiz(shape, results, mine),
        **_around(session, place),
        "is_about_me": request.POST.get("what") == "me",
    }
    return render(request, "live/participant.html", context, status=_status(problem) if problem else 200)


def _around(session: Session, place: Place) -> dict[str, Any]:
    """The people on this phone, and whose turn it is."""
    if place.is_new:
        found = [Sitter(seat) for seat in sorted({0, place.seat})]
    else:
        found = seats.sitters(session, place.phone, place.seat)
    free = [seat for seat in range(seats.MOST) if seat not in {each.seat for each in found}]
    return {
        "sitters": found,
        "sitter": next(each for each in found if each.seat == place.seat),
        "sitters_data": [asdict(each) for each in found],
        "next_seat": free[0] if free else None,
        "most_people": Attendance.MOST_PEOPLE,
        "most_seats": seats.MOST,
    }


def _asked(
    request: HttpRequest,
    state: State,
    step: Step | None,
    mine: queries.Mine,
    results: dict[str, Any] | None,
    problem: ActionError | None,
) -> dict[str, Any]:
    """The controls of a step, with what this person answered or just typed in them."""
    if step is None:
        return {}
    if (step.thread or step.type == Step.Type.TALK) and not step.question:
        return {
            "note_form": NoteForm(
                _typed_note(request, problem), initial={"key": uuid.uuid4()}, auto_id="note-%s"
            ),
            **(_notes(state, step, mine) if step.thread else _at_table(state, step, mine, results)),
        }
    if step.question is None:
        return {}
    question = state.room.question(step, _language())
    answer = mine["answers"].get(question.key)
    typed = request.POST if problem and request.POST.get("question") == question.key else None
    return {
        "note_form": NoteForm(
            _typed_note(request, problem), initial={"key": uuid.uuid4()}, auto_id="note-%s"
        ),
        "ask": asking.html(question, asking.form(question, typed, answer)),
        "has_file": asking.form(question).is_multipart(),
        "is_answered": answer is not None,
    }


def _quiz(shape: dict[str, Any] | None, results: Any, mine: queries.Mine) -> dict[str, Any]:
    """How this person did, once the results are there: `had_it` at a question, `place` at a scoreboard."""
    if shape is None or not results:
        return {}
    if shape["type"] == Step.Type.SCORES:
        return {
            "is_board": results["tally"]["of"] > 0,
            "place": scores.own_place(results["tally"], mine["answers"]),
        }
    question = shape["question"] or {}
    given, right = mine["answers"].get(question.get("key")), question.get("config", {}).get("right")
    return {"is_told": True, "had_it": given == right} if given and right else {}


def _typed_note(request: HttpRequest, problem: ActionError | None) -> Any:
    return request.POST if problem and request.POST.get("what") == "contribute" else None


def _notes(state: State, step: Step, mine: queries.Mine) -> dict[str, Any]:
    assert step.thread is not None
    return {
        "writes_in": step.thread.public_id,
        "waiting": _waiting(step.thread.public_id, mine),
        "supported": set(mine["supports"]),
        "groups": shapes.grouped(state.result.tally if state.result else {}, _language()),
    }


def _at_table(state: State, step: Step, mine: queries.Mine, results: dict[str, Any] | None) -> dict[str, Any]:
    """The notes of this person's table, or those of all tables once they are brought together."""
    tally = results["tally"] if results else {}
    own = tally.get("own")
    found = {"waiting": _waiting(own["id"], mine) if own else [], "supported": set(mine["supports"])}
    if step.results_shown and tally:
        elsewhere = [
            {**each, "is_elsewhere": not own or each["table"] != own["id"]} for each in tally["texts"]
        ]
        return {**found, "groups": shapes.by_table({**tally, "texts": elsewhere}, _language())}
    if state.room.session.at_own_pace:
        here = set(step.tables.values_list("thread__public_id", flat=True))
        return {"own_notes": [each["text"] for each in mine["contributions"] if each["thread"] in here]}
    if own is None:
        return found
    texts = shapes.translated(own["texts"], _language())
    return {**found, "writes_in": own["id"], "groups": [{"name": "", "n": own["n"], "texts": texts}]}


def _waiting(thread: str, mine: queries.Mine) -> list[dict[str, Any]]:
    return [each for each in mine["contributions"] if each["thread"] == thread and each["state"] == "pending"]


def _status(problem: ActionError) -> int:
    # Not 404 for what is gone: the language middleware would send that to the site's own "not found" page.
    return {"too_fast": 429, "closed": 409, "unknown": 409}.get(problem.code, 200)


def _through(
    request: HttpRequest, session: Session, place: Place, way: own.Way, score: tuple[int, int] | None
) -> HttpResponse:
    """The page after the last step, at one's own pace."""
    context = {
        "session": session,
        "title": session.title(_language()),
        "way": way,
        "score": score,
        "receipts": _receipts(session, _present(session, place)),
        "subscribe_address": _subscribe_address(session),
        **_around(session, place),
    }
    return render(request, "live/own_done.html", context)


def _present(session: Session, place: Place) -> list[Attendance]:
    """Who took part on this phone."""
    here = session.attendances.filter(participant__in=seats.people_of(place.phone))
    return list(here.select_related("participant").order_by("seat"))


def _receipts(session: Session, present: list[Attendance]) -> list[dict[str, Any]]:
    return [_receipt(session, each) for each in present] if session.project else []


def _subscribe_address(session: Session) -> str:
    """Where somebody asks for an e-mail when there is news; empty outside a project."""
    return _above("subscribe", session.project.public_id) if session.project else ""


def _ended(request: HttpRequest, session: Session, place: Place) -> dict[str, Any]:
    present = _present(session, place)
    language = _language()
    return {
        "session": session,
        "title": session.title(language),
        "report": reports.report(session, language, public=True),
        "receipts": _receipts(session, present),
        "subscribe_address": _subscribe_address(session),
        "took_part": bool(present),
        "has_captions": session.captions.exists(),
    }


def _receipt(session: Session, attendance: Attendance) -> dict[str, Any]:
    assert session.project is not None
    receipt = receipt_for(attendance.participant, session.project)
    return {
        "name": attendance.nickname,
        "number": attendance.seat + 1,
        "code": group_code(receipt.code),
        "address": _above("receipt", receipt.code),
    }


def _above(name: str, key: str) -> str:
    """A page of a room above this one."""
    try:
        return reverse(f"notifications:{name}", args=[key])
    except NoReverseMatch:
        return ""


def _language() -> str:
    return get_language() or "nl"
