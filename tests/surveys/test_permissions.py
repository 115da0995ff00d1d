from datetime import timedelta

import pytest
from django.utils import timezone

from participation.core.errors import Forbidden
from surveys.actions import set_collector
from surveys.permissions import Availability, availability
from tests.factories import PhaseFactory, ProjectFactory, staff
from tests.surveys.factories import block, publish, section

NOW = timezone.now()
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


@pytest.fixture
def project(organisation):
    return ProjectFactory(organisation=organisation)


@pytest.fixture
def questionnaire(organisation, project):
    return publish(organisation, section(block("open_text")), project=project).questionnaire


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "expected"),
    [
        (None, None, Availability.OPEN),
        (NOW, None, Availability.OPEN),
        (LATER, None, Availability.NOT_YET),
        (None, LATER, Availability.OPEN),
        (None, NOW, Availability.CLOSED),
        (EARLIER, NOW, Availability.CLOSED),
    ],
)
def test_the_dates_decide(questionnaire, opens_at, closes_at, expected):
    collector = set_collector(questionnaire, opens_at=opens_at, closes_at=closes_at)
    assert availability(collector, NOW) == expected


@pytest.mark.parametrize(
    ("allows", "expected"), [(["survey"], Availability.OPEN), (["idea"], Availability.PHASE)]
)
def test_the_phase_decides(questionnaire, project, allows, expected):
    PhaseFactory(project=project, allows=allows)
    assert availability(set_collector(questionnaire), NOW) == expected


@pytest.mark.parametrize("role", ["researcher", "moderator"])
def test_who_writes_no_surveys_publishes_none(organisation, questionnaire, role):
    actor = staff(organisation, role)
    with pytest.raises(Forbidden):
        publish(organisation, section(block("open_text")), actor=actor)
    with pytest.raises(Forbidden):
        set_collector(questionnaire, actor=actor)


@pytest.mark.parametrize("role", ["owner", "editor", "facilitator"])
def test_who_writes_surveys_publishes_them(organisation, role):
    assert publish(organisation, section(block("open_text")), actor=staff(organisation, role)).number == 1
