"""Every staff address of the rooms, asked by somebody of another organisation: on our site, and with our ids on theirs."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation

from participation.moderation.actions import hide
from participation.needs.actions import quote
from surveys.actions import record_answer
from surveys.models import Answer, Recording
from surveys.structure import questions
from tests.cms.walk import ARGUMENT, routes
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ProjectFactory, staff
from tests.live.factories import open_session, talk, wall
from tests.needs.factories import NeedFactory, NoteFactory
from tests.surveys.factories import block, publish, response_of, section

pytestmark = pytest.mark.django_db
STAFF = re.compile(r"(nl/staff/|live/<str:code>/(console/|report|export/))")
SAID = "Benches in the evening"


@pytest.fixture
def ours(organisation):
    """Of one of everything: for each view the values of its arguments."""
    owner, project = staff(organisation), ProjectFactory(organisation=organisation)
    idea = IdeaFactory(thread=ThreadFactory(organisation=organisation, project=project), text=SAID)
    note = NoteFactory(organisation=organisation, project=project, verbatim=SAID)
    need = NeedFactory(organisation=organisation, project=project, sentence=SAID)
    version = publish(organisation, section(block("open_text")), project=project, name=SAID)
    frozen = next(questions(version.structure, "nl"))
    asked = version.questionnaire.questions.get(key=frozen.key)
    response = response_of(version)
    record_answer(response, asked, frozen, SAID)
    evidence = quote(organisation=organisation, actor=owner, source=note, fragment="Benches", need=need)
    decision = hide(IdeaFactory(thread=idea.thread), reason="private", actor=owner)
    session = open_session(organisation, talk(), wall(), name=SAID)
    recording = Recording.objects.create(
        organisation=organisation,
        question=asked,
        participant=response.participant,
        file=ContentFile(b"OggS", name="said.ogg"),
        content_type="audio/ogg",
    )
    Answer.objects.create(response=response, question=asked, item="recording", value=recording.public_id)
    return {
        "surveys:staff_recording": {"public_id": recording.public_id},
        "surveys:staff_transcribe": {"public_id": recording.public_id},
        "surveys": {"public_id": version.questionnaire.public_id, "key": frozen.key},
        "contributions": {"idea_id": idea.public_id},
        "moderation": {"contribution_id": idea.public_id, "decision_id": decision.public_id},
        "needs:note": {"public_id": note.public_id},
        "needs:drop": {"public_id": evidence.public_id},
        "needs": {"public_id": need.public_id},
        "texts": {
            "answer": str(response.answers.get(item="").pk),
            "contribution": idea.public_id,
            "note": note.public_id,
        },
        "live:report_texts": {"code": session.code, "key": str(session.steps.get(type="wall").key)},
        "live": {"code": session.code},
        "make": {"what": "survey"},
        "duplicate": {"key": str(session.page_key)},
        "members": {"membership_id": str(owner.memberships.get().pk)},
    }


def staff_routes() -> list[tuple[str, str]]:
    with translation.override("nl"):
        return [(name, route) for name, route in routes() if STAFF.match(route)]


def addresses(ours: dict, *, only_with_ids: bool = False) -> list[str]:
    """All of them with our ids; a text's once for each kind of text."""
    found = []
    for name, route in staff_routes():
        if only_with_ids and (name == "make" or not ARGUMENT.search(route)):
            continue  # what is made is a word, and no id
        if name in ("needs:quote", "needs:read"):
            values = [{"kind": kind, "key": key} for kind, key in ours["texts"].items()]
        elif name.startswith("needs:note"):
            values = [ours["needs:note"]]
        elif name in ours:
            values = [ours[name]]
        else:
            room = name.partition(":")[0]
            values = [ours["members"] if room == "member_remove" else ours.get(room, {})]
        for value in values:
            found.append("/" + ARGUMENT.sub(lambda match, value=value: value[match.group(1)], route))
    return found


def asked(client: Client, addresses: list[str]) -> list[tuple[str, int]]:
    """What is there for this person: not found and refused are left out, and so is what only takes a POST."""
    found = []
    for address in addresses:
        for response in (client.get(address), client.post(address, {})):
            if response.status_code not in (403, 404, 405):
                found.append((address, response.status_code))
    return found


@pytest.fixture
def stranger(neighbour):
    """Owner at the neighbour's: all that one can be there."""
    user = staff(neighbour)
    user.memberships.create(organisation=neighbour, role="researcher")
    return user


def test_the_walk_finds_the_addresses():
    assert len(staff_routes()) > 30
    assert {"needs:board", "members", "moderation:hide", "live:console", "live:report"} <= {
        n for n, _r in staff_routes()
    }


def test_nothing_of_ours_opens_on_our_site(ours, stranger):
    client = Client()
    client.force_login(stranger)
    assert asked(client, addresses(ours)) == []


def test_nothing_of_ours_opens_on_their_own_site(ours, stranger):
    client = Client(SERVER_NAME="buur.example")
    client.force_login(stranger)
    assert asked(client, addresses(ours, only_with_ids=True)) == []


def test_nothing_of_ours_is_in_a_list_of_theirs(ours, stranger):
    client = Client(SERVER_NAME="buur.example")
    client.force_login(stranger)
    lists = ["/" + route for _name, route in staff_routes() if not ARGUMENT.search(route)]
    pages = [client.get(each) for each in lists]
    assert {response.status_code for response in pages} == {200}
    assert [
        each for each, response in zip(lists, pages, strict=True) if SAID in response.content.decode()
    ] == []


def test_all_of_it_opens_for_ourselves(ours, organisation):
    """Else the tests above would prove nothing."""
    client = Client()
    client.force_login(staff(organisation))
    # Our session has no page to copy; tests/cms/test_preparing.py has one.
    opened = [each for each in addresses(ours) if not each.endswith("/duplicate/")]
    shut = [each for each in opened if client.get(each).status_code not in (200, 405)]
    assert shut == []
