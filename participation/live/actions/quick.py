"""Changing the script in the room: a quick question without the page editor, a typing error mended, a statement that
a resident added."""

import copy
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from participation.contributions.models import Thread
from participation.core.errors import Invalid, Unknown
from participation.live.forms import FlagField, TextField, WholeNumberField
from participation.live.models import MOST_TABLES, Session, Step
from participation.live.room import LANGUAGES
from surveys import kinds
from surveys.models import Question, QuestionnaireVersion

from . import seating, statements, tables
from .gate import announce, is_writing, lock, raise_rev, writing
from .script import make_thread, republish

Structure = dict[str, Any]
MAKEABLE = (Step.Type.QUESTION, Step.Type.SLIDE, Step.Type.WALL, Step.Type.STAGE, Step.Type.TALK)
USUAL_TABLES = 4
WORDS: dict[str, tuple[str, ...]] = {
    Step.Type.SLIDE: ("title", "text"),
    Step.Type.TALK: ("label", "text"),
    Step.Type.SCORES: ("title",),
}


class OptionsField(forms.Field):
    """A list of short texts; empty ones are left out."""

    def to_python(self, value: Any) -> list[str]:
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > 20 or not all(isinstance(each, str) for each in value):
            raise forms.ValidationError("options", code="invalid")
        return [each.strip() for each in value if each.strip()]

    def validate(self, value: list[str]) -> None:
        if any(len(each) > 200 for each in value):
            raise forms.ValidationError("options", code="invalid")


class QuickForm(forms.Form):
    """`text` is the question, or what a wall, stage or conversation is about; on a slide it stands below the `title`."""

    type = TextField(max_length=8, required=False)
    kind = TextField(max_length=40, required=False)
    title = TextField(max_length=120, required=False)
    text = TextField(max_length=600, required=False)
    options = OptionsField(required=False)
    approve_first = FlagField(required=False)
    tables = WholeNumberField(least=2, most=MOST_TABLES, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["type"] = data.get("type") or Step.Type.QUESTION.value
        is_slide = data["type"] == Step.Type.SLIDE
        if data["type"] not in MAKEABLE or not data.get("title" if is_slide else "text"):
            raise forms.ValidationError("text", code="required")
        if not is_slide and len(data["text"]) > 300:
            raise forms.ValidationError("text", code="max_length")
        if data["type"] == Step.Type.QUESTION and not data.get("kind"):
            raise forms.ValidationError("kind", code="required")
        return data


def insert(session: Session, args: dict[str, Any], actor: Any) -> Step:
    """A new step after the present one, open: a question of any kind that needs no more than a text and options, a
    slide, a wall, a stage, or a conversation for which everybody is given a table."""
    step = Step(
        session=session,
        key=uuid.uuid4(),
        position=_room_after(session),
        type=args["type"],
        is_open=args["type"] != Step.Type.SLIDE,
        inserted=True,
    )
    if step.type == Step.Type.QUESTION:
        step.question = _new_question(session, str(step.key), args, actor)
    else:
        words = {"title": args["title"], "text": args["text"]} if step.type == Step.Type.SLIDE else {}
        words = words or {"label": args["text"]}
        step.labels = {session.source_language: {name: text for name, text in words.items() if text}}
    if step.type in (Step.Type.WALL, Step.Type.STAGE):
        wanted = {"words": words, "approve_first": args["approve_first"]}
        step.thread, step.results_shown = make_thread(step, wanted, actor), True
    if step.type == Step.Type.TALK:
        step.config = {"by": Step.Seating.RANDOM.value, "approve_first": args["approve_first"]}
    step.save()
    if step.type == Step.Type.TALK:
        listed = tables.numbered(args["tables"] or USUAL_TABLES)
        tables.set_tables(step, listed, args["approve_first"], actor)
        seating.seat(session, step)
    return step


def take_out(session: Session, step: Step, actor: Any) -> None:
    """Remove a step that was made in the room. Raises Invalid when it was not, or when something came in."""
    if not step.inserted:
        raise Invalid(_("This step belongs to the script. Change the script on its page."))
    question, thread = step.question, step.thread
    if (
        (question and question.answers.exists())
        or (thread and thread.contributions.exists())
        or tables.has_notes(step)
    ):
        raise Invalid(_("People have already answered here. Go to the next step instead."))
    if session.current_id == step.pk:
        before = session.steps.filter(position__lt=step.position).last()
        session.current = before or session.steps.exclude(pk=step.pk).first()
        session.save(update_fields=["current"])
    tables.remove_all(step)
    step.delete()
    if thread:
        thread.delete()
    if question:
        structure = copy.deepcopy(_version(session).structure)
        for section in structure["sections"]:
            section["questions"] = [each for each in section["questions"] if each["key"] != str(question.key)]
        _use(session, structure, actor)


def _room_after(session: Session) -> int:
    """A free position after the present step; steps that stand there already move up as far as needed."""
    if session.current is None:
        return 1
    wanted = taken = session.current.position + 1
    for step in session.steps.filter(position__gte=wanted):
        if step.position > taken:
            break
        step.position = taken = taken + 1
        step.save(update_fields=["position"])
    return wanted


def fix(session: Session, args: dict[str, Any], actor: Any) -> None:
    """Another text for the same key (of a question, an option or a step), in the language it was written in or `lang`."""
    language = args["lang"] or session.source_language
    if language not in LANGUAGES:
        raise Invalid
    step = session.steps.filter(key=_uuid(args["key"]), question=None).first()  # type: ignore[misc]
    if step is not None:
        _fix_step(step, args, language, actor)
    else:
        _fix_question(session, args, language, actor)


def _fix_step(step: Step, args: dict[str, Any], language: str, actor: Any) -> None:
    name, source = args["name"] or "label", step.session.source_language
    names = WORDS.get(step.type, ("label",))
    if name not in names:
        raise Unknown
    if not args["text"] and language == source and name != "text":
        raise Invalid
    step.labels.setdefault(language, {})[name] = args["text"]
    step.save(update_fields=["labels"])


def _fix_question(session: Session, args: dict[str, Any], language: str, actor: Any) -> None:
    name, structure = args["name"] or "label", copy.deepcopy(_version(session).structure)
    source = structure["source_language"]
    if name not in structure["labels"][source].get(args["key"], {}):
        raise Unknown
    if not args["text"] and language == source and name == "label":
        raise Invalid
    structure["labels"].setdefault(language, {}).setdefault(args["key"], {})[name] = args["text"]
    _use(session, structure, actor)


def follow_statements(session: Session, actor: Any) -> bool:
    """What residents add to a question of statements is asked while it is visible. True when that changed anything."""
    if session.version is None:
        return False
    structure = copy.deepcopy(session.version.structure)
    if not statements.keep(session, structure):
        return False
    _use(session, structure, actor)
    return True


def follow_moderation(topic: str, data: dict[str, Any]) -> None:
    """Staff showed or hid such a statement elsewhere than in the room, or its writer took it back."""
    if data.get("what") == "removed":
        for thread in Thread.objects.filter(public_id=data["thread"], kind=Thread.Kind.STATEMENTS):
            with writing():
                statements.forget(thread, data["contribution"])
    if is_writing() or data.get("what") != "state":
        return
    asked = {"thread__public_id": data.get("thread", ""), "thread__kind": Thread.Kind.STATEMENTS}
    for session_id in Step.objects.filter(**asked).values_list("session", flat=True):
        with writing():
            session = lock(session_id)
            if follow_statements(session, None):
                raise_rev(session, room=True)
                announce(session)


def _use(session: Session, structure: Structure, actor: Any) -> None:
    """Go on with these questions. A text that was mended keeps its translations: what it says is the same."""
    version = republish(session, structure, actor)
    labels = version.structure["labels"]
    for language, words in structure["labels"].items():
        if language != structure["source_language"]:
            labels[language] = {**labels.get(language, {}), **words}
    QuestionnaireVersion.objects.filter(pk=version.pk).update(structure=version.structure)
    session.version = version
    session.save(update_fields=["version"])


def _new_question(session: Session, key: str, args: dict[str, Any], actor: Any) -> Question:
    structure = copy.deepcopy(_version(session).structure)
    _add_question(structure, key, args)
    _use(session, structure, actor)
    return _version(session).questionnaire.questions.get(key=key)


def _version(session: Session) -> QuestionnaireVersion:
    if session.version is None:
        raise Unknown
    return session.version


def _add_question(structure: Structure, key: str, args: dict[str, Any]) -> None:
    """Through the kind's own block, so that its rules hold here too."""
    kind = kinds.all_kinds().get(args["kind"])
    if kind is None:
        raise Unknown
    raw = {"label": args["text"], "help": "", "required": False}
    if args.get("approve_first"):
        raw["approve_first"] = True
    items = [
        {"type": "item", "id": str(uuid.uuid4()), "value": {"label": label}} for label in args["options"]
    ]
    block = kind.block()
    value = block.to_python({**_defaults(block), **raw, **dict.fromkeys(kind.lists, items)})
    try:
        value = block.clean(value)
    except ValidationError:
        raise Invalid from None
    structure["sections"][0]["questions"].append(
        {"key": key, "kind": kind.slug, "required": False, "config": kind.freeze(value)}
    )
    structure["labels"].setdefault(structure["source_language"], {}).update(kind.labels(key, value))


def _defaults(block: Any) -> dict[str, Any]:
    return dict(block.get_prep_value(block.get_default()))


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
