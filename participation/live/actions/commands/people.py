"""A phone that may not take part any more, and may again; a name that nobody should read.

What it answered stays and counts: an answer is taken back by its writer only. What it wrote can be hidden with it."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from participation.contributions import actions as contributions
from participation.contributions.models import Contribution
from participation.core.errors import Unknown
from participation.live import names, permissions
from participation.live.actions import seating
from participation.live.forms import FlagField, TextField, row_ids
from participation.live.models import Attendance, Session, threads_of
from participation.moderation import actions as moderation
from participation.moderation.models import Decision, Reason
from surveys import kinds
from surveys.models import Answer

from .registry import Args, register
from .texts import find_answer, find_contribution, follow, show_again, unhide

TEXTS = (Contribution.State.VISIBLE, Contribution.State.PENDING)


class WhoArgs(forms.Form):
    """Who it is: whoever wrote this, or somebody on the console's list."""

    contribution = TextField(max_length=40, required=False)
    answer = TextField(max_length=20, required=False)
    person = TextField(max_length=20, required=False)

    def clean(self) -> Args:
        data = super().clean() or self.cleaned_data
        if sum(bool(data.get(name)) for name in ("contribution", "answer", "person")) != 1:
            raise forms.ValidationError("one of three", code="invalid")
        return data


class RemoveArgs(WhoArgs):
    hide_texts = FlagField(required=False)


class PersonArgs(forms.Form):
    person = TextField(max_length=20)


@register(RemoveArgs, permissions.may_moderate)
def remove(session: Session, args: Args, actor: Any) -> None:
    """Everybody on that phone is out: its socket is closed, and nothing is taken from it any more."""
    seats = on_phone(session, find_person(session, args))
    seats.filter(removed_at=None).update(removed_at=timezone.now())
    seating.stand_up(session, list(seats.values_list("participant", flat=True)))
    if args["hide_texts"]:
        _hide_texts(session, seats, actor)


@register(PersonArgs, permissions.may_moderate)
def let_back(session: Session, args: Args, actor: Any) -> bool:
    """That phone may take part again, and what was hidden with it is as it was."""
    seats = on_phone(session, find_person(session, {"person": args["person"]}))
    removed = seats.exclude(removed_at=None).order_by("removed_at").first()
    if removed is None:
        return False
    _undo_hiding(session, seats, removed.removed_at, actor)
    seats.update(removed_at=None)
    seating.seat_newcomers(session, list(seats.values_list("participant", flat=True)))
    return True


@register(WhoArgs, permissions.may_moderate)
def remove_name(session: Session, args: Args, actor: Any) -> bool:
    """Nobody reads this person's nickname any more, nor the name under what they wrote here, and nobody takes one of those
    names again in this session. They still take part."""
    attendance = find_person(session, args)
    people = session.attendances.filter(pk=attendance.pk)
    written = _written(session, people)
    names.keep_out(session, {attendance.nickname, *written.values_list("name", flat=True)})
    named = people.exclude(nickname="").update(nickname="")
    return contributions.remove_names(written) + named > 0


def find_person(session: Session, args: Args) -> Attendance:
    """Who is meant. Raises Unknown."""
    if args.get("contribution"):
        participant = find_contribution(session, args).participant_id
        found = session.attendances.filter(participant=participant)
    elif args.get("answer"):
        participants = find_answer(session, args).values("response__participant")
        found = session.attendances.filter(participant__in=participants)
    else:
        found = session.attendances.filter(pk__in=row_ids(args["person"]))
    attendance = found.first()
    if attendance is None:
        raise Unknown
    return attendance


def on_phone(session: Session, attendance: Attendance) -> QuerySet[Attendance]:
    """Everybody on the same phone."""
    phone = attendance.phone or attendance.participant_id
    return session.attendances.filter(Q(participant=phone) | Q(phone=phone))


def _written(session: Session, seats: QuerySet[Attendance]) -> QuerySet[Contribution]:
    people = list(seats.values_list("participant", flat=True))
    found = Contribution.objects.filter(thread__in=threads_of(session), participant__in=people)
    return found.select_related("thread__organisation", "organisation").distinct()


def _answered(session: Session, seats: QuerySet[Attendance]) -> QuerySet[Answer]:
    people = list(seats.values_list("participant", flat=True))
    return Answer.objects.filter(
        response__collector__questionnaire__page_key=session.page_key,
        response__participant__in=people,
        question__kind__in=kinds.in_own_words(),
    )


def _hide_texts(session: Session, seats: QuerySet[Attendance], actor: Any) -> None:
    for contribution in _written(session, seats).filter(state__in=TEXTS):
        moderation.hide(contribution, reason=Reason.OTHER, actor=actor)
        follow(session, contribution, actor)
    _answered(session, seats).exclude(state=Answer.State.HIDDEN).update(
        state=Answer.State.HIDDEN, updated_at=timezone.now()
    )


def _undo_hiding(session: Session, seats: QuerySet[Attendance], since: Any, actor: Any) -> None:
    """What was hidden before stays hidden."""
    hidden = _written(session, seats).filter(
        decisions__outcome=Decision.Outcome.HIDDEN, decisions__created_at__gte=since
    )
    for contribution in hidden.filter(state=Contribution.State.HIDDEN):
        unhide(session, contribution, actor)
    show_again(session, _answered(session, seats).filter(updated_at__gte=since))
