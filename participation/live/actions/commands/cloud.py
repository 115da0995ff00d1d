"""One word out of a cloud: nobody sees it any more, on no screen and not in the report. What was said stays in the data,
marked as hidden, and who says the same word later is not seen either."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from participation.core.errors import Invalid
from participation.live import hidden, permissions
from participation.live.forms import TextField
from participation.live.models import Session, Step
from surveys import kinds
from surveys.models import Answer

from .registry import Args, StepArgs, change, find_step, register
from .texts import show_again

LENGTH = 200
MOST = 200  # hidden words of one question


class WordArgs(StepArgs):
    """However it is written."""

    word = TextField(max_length=LENGTH)


@register(WordArgs, permissions.may_moderate)
def hide_word(session: Session, args: Args, actor: Any) -> bool:
    step, word = _find(session, args)
    words = hidden.words_of(step)
    if word in words:
        return False
    if len(words) >= MOST:
        raise Invalid
    change(step, config=hidden.with_words(step, [*words, word]))
    seen = _said(session, step, word, Answer.State.VISIBLE, Answer.State.PENDING)
    seen.update(state=Answer.State.HIDDEN, updated_at=timezone.now())
    return True


@register(WordArgs, permissions.may_moderate)
def show_word(session: Session, args: Args, actor: Any) -> bool:
    """As before: for everybody to read, or in the queue where staff read first. What a removed phone said stays hidden."""
    step, word = _find(session, args)
    words = hidden.words_of(step)
    if word not in words:
        return False
    change(step, config=hidden.with_words(step, [each for each in words if each != word]))
    gone = session.attendances.filter(removed_at__isnull=False).values("participant")
    show_again(
        session, _said(session, step, word, Answer.State.HIDDEN).exclude(response__participant__in=gone)
    )
    return True


def _find(session: Session, args: Args) -> tuple[Step, str]:
    """The step, and the word as it is counted."""
    step = find_step(session, args)
    word = kinds.get(step.question.kind).counted_as(args["word"]) if step.question else ""
    if not word:
        raise Invalid
    return step, word


def _said(session: Session, step: Step, word: str, *states: str) -> QuerySet[Answer]:
    """In every round."""
    assert step.question is not None
    rows = Answer.objects.filter(
        response__collector__questionnaire__page_key=session.page_key,
        question=step.question,
        state__in=states,
    )
    return Answer.objects.filter(
        pk__in=hidden.with_word(rows.values_list("pk", "value"), step.question.kind, [word])
    )
