"""Erasing is everywhere or nowhere; what staff do is noted with what they did."""

import pytest
from django.apps import apps
from django.db import transaction

from participation.core import audit, erasure
from participation.core.models import AuditEntry
from participation.people.models import Participant
from tests.factories import ParticipantFactory, ProjectFactory, staff


@pytest.fixture
def holders(monkeypatch):
    """Only these, whatever the apps registered."""
    mine: dict = {}
    monkeypatch.setattr(erasure, "_holders", mine)
    return mine


def test_export_asks_every_holder_by_name(holders):
    erasure.register(erasure.Holder("b", lambda participant: [participant], lambda participant: 0))
    erasure.register(erasure.Holder("a", lambda participant: {"n": 1}, lambda participant: 0))
    assert list(erasure.export("somebody").items()) == [("a", {"n": 1}), ("b", ["somebody"])]


def test_erase_tells_how_many_rows_went_where(db, holders):
    erasure.register(erasure.Holder("a", lambda participant: None, lambda participant: 2))
    erasure.register(erasure.Holder("b", lambda participant: None, lambda participant: 0))
    assert erasure.erase("somebody") == {"a": 2, "b": 0}


def test_when_one_holder_fails_nothing_is_erased(organisation, holders):
    participant = ParticipantFactory(organisation=organisation)

    def fail(participant):
        raise RuntimeError

    erasure.register(erasure.Holder("a", lambda p: None, lambda p: p.delete()[0]))
    erasure.register(erasure.Holder("b", lambda p: None, fail))
    with pytest.raises(RuntimeError), transaction.atomic():
        erasure.erase(participant)
    assert Participant.objects.filter(organisation=organisation).count() == 1


def test_every_app_that_keeps_something_of_a_participant_hands_it_over():
    keeping = {
        model._meta.app_label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Participant
    }
    registering = {holder.export.__module__.split(".")[-2] for holder in erasure._holders.values()}
    assert keeping <= registering


def test_a_note_of_what_staff_did(organisation):
    actor, project = staff(organisation), ProjectFactory(organisation=organisation)
    audit.record(organisation, actor, "project.closed", project, reason="done")
    entry = AuditEntry.objects.get(verb="project.closed")
    assert (entry.organisation, entry.actor, entry.target_type, entry.target_id, entry.data) == (
        organisation,
        actor,
        "projects.project",
        project.public_id,
        {"reason": "done"},
    )


def test_the_note_stays_when_its_author_leaves(organisation):
    actor = staff(organisation)
    audit.record(organisation, actor, "project.closed", ProjectFactory(organisation=organisation))
    actor.delete()
    assert AuditEntry.objects.get(verb="project.closed").actor is None
