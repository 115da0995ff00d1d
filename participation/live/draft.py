"""A script as a room, without writing anything: for the preview of a page that was not published yet."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.blocks.stream_block import StreamValue

from participation.contributions.models import Thread
from surveys import media
from surveys.freeze import freeze_questions
from surveys.models import Question, QuestionnaireVersion

from . import shapes, slides, words
from .actions.script import steps_of
from .models import Session, Step
from .room import Room
from .shapes import PARTICIPANT

CODE = "000000"


def room_of(script: StreamValue, title: str, language: str, number: int) -> Room:
    """Running, with step `number` (from 1, or the nearest there is) open."""
    structure = freeze_questions(script, language)
    session = Session(
        code=CODE,
        name=title,
        labels={language: {"title": title}},
        source_language=language,
        state=Session.State.RUNNING,
        version=QuestionnaireVersion(structure=structure),
    )
    kinds = {each["key"]: each["kind"] for part in structure["sections"] for each in part["questions"]}
    steps = [_step(session, place, each, kinds) for place, each in enumerate(steps_of(script), 1)]
    if steps:
        session.current_id = min(max(number, 1), len(steps))
    shown = media.of(structure, [step.labels.get(slides.MEDIA) for step in steps])
    return Room(session, steps, shown)


def preview(
    request: HttpRequest, view: str, script: StreamValue, title: str, language: str, number: int
) -> HttpResponse:
    """One step as a phone or the projector shows it, with the way to the step before and after it."""
    room = room_of(script, title, language, number)
    step = room.current
    shape = shapes.step_shape(room, step, language) if step else None
    place = room.number(step) if step else 0
    context: dict[str, Any] = {
        "session": room.session,
        "title": title,
        "step": shape,
        "place": place,
        "of": len(room.steps),
        "previous": place - 1,
        "following": place + 1 if place < len(room.steps) else 0,
        "mode": request.preview_mode,  # type: ignore[attr-defined]
        "reader": getattr(request, "preview_reader", None) or language,
        "results": None,
    }
    if view == PARTICIPANT:
        context |= {"ask": room.ask_html(step, language) if step and step.question else ""}
        return render(request, "live/preview_phone.html", context)
    context |= {
        "heading": shapes.step_label(room, step, language) if step else title,
        "people": 0,
        "words": words.screen(),
        **words.nouns(None, 0, 0),
        "join_place": f"{request.get_host()}/join",
        "grouped_code": f"{CODE[:3]} {CODE[3:]}",
    }
    return render(request, "live/preview_screen.html", context)


def _step(session: Session, place: int, frozen: dict[str, Any], kinds: dict[str, str]) -> Step:
    is_question = frozen["type"] == Step.Type.QUESTION
    has_thread = frozen["type"] in (Step.Type.WALL, Step.Type.STAGE)
    labels = {session.source_language: frozen["words"]}
    if frozen.get(slides.MEDIA):
        labels[slides.MEDIA] = frozen[slides.MEDIA]
    return Step(
        pk=place,
        session=session,
        key=uuid.UUID(frozen["key"]),
        position=place,
        type=frozen["type"],
        question=Question(key=uuid.UUID(frozen["key"]), kind=kinds[frozen["key"]]) if is_question else None,
        thread=Thread(name=session.name) if has_thread else None,
        labels=labels,
        config=frozen.get("config") or {},
        is_open=True,
        results_shown=False,
    )
