import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from participation.areas.models import Area
from participation.contributions.models import Contribution
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.ids import group_code
from participation.core.models import AuditEntry
from participation.people.models import Participant
from participation.projects.actions import (
    PhaseData,
    close_project,
    erase_by_receipt,
    publish_project,
    receipt_for,
    reopen_project,
)
from participation.projects.models import Phase, Project, Verb
from participation.projects.permissions import allows
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ParticipantFactory, PhaseFactory, ProjectFactory, staff

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def page_key():
    return uuid.uuid4()


def publish(organisation, page_key, phases=(), **more):
    return publish_project(
        organisation=organisation, page_key=page_key, name="Town", phases=list(phases), **more
    )


def phase(**more):
    return PhaseData(**{"key": uuid.uuid4(), "name": "Listening", "allows": ["survey"], **more})


def test_publishing_makes_the_project_with_its_phases_in_order(organisation, page_key):
    area = Area.objects.create(code="GM0995", name="Lelystad", kind="gemeente")
    project = publish(organisation, page_key, [phase(name="A"), phase(name="B")], area_code="GM0995")
    assert [(each.name, each.position) for each in project.phases.all()] == [("A", 0), ("B", 1)]
    assert project.area == area


def test_publishing_the_same_again_changes_nothing(organisation, page_key):
    phases = [phase(opens_at=NOW)]
    publish(organisation, page_key, phases)
    publish(organisation, page_key, phases)
    assert [Project.objects.count(), Phase.objects.count(), AuditEntry.objects.count()] == [1, 1, 1]


def test_a_phase_keeps_its_row_when_its_words_and_place_change(organisation, page_key):
    first, second = phase(name="A"), phase(name="B")
    publish(organisation, page_key, [first, second])
    rows = dict(Phase.objects.values_list("key", "pk"))
    renamed = PhaseData(key=str(first.key), name="A2", allows=["survey"])
    publish(organisation, page_key, [second, renamed])
    assert dict(Phase.objects.values_list("key", "pk")) == rows
    assert list(Phase.objects.values_list("name", flat=True)) == ["B", "A2"]


def test_a_phase_left_out_is_gone(organisation, page_key):
    first, second = phase(), phase()
    publish(organisation, page_key, [first, second])
    publish(organisation, page_key, [second])
    assert [each.key for each in Phase.objects.all()] == [second.key]


def test_a_phase_that_closes_before_it_opens_is_refused(organisation, page_key):
    with pytest.raises(Invalid):
        publish(organisation, page_key, [phase(opens_at=NOW, closes_at=NOW - DAY)])
    assert not Project.objects.exists()


def test_an_unknown_area_is_refused(organisation, page_key):
    with pytest.raises(Unknown):
        publish(organisation, page_key, area_code="GM0000")


def test_a_verb_nobody_knows_is_refused(organisation, page_key):
    with pytest.raises(Invalid):
        publish(organisation, page_key, [phase(allows=["dance"])])


def test_another_organisation_s_project_stays_theirs(organisation, neighbour, page_key):
    publish(neighbour, page_key)
    with pytest.raises(Forbidden):
        publish(organisation, page_key)
    assert Project.objects.get().organisation == neighbour


def test_a_moderator_publishes_no_project(organisation, page_key):
    with pytest.raises(Forbidden):
        publish(organisation, page_key, actor=staff(organisation, "moderator"))


def test_closing_and_opening_again(organisation):
    project = ProjectFactory(organisation=organisation)
    editor = staff(organisation, "editor")
    close_project(project, actor=editor)
    close_project(project, actor=editor)
    assert not allows(project, Verb.SURVEY)
    reopen_project(project, actor=editor)
    assert allows(project, Verb.SURVEY)
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["project.reopened", "project.closed"]


def test_a_neighbour_s_editor_closes_nothing(organisation, neighbour):
    with pytest.raises(Forbidden):
        close_project(ProjectFactory(organisation=organisation), actor=staff(neighbour, "editor"))


def test_without_project_or_phases_everything_is_allowed(organisation):
    assert allows(None, Verb.IDEA)
    assert allows(ProjectFactory(organisation=organisation), Verb.IDEA)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(NOW - DAY, False), (NOW, True), (NOW + DAY / 2, True), (NOW + DAY, False)],
    ids=["before", "opening counts", "while open", "closing does not count"],
)
def test_a_phase_allows_from_its_opening_until_its_closing(organisation, moment, expected):
    project = ProjectFactory(organisation=organisation)
    phase = PhaseFactory(project=project, opens_at=NOW, closes_at=NOW + DAY, allows=["idea"])
    assert allows(project, Verb.IDEA, moment) is expected
    assert Phase.objects.open_at(moment).filter(pk=phase.pk).exists() is expected


def test_an_open_phase_allows_only_what_it_lists(organisation):
    project = ProjectFactory(organisation=organisation)
    PhaseFactory(project=project, allows=["idea"])
    assert [allows(project, verb) for verb in (Verb.IDEA, Verb.COMMENT)] == [True, False]


def test_one_receipt_for_each_participant_and_project(organisation):
    project = ProjectFactory(organisation=organisation)
    one, two = (ParticipantFactory(organisation=organisation) for _ in range(2))
    assert receipt_for(one, project) == receipt_for(one, project)
    assert receipt_for(two, project).code != receipt_for(one, project).code


def test_a_neighbour_s_participant_gets_no_receipt(organisation, neighbour):
    with pytest.raises(Unknown):
        receipt_for(ParticipantFactory(organisation=neighbour), ProjectFactory(organisation=organisation))


def test_who_has_the_receipt_code_can_have_everything_erased(organisation, capsys):
    participant, other = (
        ParticipantFactory(organisation=organisation),
        ParticipantFactory(organisation=organisation),
    )
    project = ProjectFactory(organisation=organisation)
    idea = IdeaFactory(thread=ThreadFactory(organisation=organisation), participant=participant)
    code = receipt_for(participant, project).code
    receipt_for(other, project)
    call_command("erase_by_receipt", group_code(code).lower())
    assert "receipts: 1\n" in capsys.readouterr().out
    assert list(Participant.objects.all()) == [other]
    assert not Contribution.objects.filter(pk=idea.pk).exists()
    entry = AuditEntry.objects.get(verb="participant.erased")
    assert (entry.target_id, entry.data) == (project.public_id, {})


def test_a_code_that_nobody_has_erases_nothing(organisation):
    receipt_for(ParticipantFactory(organisation=organisation), ProjectFactory(organisation=organisation))
    with pytest.raises(Unknown):
        erase_by_receipt("ABCD-EFGH-JKMNP")
    with pytest.raises(CommandError, match="Nobody has this receipt code"):
        call_command("erase_by_receipt", "ABCD-EFGH-JKMNP")
    assert Participant.objects.count() == 1
