import pytest

from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ParticipantFactory


@pytest.fixture
def thread(organisation):
    """An open board without a project: everything is allowed."""
    return ThreadFactory(organisation=organisation)


@pytest.fixture
def idea(thread):
    return IdeaFactory(thread=thread, title="Benches on the square")


@pytest.fixture
def participant(organisation):
    return ParticipantFactory(organisation=organisation)
