"""Publishing a programme page makes or changes the programme behind it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from participation.core import audit, events
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.needs.models import Need
from participation.needs.permissions import may_write_in
from participation.organisations.models import Organisation
from participation.projects.models import Project

from . import permissions
from .models import Activity, AnswersNeed, Programme


@dataclass(frozen=True)
class ActivityData:
    """Something on a date, as the page tells it. `key` is the StreamField block's id; moments carry a time zone."""

    key: uuid.UUID
    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime | None = None
    place: str = ""


@transaction.atomic
def publish_programme(
    *,
    organisation: Organisation,
    project: Project | None,
    page_key: uuid.UUID,
    name: str,
    needs: Iterable[Need],
    activities: Iterable[ActivityData],
    actor: Any,
    whys: Mapping[str, str] | None = None,
) -> Programme:
    """Make the programme what its page says; the same again changes nothing. `whys`: why it answers a need, by the
    need's public id. `actor` is None when the site publishes by itself (a date set before).

    Refuses (Invalid) a programme that names no need, and one whose activity ends before it begins.
    """
    needs, activities = list(needs), list(activities)
    if actor is not None and not permissions.may_publish(actor, organisation):
        raise Forbidden
    if not may_write_in(organisation, project):
        raise Forbidden
    _check(organisation, needs, activities)
    programme = _programme(organisation, page_key)
    was_published = programme.is_published
    programme.project, programme.name, programme.is_published = project, name, True
    programme.created_by = programme.created_by or actor
    programme.save()
    changed = _set_needs(programme, needs, whys or {}, actor)
    changed |= _set_activities(programme, activities)
    if changed or not was_published:
        audit.record(organisation, actor, "programme.published", programme)
    if not was_published:
        events.publish(f"programme.{programme.public_id}", type="published")
    return programme


@transaction.atomic
def unpublish_programme(programme: Programme, *, organisation: Organisation, actor: Any) -> Programme:
    """Residents no longer see it; what it answers is kept."""
    if programme.organisation_id != organisation.pk:
        raise Unknown
    if actor is not None and not permissions.may_publish(actor, organisation):
        raise Forbidden
    if programme.is_published:
        programme.is_published = False
        programme.save(update_fields=["is_published", "updated_at"])
        audit.record(organisation, actor, "programme.unpublished", programme)
    return programme


def _check(organisation: Organisation, needs: list[Need], activities: list[ActivityData]) -> None:
    if not needs:
        raise Invalid(_("Choose the need that this programme answers. Without a need it can't be published."))
    known = set(Need.objects.visible_to(organisation).filter(pk__in=[need.pk for need in needs]))
    if not known.issuperset(needs):
        raise Unknown
    for activity in activities:
        if activity.ends_at is not None and activity.ends_at <= activity.starts_at:
            raise Invalid(_("“%(name)s” ends before it begins.") % {"name": activity.name})


def _programme(organisation: Organisation, page_key: uuid.UUID) -> Programme:
    programme = Programme.objects.select_for_update().filter(page_key=page_key).first()
    if programme is None:
        return Programme(organisation=organisation, page_key=page_key)
    if programme.organisation_id != organisation.pk:
        raise Unknown
    return programme


def _set_needs(programme: Programme, needs: list[Need], whys: Mapping[str, str], actor: Any) -> bool:
    """Keep who linked a need when; gives whether a need came or went."""
    gone, _rows = programme.answers.exclude(need__in=needs).delete()
    changed = bool(gone)
    for need in needs:
        answer, made = AnswersNeed.objects.get_or_create(
            programme=programme,
            need=need,
            defaults={"why": whys.get(need.public_id, ""), "created_by": actor},
        )
        changed |= made
        why = whys.get(need.public_id, answer.why)
        if answer.why != why:
            answer.why = why
            answer.save(update_fields=["why"])
    return changed


def _set_activities(programme: Programme, activities: list[ActivityData]) -> bool:
    """By key, so that a moved date stays the same activity; gives whether one came or went."""
    gone, _rows = programme.activities.exclude(key__in=[each.key for each in activities]).delete()
    changed = bool(gone)
    for each in activities:
        _activity, made = Activity.objects.update_or_create(
            programme=programme,
            key=each.key,
            defaults={
                "name": each.name,
                "starts_at": each.starts_at,
                "ends_at": each.ends_at,
                "place": each.place,
            },
        )
        changed |= made
    return changed
