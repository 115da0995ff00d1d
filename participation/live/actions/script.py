"""From a session's page to a session: publishing, translating, and taking a newer script."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.blocks.stream_block import StreamValue

from participation.contributions.actions import publish_board
from participation.contributions.models import Thread
from participation.core import audit
from participation.core.errors import Forbidden, Unknown
from participation.live import codes, permissions, slides
from participation.live.models import Session, Step
from participation.live.tables import NAME
from participation.organisations.models import Organisation
from participation.projects.models import Project
from surveys import kinds, media
from surveys.actions import add_translation as translate_questionnaire
from surveys.actions import publish_questionnaire, set_collector
from surveys.freeze import freeze_questions
from surveys.models import Collector, Question, QuestionnaireVersion

from . import statements, tables
from .gate import announce, lock, raise_rev

# {"version": QuestionnaireVersion id, "steps": [{"key", "type", "words": {...}, "approve_first", perhaps "media": {...},
# perhaps "config": {...} and "tables": [{"key", "name", "link", "phone"}]}]}
Script = dict[str, Any]
SPACE = 20  # between the positions of the page's steps, for those that are inserted in the room


@transaction.atomic
def publish_session(
    *,
    organisation: Organisation,
    project: Project | None,
    page_key: uuid.UUID,
    name: str,
    script: StreamValue,
    language: str,
    pacing: str = Session.Pacing.LIVE,
    starts_at: datetime | None = None,
    is_private: bool = False,
    screen_is_public: bool = True,
    actor: Any = None,
    code: str | None = None,
) -> Session:
    """The session of this page, made (with a join code) or brought up to date. Publishing the same again changes nothing.

    `script` holds question blocks, and those of `live.blocks`. A page in another language than the first one's adds its
    words. A room that has begun keeps its script until the facilitator takes the new one; an ended
    one keeps it for good. `code` asks for a certain code that must be free."""
    if not permissions.may_publish(actor, organisation):
        raise Forbidden
    session = Session.objects.filter(page_key=page_key).first()
    if session is not None:
        if session.organisation_id != organisation.pk:
            raise Forbidden
        session = lock(session.pk)
        if session.source_language != language:
            return add_translation(session, script, language, name)
    settings = {
        "project": project,
        "name": name,
        "pacing": pacing,
        "starts_at": starts_at,
        "is_private": is_private,
        "screen_is_public": screen_is_public,
    }
    if session is None:
        session = Session(organisation=organisation, page_key=page_key, source_language=language)
        session.code = codes.issue(code)
        _set(session, labels={language: {"title": name}}, **settings)
        session.save()
        audit.record(organisation, actor, "live.publish", session)
    return _bring_up_to_date(session, settings, script, actor)


@transaction.atomic
def add_translation(session: Session, script: StreamValue, language: str, title: str) -> Session:
    """The words of a translated page, beside those we have; what it leaves out is shown in the first language."""
    session = lock(session.pk)
    if session.version is None or language == session.source_language:
        return session
    translate_questionnaire(session.version.questionnaire, freeze_questions(script, language))
    translated = {each["key"]: each for each in steps_of(script)}
    media.check(session.organisation, list(translated.values()))
    for step in session.steps.all():
        if str(step.key) in translated and not step.inserted:
            other = translated[str(step.key)]
            step.labels[language] = other["words"]
            if slides.MEDIA in step.labels:
                shown = slides.captions_in(step.labels[slides.MEDIA], language, other.get(slides.MEDIA, {}))
                step.labels[slides.MEDIA] = shown
            step.save(update_fields=["labels"])
    session.labels[language] = {"title": title}
    raise_rev(session, room=True, labels=session.labels)
    announce(session)
    return session


def take_new_version(session: Session, *, actor: Any) -> None:
    """Put the script that waits in the room; the present step stays when it is still there. `session` is locked."""
    if session.waiting is None:
        raise Unknown
    _apply(session, session.waiting, actor)
    session.script, session.waiting = session.waiting, None
    session.save(update_fields=["script", "waiting"])


# --- Freezing ---------------------------------------------------------------------------------------


def _frozen(session: Session, script: StreamValue, actor: Any) -> Script:
    structure = freeze_questions(script, session.source_language)
    steps = list(steps_of(script))
    media.check(session.organisation, steps)
    _keep_inserted(session, structure)
    statements.keep(session, structure)
    version = republish(session, structure, actor)
    return {"version": version.pk, "steps": steps}


def _keep_inserted(session: Session, structure: dict[str, Any]) -> bool:
    """Questions that were made in the room stay asked: their answers are there. True when one was missing."""
    if session.version is None:
        return False
    old, asked = session.version.structure, structure["sections"][0]["questions"]
    inserted = {
        str(key) for key in session.steps.filter(inserted=True).values_list("question__key", flat=True) if key
    } - {question["key"] for question in asked}
    for question in (each for section in old["sections"] for each in section["questions"]):
        if question["key"] in inserted:
            asked.append(question)
            for language, labels in old["labels"].items():
                kept = {key: labels[key] for key in _keys_of(question) if key in labels}
                structure["labels"].setdefault(language, {}).update(kept)
    return bool(inserted)


def _keys_of(question: dict[str, Any]) -> Iterable[str]:
    yield question["key"]
    for value in question["config"].values():
        if isinstance(value, list):
            yield from (each["key"] for each in value if isinstance(each, dict) and "key" in each)


def steps_of(script: StreamValue) -> Iterable[dict[str, Any]]:
    """What the room keeps of each block of a page's script, in order."""
    for block in script:
        is_question = block.block_type in kinds.all_kinds()
        yield {
            "key": str(block.id),
            "type": Step.Type.QUESTION.value if is_question else block.block_type,
            "words": {} if is_question else _words(block.value),
            "approve_first": not is_question and bool(block.value.get("approve_first")),
            **_media(block, is_question),
            **(_talk(block.value) if block.block_type == Step.Type.TALK else {}),
        }


def _words(value: Any) -> dict[str, str]:
    return {name: str(value[name]) for name in ("label", "title", "text", "place") if value.get(name)} | {
        f"{NAME}{child.id}": str(child.value["name"])
        for child in (value["tables"].bound_blocks if "tables" in value else ())
        if child.value.get("name")
    }


def _talk(value: Any) -> dict[str, Any]:
    """How tables are made, and which there are: none yet when the number of people decides."""
    listed = [
        {"key": child.id, **{name: str(child.value.get(name) or "") for name in ("name", "link", "phone")}}
        for child in value["tables"].bound_blocks
    ]
    config = {"by": value["by"], "approve_first": bool(value["approve_first"])}
    if not listed and value["size"]:
        config["size"] = value["size"]
    return {"config": config, "tables": listed or tables.numbered(value["count"] or 0)}


def _media(block: StreamValue.StreamChild, is_question: bool) -> dict[str, Any]:
    """A question's own are in its version."""
    found = {} if is_question else slides.frozen(block.value)
    return {slides.MEDIA: found} if found else {}


# --- Applying ---------------------------------------------------------------------------------------


def _bring_up_to_date(session: Session, settings: dict[str, Any], stream: StreamValue, actor: Any) -> Session:
    labels = {**session.labels, session.source_language: {"title": settings["name"]}}
    wanted = {**settings, "labels": labels}
    changes = {field: value for field, value in wanted.items() if getattr(session, field) != value}
    if changes:
        audit.record(session.organisation, actor, "live.settings", session)
        _set(session, **changes)
    changes |= _new_script(session, _frozen(session, stream, actor), actor)
    if changes:
        raise_rev(session, room=True, **changes)
        announce(session)
    return session


def _new_script(session: Session, script: Script, actor: Any) -> dict[str, Any]:
    """What changes with it: the room itself before it begins, else only what waits."""
    if session.state == Session.State.LOBBY and script != session.script:
        _apply(session, script, actor)
        return {"script": script, "waiting": None}
    if session.state in (Session.State.RUNNING, Session.State.PAUSED):
        waiting = script if script != session.script else None
        return {"waiting": waiting} if waiting != session.waiting else {}
    return {}


def _set(session: Session, **values: Any) -> None:
    for field, value in values.items():
        setattr(session, field, value)


def _apply(session: Session, script: Script, actor: Any) -> None:
    version = QuestionnaireVersion.objects.select_related("questionnaire").get(pk=script["version"])
    kept = _keep_inserted(session, version.structure)  # made after this version was published
    if statements.keep(session, version.structure) or kept:
        version = republish(session, version.structure, actor)
    session.version = version
    session.collector = set_collector(version.questionnaire, Collector.Channel.LIVE, actor=actor)
    known = {str(step.key): step for step in session.steps.all()}
    questions = {str(each.key): each for each in version.questionnaire.questions.all()}
    configs = {
        each["key"]: each["config"] for part in version.structure["sections"] for each in part["questions"]
    }
    wanted = {each["key"] for each in script["steps"]}
    for index, each in enumerate(script["steps"], 1):
        step = known.get(each["key"]) or Step(session=session, key=each["key"])
        _write(step, index * SPACE, each, questions.get(each["key"]), configs.get(each["key"], {}), actor)
    gone = [step for key, step in known.items() if key not in wanted and not step.inserted]
    if session.current_id in {step.pk for step in gone}:
        session.current = session.steps.exclude(pk__in=[step.pk for step in gone]).first()
    session.save(update_fields=["version", "collector", "current"])
    Step.objects.filter(pk__in=[step.pk for step in gone]).delete()


def _write(
    step: Step,
    position: int,
    wanted: dict[str, Any],
    question: Question | None,
    config: dict[str, Any],
    actor: Any,
) -> None:
    is_new = step.pk is None
    step.position, step.type, step.question = position, wanted["type"], question
    step.labels = {**step.labels, step.session.source_language: wanted["words"]}
    before = step.labels.pop(slides.MEDIA, {})
    if wanted.get(slides.MEDIA):
        step.labels[slides.MEDIA] = slides.with_translated(wanted[slides.MEDIA], before)
    if step.type in (Step.Type.WALL, Step.Type.STAGE):
        step.thread = make_thread(step, wanted, actor)
        if is_new:
            step.results_shown = True  # notes appear as they come, unless the facilitator hides them
    elif step.type == Step.Type.TALK:
        step.config = {
            **wanted["config"],
            **{name: step.config[name] for name in ("mix",) if name in step.config},
        }
    elif step.type == Step.Type.SCORES and is_new:
        step.results_shown = True
    elif question is not None and statements.may_add(config):
        step.thread = make_thread(step, wanted, actor)
    step.save()
    if step.type == Step.Type.TALK:
        tables.set_tables(step, wanted["tables"], wanted["approve_first"], actor)


def republish(session: Session, structure: dict[str, Any], actor: Any) -> QuestionnaireVersion:
    """The session's questionnaire with a change that was made in the room."""
    return publish_questionnaire(
        organisation=session.organisation,
        project=session.project,
        page_key=session.page_key,
        name=session.name,
        structure=structure,
        actor=actor,
    )


def make_thread(step: Step, wanted: dict[str, Any], actor: Any) -> Thread:
    """Where people write at this step: notes, questions to the stage, or statements of their own."""
    session = step.session
    is_question = step.type == Step.Type.QUESTION
    return publish_board(
        organisation=session.organisation,
        project=session.project,
        # A copied page keeps its blocks' ids: the session's own key keeps their walls apart.
        page_key=uuid.uuid5(session.page_key, str(step.key)),
        name=wanted["words"].get("label") or session.name,
        approve_first=is_question or wanted["approve_first"],
        kind=Thread.Kind.STATEMENTS if is_question else step.type,
        actor=actor,
    )
