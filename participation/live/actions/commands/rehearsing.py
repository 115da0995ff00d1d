"""Rehearsing: everything works as in the room, with made-up people, and nothing of it is kept."""

import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.contributions.models import Cluster, Contribution, Thread
from participation.core.errors import Invalid
from participation.live import hidden, rehearsal, translations
from participation.live.actions import statements, tables
from participation.live.actions.script import republish, take_new_version
from participation.live.forms import WholeNumberField
from participation.live.models import Attendance, Caption, HandledMessage, Seat, Session, Step, threads_of
from participation.people.models import Participant
from surveys.models import Collector, Response

from .registry import Args, NoArgs, change, register

USUAL = 30
SHOWN = (Step.Type.WALL, Step.Type.STAGE, Step.Type.SCORES)  # from the beginning, as `script` makes them


class RehearseArgs(forms.Form):
    people = WholeNumberField(least=1, most=rehearsal.MOST, required=False)


@register(RehearseArgs)
def rehearse(session: Session, args: Args, actor: Any) -> bool | None:
    """From the lobby, before anybody answered: so many made-up people come in, and what anybody says from now on is a
    test."""
    if session.rehearsing:
        return False
    if session.state != Session.State.LOBBY or _said(session, is_test=False):
        raise Invalid(_("You can rehearse before the session begins, as long as nobody has answered."))
    session.rehearsing = True
    session.save(update_fields=["rehearsing"])
    people = rehearsal.people_of(session)[: args["people"] or USUAL]
    Participant.objects.bulk_create(
        (Participant(pk=person, organisation_id=session.organisation_id) for person in people),
        ignore_conflicts=True,
    )
    Attendance.objects.bulk_create(
        Attendance(session=session, participant_id=person, is_test=True) for person in people
    )
    return None


@register(NoArgs)
def end_rehearsal(session: Session, args: Args, actor: Any) -> bool | None:
    """Back to the lobby as it was before: all that was said goes, and so do steps that were made meanwhile. Typing errors
    that were mended stay mended."""
    if not session.rehearsing:
        return False
    _restore_questions(session, actor)
    _forget(session)
    session.steps.update(is_open=False, results_shown=False, round=0, compared=False, timer_ends_at=None)
    session.steps.filter(type__in=SHOWN).update(results_shown=True)
    for step in session.steps.filter(question__isnull=False):
        step.config = hidden.with_words(step, [])
        change(step, config=translations.without(step))
    session.state, session.started_at, session.current = Session.State.LOBBY, None, None
    session.rehearsing, session.locked, session.pause_text = False, False, ""
    session.removed_names = []
    session.save(
        update_fields=[
            "state",
            "started_at",
            "current",
            "rehearsing",
            "locked",
            "pause_text",
            "version",
            "removed_names",
        ]
    )
    if session.waiting is not None:
        take_new_version(session, actor=actor)
    return None


def _said(session: Session, *, is_test: bool) -> bool:
    return _texts(session, is_test).exists() or _responses(session, is_test).exists()


def _texts(session: Session, is_test: bool = True) -> Any:
    return Contribution.objects.filter(thread__in=threads_of(session), is_test=is_test)


def _responses(session: Session, is_test: bool = True) -> Any:
    if session.collector is None:
        return Response.objects.none()
    asked = session.collector.questionnaire_id
    room = Collector.objects.filter(questionnaire=asked, channel__in=Collector.ROOM)
    return Response.objects.filter(collector__in=room, is_test=is_test)


def _restore_questions(session: Session, actor: Any) -> None:
    """Take statements of made-up residents, and questions made meanwhile, out of what is asked."""
    if session.version is None:
        return
    structure = copy.deepcopy(session.version.structure)
    _texts(session).update(state=Contribution.State.HIDDEN)
    changed = statements.keep(session, structure)
    made = {str(key) for key in session.steps.filter(inserted=True).values_list("question__key", flat=True)}
    for section in structure["sections"]:
        asked = [each for each in section["questions"] if each["key"] not in made]
        changed = changed or len(asked) != len(section["questions"])
        section["questions"] = asked
    if changed:
        session.version = republish(session, structure, actor)


def _forget(session: Session) -> None:
    _texts(session).delete()
    Cluster.objects.filter(thread__in=threads_of(session)).delete()
    _responses(session).delete()
    Seat.objects.filter(step__session=session).delete()  # nobody sat before it: it began in the lobby
    _attendances(session).delete()
    Caption.objects.filter(session=session).delete()
    HandledMessage.objects.filter(session=session).exclude(sender__startswith="user:").delete()
    _forget_tables(session)
    made = session.steps.filter(inserted=True)
    threads = [pk for pk in made.values_list("thread", flat=True) if pk]
    made.delete()
    Thread.objects.filter(pk__in=threads).delete()
    Participant.objects.filter(pk__in=rehearsal.people_of(session)).delete()


def _forget_tables(session: Session) -> None:
    """Those that were made for so many people."""
    for step in session.steps.filter(type=Step.Type.TALK):
        if step.inserted or "size" in step.config:
            tables.remove_all(step)


def _attendances(session: Session) -> Any:
    return Attendance.objects.filter(session=session, is_test=True)
