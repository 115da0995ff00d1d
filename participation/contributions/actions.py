"""Every write to threads and what people put in them."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.core import audit, events
from participation.core.errors import Closed, Forbidden, Invalid, Unknown
from participation.core.rows import insert
from participation.core.text import clean_text
from participation.organisations.models import Organisation
from participation.people.models import Participant
from participation.projects.models import Project

from . import permissions
from .models import Cluster, Contribution, OfficialReply, Support, Thread


@transaction.atomic
def publish_board(
    *,
    organisation: Organisation,
    project: Project | None,
    page_key: uuid.UUID,
    name: str,
    approve_first: bool = False,
    closes_at: datetime | None = None,
    actor: Any = None,
    kind: str = Thread.Kind.BOARD,
) -> Thread:
    """The thread of this page, made or brought up to date; saying the same again changes nothing."""
    if not permissions.may_publish(actor, organisation):
        raise Forbidden
    if project is not None and project.organisation_id != organisation.pk:
        raise Unknown
    settings = {
        "project": project,
        "name": name[:255],
        "approve_first": approve_first,
        "closes_at": closes_at,
        "kind": kind,
    }
    thread, made = Thread.objects.get_or_create(
        organisation=organisation, page_key=page_key, defaults=settings
    )
    changed = [field for field, value in settings.items() if getattr(thread, field) != value]
    for field in changed:
        setattr(thread, field, settings[field])
    if made or changed:
        thread.save()
        audit.record(organisation, actor, "contributions.publish", thread, made=made, changed=changed)
    return thread


@transaction.atomic
def contribute(
    thread: Thread,
    *,
    participant: Participant,
    text: str,
    title: str = "",
    name: str = "",
    parent: Contribution | None = None,
    language: str = "nl",
    flag: str = "",
    client_id: uuid.UUID | None = None,
    is_test: bool = False,
) -> Contribution:
    """Keep a resident's text; visible at once, or PENDING where staff approve first or `flag` says why to look.

    The same `client_id` in a thread gives back what was stored before. Raises Invalid with `errors` by field, Closed,
    or Unknown for a parent that is not an open idea of this thread."""
    fields = _clean_fields(text=text, title=title, name=name)
    if participant.organisation_id != thread.organisation_id:
        raise Unknown
    sent = {"participant": participant, "client_id": client_id}
    before = thread.contributions.filter(**sent).first() if client_id else None
    if before:
        return before
    _check_open(thread, parent)
    waits = thread.approve_first or bool(flag)
    contribution = Contribution(
        organisation_id=thread.organisation_id,
        thread=thread,
        parent=parent,
        language=language,
        state=Contribution.State.PENDING if waits else Contribution.State.VISIBLE,
        flag=flag,
        is_test=is_test,
        **sent,
        **fields,
    )
    try:
        with transaction.atomic():
            contribution.save()
    except IntegrityError:  # Two taps at the same moment: the other one was a moment earlier.
        return thread.contributions.get(**sent)
    announce(contribution, "contributed")
    return contribution


def _clean_fields(**fields: str) -> dict[str, str]:
    limits = {
        "text": Contribution.TEXT_LENGTH,
        "title": Contribution.TITLE_LENGTH,
        "name": Contribution.NAME_LENGTH,
    }
    clean: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    for field, value in fields.items():
        try:
            clean[field] = clean_text(value, limits[field])
        except ValidationError as error:
            errors[field] = error.messages
    if not errors and not clean.get("text", "x"):
        errors["text"] = [_("Write something first.")]
    if errors:
        raise Invalid(next(iter(errors.values()))[0], errors=errors)
    return clean


def _check_open(thread: Thread, parent: Contribution | None) -> None:
    if parent is None:
        allowed = permissions.may_contribute(thread)
    elif parent.thread_id != thread.pk or parent.parent_id or parent.state != Contribution.State.VISIBLE:
        raise Unknown
    else:
        allowed = permissions.may_comment(parent)
    if not allowed:
        raise Closed


@transaction.atomic
def support(contribution: Contribution, participant: Participant, on: bool) -> int:
    """Be for an idea, or not any more; doing it twice changes nothing. Gives the number of supporters."""
    if participant.organisation_id != contribution.organisation_id or not _readable(contribution):
        raise Unknown
    if not permissions.may_support(contribution):
        raise Closed
    if on:
        # The database holds "once": two taps at the same moment are one support, and no error.
        Support.objects.bulk_create(
            [Support(contribution=contribution, participant=participant)], ignore_conflicts=True
        )
    else:
        contribution.supports.filter(participant=participant).delete()
    count = contribution.supports.count()
    announce(contribution, "supported", n=count)
    return count


@transaction.atomic
def bring_supports(contribution: Contribution, since: Mapping[uuid.UUID, datetime]) -> int:
    """People (by their participant's id) who are for an idea since a moment, all at once: of a town that is told as a
    story, or from elsewhere. Who was for it already stays so. Gives the number of supporters; the rules are those of
    `support`, and readers hear of it once."""
    known = Participant.objects.filter(organisation=contribution.organisation_id, pk__in=since).count()
    if known != len(since) or not _readable(contribution):
        raise Unknown
    if not permissions.may_support(contribution):
        raise Closed
    rows = [
        {"contribution_id": contribution.pk, "participant_id": person, "created_at": moment}
        for person, moment in since.items()
    ]
    insert(Support, rows, "(contribution_id, participant_id) DO NOTHING")
    count = contribution.supports.count()
    announce(contribution, "supported", n=count)
    return count


def _readable(contribution: Contribution) -> bool:
    return contribution.state == Contribution.State.VISIBLE and contribution.parent_id is None


@transaction.atomic
def take_back(contribution: Contribution, participant: Participant) -> bool:
    """The writer's own wish, granted always. True when nothing is left; False when an empty place stays behind
    because others commented or the organisation replied: their words are theirs."""
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if not permissions.may_take_back(contribution, participant):
        raise Forbidden
    announce(contribution, "removed")
    return remove(contribution)


def remove(contribution: Contribution) -> bool:
    """Wipe a contribution inside the caller's transaction, and every quote from it. True when the row is gone."""
    others = contribution.comments.exclude(participant=contribution.participant_id)
    if not others.exists() and not contribution.replies.exists():
        contribution.delete()
        return True
    for about_it in (
        contribution.evidence,
        contribution.supports,
        contribution.reports,
        contribution.decisions,
    ):
        about_it.all().delete()
    for field in ("title", "text", "name", "flag"):
        setattr(contribution, field, "")
    contribution.translations = {}
    contribution.participant = contribution.client_id = None
    contribution.state = Contribution.State.REMOVED
    contribution.save()
    return False


@transaction.atomic
def reply(contribution: Contribution, *, text: str, status: str, actor: Any) -> OfficialReply:
    """Answer in the organisation's name and give the idea its status."""
    if not permissions.may_reply(actor, contribution):
        raise Forbidden
    clean = _clean_fields(text=text)
    made = OfficialReply.objects.create(
        contribution=contribution, author=actor, status=_status(status), **clean
    )
    _set(contribution, status=made.status)
    audit.record(
        contribution.organisation, actor, "contributions.reply", contribution, status=status, reply=made.pk
    )
    announce(contribution, "replied", status=status)
    return made


@transaction.atomic
def set_status(contribution: Contribution, *, status: str, actor: Any) -> None:
    """Say where an idea stands, without a word."""
    if not permissions.may_reply(actor, contribution):
        raise Forbidden
    _set(contribution, status=_status(status))
    audit.record(contribution.organisation, actor, "contributions.status", contribution, status=status)
    announce(contribution, "status", status=status)


def _status(status: str) -> str:
    if status not in Contribution.Status.values:
        raise Invalid(_("Choose a status from the list."), errors={"status": [_("Choose a status.")]})
    return status


@transaction.atomic
def pin(contribution: Contribution, on: bool, *, actor: Any) -> None:
    """Keep a note or question at the top, or let it go again."""
    _lead(contribution, actor, "contributions.pin", on=on, pinned=on)


@transaction.atomic
def mark_answered(contribution: Contribution, on: bool, *, actor: Any) -> None:
    """Tick off a question to the stage, or put it back."""
    moment = timezone.now() if on else None
    _lead(contribution, actor, "contributions.answered", on=on, answered_at=moment)


@transaction.atomic
def translate(contribution: Contribution, language: str, text: str, *, actor: Any) -> None:
    """Put staff's translation beside the text, or take it away (""); what the resident wrote stays."""
    clean = _clean_fields(text=text)["text"] if text else ""
    others = {each: words for each, words in contribution.translations.items() if each != language}
    translations = {**others, **({language: clean} if clean else {})}
    _lead(contribution, actor, "contributions.translate", on=bool(clean), translations=translations)


def remove_names(contributions: QuerySet[Contribution]) -> int:
    """The texts stay, without the name under them. Gives how many had one. The caller writes the audit entry and says
    that they changed."""
    named = contributions.exclude(name="").values_list("pk", flat=True)
    return Contribution.objects.filter(pk__in=list(named)).update(name="")


@transaction.atomic
def make_cluster(thread: Thread, name: str, *, actor: Any) -> Cluster:
    """A name under which notes of this thread can be put together."""
    _check_lead(thread, actor)
    made = Cluster.objects.create(thread=thread, name=_cluster_name(name), position=thread.clusters.count())
    audit.record(thread.organisation, actor, "contributions.cluster", thread, name=made.name)
    return made


@transaction.atomic
def rename_cluster(cluster: Cluster, name: str, *, actor: Any) -> None:
    _check_lead(cluster.thread, actor)
    cluster.name = _cluster_name(name)
    cluster.save(update_fields=["name"])
    audit.record(
        cluster.thread.organisation, actor, "contributions.cluster", cluster.thread, name=cluster.name
    )


@transaction.atomic
def remove_cluster(cluster: Cluster, *, actor: Any) -> None:
    """The notes in it stay, by themselves."""
    _check_lead(cluster.thread, actor)
    audit.record(
        cluster.thread.organisation, actor, "contributions.uncluster", cluster.thread, name=cluster.name
    )
    cluster.delete()


@transaction.atomic
def put_in_cluster(contribution: Contribution, cluster: Cluster | None, *, actor: Any) -> None:
    """Into this group, out of any other; None takes it out. Raises Unknown for another thread's."""
    if cluster is not None and cluster.thread_id != contribution.thread_id:
        raise Unknown
    _lead(contribution, actor, "contributions.put", on=cluster is not None, cluster=cluster)


def _cluster_name(name: str) -> str:
    try:
        clean = clean_text(name, Cluster.NAME_LENGTH)
    except ValidationError as error:
        raise Invalid(error.messages[0]) from None
    if not clean:
        raise Invalid(_("Write something first."))
    return clean


def _check_lead(thread: Thread, actor: Any) -> None:
    if not permissions.may_lead(actor, thread):
        raise Forbidden


def _lead(contribution: Contribution, actor: Any, verb: str, *, on: bool, **fields: Any) -> None:
    _check_lead(contribution.thread, actor)
    _set(contribution, **fields)
    audit.record(contribution.organisation, actor, verb, contribution, on=on)
    announce(contribution, "led")


def _set(contribution: Contribution, **fields: Any) -> None:
    for field, value in fields.items():
        setattr(contribution, field, value)
    contribution.save(update_fields=[*fields, "updated_at"])


def announce(contribution: Contribution, what: str, **data: Any) -> None:
    """Tell the thread's listeners, after the commit, which contribution changed and how; never its text."""
    events.publish(
        f"thread.{contribution.thread.public_id}",
        what=what,
        thread=contribution.thread.public_id,
        contribution=contribution.public_id,
        **data,
    )
