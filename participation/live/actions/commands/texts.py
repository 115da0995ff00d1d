"""What people wrote: shown, hidden, pinned, ticked off, translated."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from participation.contributions import actions as contributions
from participation.contributions.models import Contribution, Thread
from participation.core.errors import Invalid, Unknown
from participation.core.text import clean_text
from participation.live import hidden, permissions, translations
from participation.live.actions import quick
from participation.live.forms import FlagField, TextField, row_ids
from participation.live.models import Session, threads_of
from participation.live.room import LANGUAGES
from participation.moderation import actions as moderation
from participation.moderation.models import Decision, Reason
from surveys import kinds
from surveys.models import Answer

from .registry import Args, change, register

LENGTH = 1000  # characters of a translation


class TextArgs(forms.Form):
    """A contribution, or an answer in somebody's own words."""

    contribution = TextField(max_length=40, required=False)
    answer = TextField(max_length=20, required=False)

    def clean(self) -> Args:
        data = super().clean() or self.cleaned_data
        if bool(data.get("contribution")) == bool(data.get("answer")):
            raise forms.ValidationError("one of both", code="invalid")
        return data


class HideArgs(TextArgs):
    reason = TextField(max_length=10, required=False)


class MarkArgs(forms.Form):
    contribution = TextField(max_length=40)
    on = FlagField()


class TranslateArgs(TextArgs):
    """Without a text the translation goes."""

    not_noted = ("text",)

    lang = TextField(max_length=12)
    text = TextField(max_length=LENGTH, required=False)


@register(TextArgs, permissions.may_moderate)
def approve(session: Session, args: Args, actor: Any) -> None:
    """Everybody may read it."""
    if args["contribution"]:
        contribution = find_contribution(session, args)
        moderation.approve(contribution, actor=actor)
        follow(session, contribution, actor)
    else:
        find_answer(session, args).update(state=Answer.State.VISIBLE)


@register(HideArgs, permissions.may_moderate)
def hide(session: Session, args: Args, actor: Any) -> None:
    """Nobody but staff and the writer sees it."""
    if args["contribution"]:
        contribution = find_contribution(session, args)
        moderation.hide(contribution, reason=args["reason"] or Reason.OTHER, actor=actor)
        follow(session, contribution, actor)
    else:
        find_answer(session, args).update(state=Answer.State.HIDDEN)


@register(TextArgs, permissions.may_moderate)
def undo_hide(session: Session, args: Args, actor: Any) -> bool:
    """As it was before somebody hid it: for everybody to read, or in the queue."""
    if args["contribution"]:
        contribution = find_contribution(session, args)
        return unhide(session, contribution, actor)
    return show_again(session, find_answer(session, args)) > 0


@register(MarkArgs, permissions.may_moderate)
def pin(session: Session, args: Args, actor: Any) -> None:
    contributions.pin(find_contribution(session, args), args["on"], actor=actor)


@register(MarkArgs, permissions.may_moderate)
def mark_answered(session: Session, args: Args, actor: Any) -> None:
    contributions.mark_answered(find_contribution(session, args), args["on"], actor=actor)


@register(TranslateArgs, permissions.may_moderate)
def translate(session: Session, args: Args, actor: Any) -> None:
    """Put a translation beside what somebody wrote; the original stays."""
    if args["lang"] not in LANGUAGES:
        raise Invalid
    if args["contribution"]:
        contributions.translate(find_contribution(session, args), args["lang"], args["text"], actor=actor)
    else:
        _translate_answer(session, args)


def _translate_answer(session: Session, args: Args) -> None:
    found = find_answer(session, args).select_related("question", "response").get()
    step = session.steps.filter(question=found.question).first()
    if step is None or found.item or not kinds.get(found.question.kind).one_by_one:
        raise Unknown
    translations.drop_stale(step)
    step.refresh_from_db(fields=["config"])
    if len(translations.of(step)) >= translations.MOST and args["text"]:
        raise Invalid
    try:
        text = clean_text(args["text"], LENGTH)
    except ValidationError as error:
        raise Invalid(error.messages[0]) from None
    change(step, config=translations.with_text(step, found, args["lang"], text))


def find_contribution(session: Session, args: Args) -> Contribution:
    found = (
        Contribution.objects.filter(public_id=args["contribution"], thread__in=threads_of(session))
        .select_related("thread__organisation", "organisation")
        .first()
    )
    if found is None:
        raise Unknown
    return found


def find_answer(session: Session, args: Args) -> Any:
    """An answer in somebody's own words, of this session: a queryset of one. A vote is nobody's to hide."""
    found = Answer.objects.filter(
        response__collector__questionnaire__page_key=session.page_key,
        question__kind__in=kinds.in_own_words(),
        pk__in=row_ids(args["answer"]),
    )
    if not found.exists():
        raise Unknown
    return found


def follow(session: Session, contribution: Contribution, actor: Any) -> None:
    """A statement that a resident added is asked while everybody may read it."""
    if contribution.thread.kind == Thread.Kind.STATEMENTS:
        quick.follow_statements(session, actor)


def unhide(session: Session, contribution: Contribution, actor: Any) -> bool:
    """Undo the newest decision on it, if that was to hide it. False when it was not."""
    decision = contribution.decisions.select_related("contribution").first()
    if decision is None or decision.outcome != Decision.Outcome.HIDDEN:
        return False
    moderation.undo(decision, actor=actor)
    follow(session, contribution, actor)
    return True


def show_again(session: Session, answers: Any) -> int:
    """Hidden answers, visible again, or in the queue where staff read first; words that are hidden for everybody stay so.
    Gives how many."""
    structure = session.version.structure if session.version else {"sections": []}
    read_first = [
        question["key"]
        for section in structure["sections"]
        for question in section["questions"]
        if question["config"].get("approve_first")
    ]
    found = Answer.objects.filter(
        pk__in=list(answers.values_list("pk", flat=True)), state=Answer.State.HIDDEN
    )
    found = found.exclude(pk__in=hidden.still_hidden(session, found))
    now = timezone.now()
    waiting = found.filter(question__key__in=read_first).update(state=Answer.State.PENDING, updated_at=now)
    return int(waiting + found.update(state=Answer.State.VISIBLE, updated_at=now))
