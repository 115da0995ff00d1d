"""Notes of a wall that belong together, under a name."""

from typing import Any

from django import forms

from participation.contributions import actions as contributions
from participation.contributions.models import Cluster, Contribution, Thread
from participation.core.errors import Invalid, Unknown
from participation.live import permissions
from participation.live.forms import TextField, row_ids
from participation.live.models import Session, Step, threads_of

from .registry import Args, StepArgs, find_step, register
from .texts import find_contribution


class MakeArgs(StepArgs):
    """`contribution` goes into it at once. At tables a group is of one: `table`, or that of the note."""

    label = TextField(max_length=Cluster.NAME_LENGTH)
    table = TextField(max_length=40, required=False)
    contribution = TextField(max_length=40, required=False)


class ClusterArgs(forms.Form):
    cluster = TextField(max_length=20)


class RenameArgs(ClusterArgs):
    label = TextField(max_length=Cluster.NAME_LENGTH)


class PutArgs(forms.Form):
    """Without a cluster the note stands by itself again."""

    contribution = TextField(max_length=40)
    cluster = TextField(max_length=20, required=False)


@register(MakeArgs, permissions.may_moderate)
def make_cluster(session: Session, args: Args, actor: Any) -> None:
    step = find_step(session, args)
    note = find_contribution(session, args) if args["contribution"] else None
    thread = _table(step, args["table"], note) if step.type == Step.Type.TALK else step.thread
    if thread is None or step.question_id:
        raise Invalid
    made = contributions.make_cluster(thread, args["label"], actor=actor)
    if note is not None:
        contributions.put_in_cluster(note, made, actor=actor)


@register(RenameArgs, permissions.may_moderate)
def rename_cluster(session: Session, args: Args, actor: Any) -> None:
    contributions.rename_cluster(_find(session, args), args["label"], actor=actor)


@register(ClusterArgs, permissions.may_moderate)
def remove_cluster(session: Session, args: Args, actor: Any) -> None:
    """Its notes stay, by themselves."""
    contributions.remove_cluster(_find(session, args), actor=actor)


@register(PutArgs, permissions.may_moderate)
def put_in_cluster(session: Session, args: Args, actor: Any) -> None:
    cluster = _find(session, args) if args["cluster"] else None
    contributions.put_in_cluster(find_contribution(session, args), cluster, actor=actor)


def _table(step: Step, table: str, note: Contribution | None) -> Thread | None:
    """Where notes of this table are. Without one it is that of the note."""
    if not table:
        return note.thread if note else None
    found = step.tables.filter(thread__public_id=table).select_related("thread__organisation").first()
    if found is None:
        raise Unknown
    return found.thread


def _find(session: Session, args: Args) -> Cluster:
    found = Cluster.objects.filter(pk__in=row_ids(args["cluster"]), thread__in=threads_of(session))
    cluster = found.select_related("thread__organisation").first()
    if cluster is None:
        raise Unknown
    return cluster
