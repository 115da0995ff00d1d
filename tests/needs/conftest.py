import pytest
from django.utils import translation

from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ProjectFactory, staff
from tests.needs.factories import NoteFactory


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def researcher(organisation):
    return staff(organisation, "researcher")


@pytest.fixture
def who(organisation, researcher):
    """The two arguments of every action."""
    return {"organisation": organisation, "actor": researcher}


@pytest.fixture
def note(organisation):
    return NoteFactory(organisation=organisation)


@pytest.fixture
def project(organisation):
    return ProjectFactory(organisation=organisation)


@pytest.fixture
def idea(organisation, project):
    thread = ThreadFactory(organisation=organisation, project=project)
    return IdeaFactory(thread=thread, title="Benches", text="To sit down together.")


@pytest.fixture
def logged_in(client, researcher):
    client.force_login(researcher)
    return client
