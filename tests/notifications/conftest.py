import pytest
from django.core.cache import cache
from django.utils import translation

from participation.projects.actions import receipt_for
from tests.factories import ParticipantFactory, ProjectFactory


@pytest.fixture(autouse=True)
def _in_english():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def project(organisation):
    return ProjectFactory(organisation=organisation)


@pytest.fixture
def participant(organisation):
    return ParticipantFactory(organisation=organisation)


@pytest.fixture
def receipt(participant, project):
    return receipt_for(participant, project)
