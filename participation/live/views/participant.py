"""The participant's phone, as pages: type the code, answer, write, support, see."""

import uuid
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from participation.core.errors import ActionError
from participation.live import asking, codes, queries, scores, seats, shapes, words
from participation.live.models import Attendance, Session, Step
from participation.live.seats import Sitter
from participation.live.shapes import State

from . import after, own
from .doors import session_of, unknown
from .place import Place, address_of, language, place_of
from .taking import NoteForm, take


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
    place = place_of(request)
    if session.is_over:
        return after.ended(request, session, place)
    if request.method == "POST":
        try:
            take(request, session, place)
        except ActionError as error:
            return _show(request, session, place, problem=error)
        step = request.POST.get("step", "") if session.at_own_pace else ""
        return redirect(address_of(session, place, step))
    return _show(request, session, place)


def _show(
    request: HttpRequest, session: Session, place: Place, problem: ActionError | None = None
) -> HttpResponse:
    state, mine = queries.picture(session, shapes.PARTICIPANT, place.person)
    if state.room.is_removed(place.phone):
        return render(request, "live/removed.html", {"title": session.title(language())}, status=403)
    step, way = state.room.current, None
    if session.at_own_pace:
        asked = request.POST.get("step") or request.GET.get("step") or ""
        at_step = queries.stop_of(session, place.person)
        way = own.way(state.room, mine, asked, at_step, language())
        if way.step is None:
            score = scores.score(state.room, mine["answers"])
            return after.through(request, session, place, way=way, score=score, **_around(session, place))
        step, state = way.step, own.at(state, way.step, mine)
    told = own.may_know(step, mine) if way and step else None
    shape = shapes.step_shape(state.room, step, language(), told=told) if step else None
    results = shapes.results_shape(state, shapes.PARTICIPANT, language(), step)
    context = {
        "session": own.prepared(session),
        "state": state,
        "title": session.title(language()),
        "step": shape,
        "results": shapes.readable(results, language()),
        "way": way,
        "own": own.for_script(state.room, step, shape, results, language())
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
    question = state.room.question(step, language())
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
        "groups": shapes.grouped(state.result.tally if state.result else {}, language()),
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
        return {**found, "groups": shapes.by_table({**tally, "texts": elsewhere}, language())}
    if state.room.session.at_own_pace:
        here = set(step.tables.values_list("thread__public_id", flat=True))
        return {"own_notes": [each["text"] for each in mine["contributions"] if each["thread"] in here]}
    if own is None:
        return found
    texts = shapes.translated(own["texts"], language())
    return {**found, "writes_in": own["id"], "groups": [{"name": "", "n": own["n"], "texts": texts}]}


def _waiting(thread: str, mine: queries.Mine) -> list[dict[str, Any]]:
    return [each for each in mine["contributions"] if each["thread"] == thread and each["state"] == "pending"]


def _status(problem: ActionError) -> int:
    # Not 404 for what is gone: the language middleware would send that to the site's own "not found" page.
    return {"too_fast": 429, "closed": 409, "unknown": 409}.get(problem.code, 200)
