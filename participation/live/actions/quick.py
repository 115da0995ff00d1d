"""Changing the script in the room: a quick question without the page editor, a typing error mended."""

import copy
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from participation.core.errors import Invalid, Unknown
from participation.live.forms import TextField
from participation.live.models import Session, Step
from surveys import kinds
from surveys.models import QuestionnaireVersion

from .script import republish

Structure = dict[str, Any]


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
    kind = TextField(max_length=40)
    text = TextField(max_length=300)
    options = OptionsField(required=False)


def insert(session: Session, args: dict[str, Any], actor: Any) -> Step:
    """A new question of any kind that needs no more than a text and options, open, after the present step."""
    version = _version(session)
    structure = copy.deepcopy(version.structure)
    key = uuid.uuid4()
    _add_question(structure, str(key), args)
    session.version = republish(session, structure, actor)
    session.save(update_fields=["version"])
    return Step.objects.create(
        session=session,
        key=key,
        position=session.current.position + 1 if session.current else 1,
        type=Step.Type.QUESTION,
        question=version.questionnaire.questions.get(key=key),
        is_open=True,
        inserted=True,
    )


def fix(session: Session, args: dict[str, Any], actor: Any) -> None:
    """Another text for the same key (of a question, an option or a step), in the language it was written in or `lang`."""
    language = args["lang"] or session.source_language
    name = args["name"] or "label"
    step = session.steps.filter(key=_uuid(args["key"]), question=None).first()  # type: ignore[misc]
    if step is not None:
        step.labels.setdefault(language, {})[name] = args["text"]
        step.save(update_fields=["labels"])
        return
    version = _version(session)
    structure = copy.deepcopy(version.structure)
    source = structure["labels"][structure["source_language"]].get(args["key"], {})
    if name not in source:
        raise Unknown
    structure["labels"].setdefault(language, {}).setdefault(args["key"], {})[name] = args["text"]
    if language == structure["source_language"]:
        session.version = republish(session, structure, actor)
        session.save(update_fields=["version"])
    else:
        QuestionnaireVersion.objects.filter(pk=version.pk).update(structure=structure)


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
