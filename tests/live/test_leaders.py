"""Facilitators see on the console who else leads; nobody else hears it."""

import pytest
from channels.layers import InMemoryChannelLayer, get_channel_layer

from participation.live import leaders
from tests.factories import staff
from tests.live.factories import open_session
from tests.live.phones import Phone
from tests.live.test_consumers import login_cookie

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(organisation):
    return open_session(organisation)


@pytest.fixture
def colleagues(organisation):
    """Name -> log-in cookie."""
    found = {}
    for name in ("Sanne", "Mo"):
        user = staff(organisation, "facilitator")
        user.name = name
        user.save()
        found[name] = login_cookie(user)
    return found


async def console(application, session, cookie):
    return await Phone.join(application, session, view="console", cookie=cookie)


async def hears(phone, *names):
    news = await phone.get(
        "leaders", where=lambda told: {each["name"] for each in told["leaders"]} == set(names)
    )
    return {each["number"] for each in news["leaders"]}


async def test_two_consoles_hear_of_each_other_until_one_leaves(application, session, colleagues):
    here = await console(application, session, colleagues["Sanne"])
    assert len(await hears(here, "Sanne")) == 1
    there = await console(application, session, colleagues["Mo"])
    assert len(await hears(there, "Sanne", "Mo")) == 2
    await hears(here, "Sanne", "Mo")
    await there.leave()
    await hears(here, "Sanne")


async def test_two_screens_of_one_person_are_one(application, session, colleagues):
    laptop = await console(application, session, colleagues["Sanne"])
    remote = await console(application, session, colleagues["Sanne"])
    assert await hears(laptop, "Sanne") == await hears(remote, "Sanne")
    await remote.leave()
    other = await console(application, session, colleagues["Mo"])
    await hears(other, "Sanne", "Mo")


async def test_phones_and_projectors_hear_nothing_of_it(application, session, colleagues):
    phone = await Phone.join(application, session)
    screen = await Phone.join(application, session, view="screen", cookie=colleagues["Mo"])
    here = await console(application, session, colleagues["Sanne"])
    await hears(here, "Sanne")  # and not Mo, who only has the projector open
    await here.command("close")
    for each in (phone, screen):
        await each.get("step")
        assert "leaders" not in {message["type"] for message in each.seen}


async def test_over_processes_they_hear_of_each_other(servers, session, colleagues):
    """By the layer that they share; without Redis there is none, and each knows its own."""
    alone = isinstance(get_channel_layer(), InMemoryChannelLayer)
    here = await console(servers(), session, colleagues["Sanne"])
    there = await console(servers(), session, colleagues["Mo"])
    await hears(here, *(["Sanne"] if alone else ["Sanne", "Mo"]))
    await hears(there, *(["Mo"] if alone else ["Sanne", "Mo"]))
    await there.leave()
    if not alone:
        await hears(here, "Sanne")


async def test_a_process_that_is_not_heard_of_any_more_is_forgotten(
    application, session, colleagues, monkeypatch
):
    monkeypatch.setattr(leaders, "TELL_EVERY", 0.01)
    here = await console(application, session, colleagues["Sanne"])
    (hub,) = application.consumer.hall.hubs.values()
    hub._leaders.heard({"hub": "elsewhere", "names": {"7": "Noor"}})
    await hears(here, "Sanne", "Noor")
    monkeypatch.setattr(leaders, "FORGET_AFTER", 0.1)
    await hears(here, "Sanne")
