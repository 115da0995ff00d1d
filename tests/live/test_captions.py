"""What is said, written along: who may write it, who reads it, and that it costs the room nothing."""

import pytest
from django.core.cache import cache
from django.test import Client

from participation.core.errors import Closed, Forbidden
from participation.core.models import AuditEntry
from participation.live.actions import command, erase_captions, write_captions
from participation.live.models import Caption, Session
from tests.factories import staff
from tests.live.factories import make_session, open_session, run
from tests.live.phones import Phone, in_thread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


@pytest.fixture
def session(organisation):
    return open_session(organisation)


@pytest.fixture
def keyed(session):
    command(session, "renew_caption_key", {}, staff(session.organisation, "facilitator"))
    return Session.objects.get(pk=session.pk)


def texts(session):
    return list(session.captions.values_list("text", flat=True))


def feed(session, body, key, **more):
    address = f"/live/{session.code}/captions/feed/?key={key}"
    return Client(enforce_csrf_checks=True).post(address, body, content_type="text/plain", **more)


# --- Who may write ----------------------------------------------------------------------------------


def test_a_facilitator_and_who_has_the_key_write_and_nobody_else(keyed):
    write_captions(keyed, ["One"], actor=staff(keyed.organisation, "facilitator"))
    write_captions(keyed, ["Two"], key=keyed.caption_key)
    for wrong in ({}, {"key": "x"}, {"actor": staff(keyed.organisation, "editor")}):
        with pytest.raises(Forbidden):
            write_captions(keyed, ["Three"], **wrong)
    assert texts(keyed) == ["One", "Two"]


def test_without_a_key_the_empty_key_opens_nothing(session):
    with pytest.raises(Forbidden):
        write_captions(session, ["One"], key="")
    assert feed(session, "One", "").status_code == 404


def test_a_new_key_ends_the_old_one_and_is_in_no_log(keyed):
    old = keyed.caption_key
    command(keyed, "renew_caption_key", {}, staff(keyed.organisation, "facilitator"))
    assert feed(keyed, "One", old).status_code == 404
    fresh = Session.objects.get(pk=keyed.pk).caption_key
    assert feed(keyed, "One", fresh).status_code == 201
    assert not any(key in str(entry.data) for entry in AuditEntry.objects.all() for key in (old, fresh))


def test_a_key_is_of_one_session_and_one_organisation(keyed, neighbour):
    other = open_session(keyed.organisation)
    assert feed(other, "One", keyed.caption_key).status_code == 404
    theirs = make_session(neighbour)
    assert feed(theirs, "One", keyed.caption_key).status_code == 404
    assert feed(keyed, "One", keyed.caption_key, headers={"host": "buur.example"}).status_code == 404
    assert not Caption.objects.exists()


# --- A service's feed -------------------------------------------------------------------------------


def test_a_service_sends_lines_and_long_ones_become_several(keyed):
    response = feed(keyed, "Good evening\n\n" + "word " * 100, keyed.caption_key)
    assert (response.status_code, response.content) == (201, b"3\n")
    assert texts(keyed)[0] == "Good evening"
    assert " ".join(texts(keyed)[1:]) == ("word " * 100).strip()


@pytest.mark.parametrize(
    ("body", "status"), [("a\x00b", 400), (b"\xff\xfe", 400), ("line\n" * 21, 400), ("x" * 9000, 400)]
)
def test_what_no_caption_is_is_refused(keyed, body, status):
    assert feed(keyed, body, keyed.caption_key).status_code == status
    assert texts(keyed) == []


def test_a_feed_that_goes_wild_is_slowed_down_and_an_ended_session_takes_nothing(keyed):
    statuses = []
    while 429 not in statuses and len(statuses) < 601:  # 300 in a minute: of two minutes one is too full
        statuses.append(feed(keyed, "One", keyed.caption_key).status_code)
    assert statuses == [201] * (len(statuses) - 1) + [429]
    assert len(statuses) > 300
    run(keyed, "end")
    cache.clear()
    assert feed(keyed, "One", keyed.caption_key).status_code == 409
    with pytest.raises(Closed):
        write_captions(Session.objects.get(pk=keyed.pk), ["Two"], key=keyed.caption_key)


# --- The pages --------------------------------------------------------------------------------------


def test_a_captioner_without_an_account_writes_with_the_link(keyed, client):
    page = f"/live/{keyed.code}/captions/"
    assert client.get(page).status_code == 404
    assert client.get(f"{page}?key=wrong").status_code == 404
    content = client.get(f"{page}?key={keyed.caption_key}").content.decode()
    assert "renew" not in content
    response = client.post(f"{page}?key={keyed.caption_key}", {"text": "Hello"})
    assert response["Location"] == f"{page}?key={keyed.caption_key}"
    assert client.post(f"{page}?key={keyed.caption_key}", {"what": "erase"}).status_code == 403
    assert client.post(f"{page}?key={keyed.caption_key}", {"what": "renew"}).status_code == 403
    assert texts(keyed) == ["Hello"]


def test_a_facilitator_makes_the_link_on_the_page(session, client):
    client.force_login(staff(session.organisation, "facilitator"))
    page = f"/live/{session.code}/captions/"
    client.post(page, {"what": "renew"})
    key = Session.objects.get(pk=session.pk).caption_key
    assert f"http://testserver{page}?key={key}" in client.get(page).content.decode()


def test_everybody_with_the_code_reads_all_of_it_and_staff_can_erase_it(keyed, client, neighbour):
    write_captions(keyed, ["<b>One</b>", "Two"], key=keyed.caption_key)
    run(keyed, "end")
    assert "/captions/transcript/" in client.get(f"/join/{keyed.code}/").content.decode()
    content = client.get(f"/live/{keyed.code}/captions/transcript/").content.decode()
    assert "&lt;b&gt;One&lt;/b&gt;" in content
    with pytest.raises(Forbidden):
        erase_captions(keyed, actor=staff(keyed.organisation, "editor"))
    erase_captions(keyed, actor=staff(keyed.organisation, "facilitator"))
    assert texts(keyed) == []
    assert (
        client.get(f"/live/{keyed.code}/captions/transcript/", headers={"host": "buur.example"}).status_code
        == 404
    )


# --- In the room ------------------------------------------------------------------------------------


async def show_captions(phone, on):
    await phone.say(type="captions", on=on)
    await phone.say(type="hello", v=1, lang="nl")
    await phone.get("snapshot")  # so that is heard too


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_lines_reach_who_asked_and_move_nothing(application, organisation):
    session = await in_thread(open_session)(organisation)
    facilitator = await in_thread(staff)(organisation, "facilitator")
    phone = await Phone.join(application, session)
    await show_captions(phone, True)
    screen = await Phone.join(application, session, view="screen")
    hub = next(iter(application.consumer.hall.hubs.values()))
    room, rev = hub.state.room, hub.state.rev
    for text in ("One", "Two", "Three", "Four"):
        await in_thread(write_captions)(session, [text], actor=facilitator)
    for each in (phone, screen):
        found = await each.get("captions", where=lambda message: "Four" in message["lines"])
        assert found["lines"] == ["Two", "Three", "Four"]
    assert hub.state.room is room
    assert (await in_thread(Session.objects.get)(pk=session.pk)).rev == rev
    late = await Phone.join(application, session)
    assert (await late.get("captions"))["lines"] is None
    await late.say(type="captions", on=True)
    assert (await late.get("captions"))["lines"] == ["Two", "Three", "Four"]
    for each in (phone, screen, late):
        assert not [seen for seen in each.seen if seen["type"] in ("results", "step")]
        await each.leave()


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_a_phone_that_did_not_ask_hears_once_that_there_are_captions(application, organisation):
    session = await in_thread(open_session)(organisation)
    facilitator = await in_thread(staff)(organisation, "facilitator")
    quiet, asking = await Phone.join(application, session), await Phone.join(application, session)
    await show_captions(asking, True)
    for text in ("One", "Two"):
        await in_thread(write_captions)(session, [text], actor=facilitator)
        await asking.get("captions", where=lambda message, text=text: text in message["lines"])
    assert (await quiet.get("captions"))["lines"] is None
    await show_captions(asking, False)
    await in_thread(write_captions)(session, ["Three"], actor=facilitator)
    await in_thread(run)(session, "close")
    for each in (quiet, asking):
        await each.get("step")
    assert [seen["lines"] for seen in quiet.seen if seen["type"] == "captions"] == [None]
    assert all("Three" not in (seen["lines"] or []) for seen in asking.seen if seen["type"] == "captions")


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_the_console_takes_captions_off_the_projector(application, organisation):
    session = await in_thread(open_session)(organisation)
    facilitator = await in_thread(staff)(organisation, "facilitator")
    screen = await Phone.join(application, session, view="screen")
    await in_thread(command)(session, "captions_on_screen", {"on": False}, facilitator)
    assert (await screen.get("step"))["session"]["captions_on_screen"] is False
    phone = await Phone.join(application, session)
    await show_captions(phone, True)
    await in_thread(write_captions)(session, ["One"], actor=facilitator)
    await phone.get("captions", where=lambda message: "One" in message["lines"])
    late = await Phone.join(application, session, view="screen")
    await in_thread(command)(session, "captions_on_screen", {"on": True}, facilitator)
    for each in (screen, late):
        await each.get("step", where=lambda message: message["session"]["captions_on_screen"])
        assert "captions" not in {seen["type"] for seen in each.seen}
    await in_thread(write_captions)(session, ["Two"], actor=facilitator)
    assert "Two" in (await screen.get("captions", where=lambda message: "Two" in message["lines"]))["lines"]


def test_who_leads_switches_captions_of_the_projector(session, client):
    client.force_login(staff(session.organisation, "facilitator"))
    client.post(f"/live/{session.code}/console/", {"command": "captions_on_screen:0"})
    assert Session.objects.get().captions_on_screen is False
    assert 'value="captions_on_screen:1"' in client.get(f"/live/{session.code}/console/").content.decode()
    with pytest.raises(Forbidden):
        command(session, "captions_on_screen", {"on": True}, staff(session.organisation, "editor"))
