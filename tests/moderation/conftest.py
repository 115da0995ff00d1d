import pytest
from django.core.cache import cache
from django.utils import translation

from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ParticipantFactory, staff


@pytest.fixture(autouse=True)
def english():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def thread(organisation):
    return ThreadFactory(organisation=organisation)


@pytest.fixture
def idea(thread):
    return IdeaFactory(thread=thread, title="Benches on the square")


@pytest.fixture
def waiting(thread):
    return IdeaFactory(thread=thread, title="Waits for approval", state="pending")


@pytest.fixture
def participant(organisation):
    return ParticipantFactory(organisation=organisation)


@pytest.fixture
def moderator(organisation):
    return staff(organisation, "moderator")
