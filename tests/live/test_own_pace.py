"""At one's own pace: from the start, or after a session was led."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.core.errors import Closed, Forbidden, Invalid, Unknown
from participation.live import queries, seats
from participation.live.actions import command, go_to
from participation.live.actions.answers import Entry, commit
from participation.live.models import Attendance, Session
from surveys.models import Answer, Response
from tests.factories import ProjectFactory, staff
from tests.live.factories import choice, make_session, open_session, run, slide, wall
from tests.live.phones import Phone, in_thread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


SCRIPT = (choice(), slide("A walk", "Past the old mill"), choice("And now?"), wall())


@pytest.fixture
def tour(organisation):
    return run(make_session(organisation, *SCRIPT, pacing="own"), "start")


def open_again(session, until=None, actor=None):
    day = timezone.localdate() + timedelta(days=7) if until is None else until
    command(
        session,
        "open_at_own_pace",
        {"until": day.isoformat()},
        actor or staff(session.organisation, "facilitator"),
    )
    return Session.objects.get(pk=session.pk)


def later(session):
    """The last day is over."""
    moved = {"rev": F("rev") + 1, "room_rev": F("rev") + 1}
    Session.objects.filter(pk=session.pk).update(own_until=timezone.now() - timedelta(seconds=1), **moved)
    return Session.objects.get(pk=session.pk)


def question(session, number=1):
    return session.steps.select_related("question").all()[number - 1].question


def answer(session, person, value, number=1):
    entry = Entry(person, uuid.uuid4(), "nl", question(session, number).pk, value)
    return commit(session.pk, [entry])[0]


def votes(session):
    rows = Answer.objects.filter(response__collector__questionnaire__page_key=session.page_key)
    return sorted(rows.values_list("response__collector__channel", "value"))


# --- When -------------------------------------------------------------------------------------------


def test_the_consoles_numbers_cost_the_same_for_one_and_for_thirty(tour, client, organisation):
    client.force_login(staff(organisation, "facilitator"))
    path, costs = f"/live/{tour.code}/console/", []
    client.get(path)
    for people in (1, 29):
        for _each in range(people):
            answer(tour, uuid.uuid4(), "lib")
        with CaptureQueriesContext(connection) as seen:
            content = client.get(path).content.decode()
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert re.search(r'data-fresh="done 1">30<', content)
    assert "live/own-console" in content


def test_every_step_is_open_until_the_last_day_is_over(tour):
    person = uuid.uuid4()
    assert "rev" in answer(tour, person, "lib", 1)
    assert "rev" in answer(tour, person, "sea", 3)
    assert votes(tour) == [("own", "lib"), ("own", "sea")]
    tour = open_again(tour)
    assert tour.at_own_pace
    assert answer(later(tour), person, "sea", 1) == {"code": "closed"}


def test_a_session_that_was_led_is_opened_again_and_closed_at_once(organisation):
    session = open_session(organisation, *SCRIPT)
    with pytest.raises(Invalid):
        open_again(session)
    session = run(session, "end")
    assert answer(session, uuid.uuid4(), "lib") == {"code": "closed"}
    with pytest.raises(Forbidden):
        open_again(session, actor=staff(organisation, "editor"))
    session = open_again(session)
    assert "rev" in answer(session, uuid.uuid4(), "lib")
    command(session, "open_at_own_pace", {"until": None}, staff(organisation, "facilitator"))
    assert answer(session, uuid.uuid4(), "lib") == {"code": "closed"}
    with pytest.raises(Closed):
        run(Session.objects.get(pk=session.pk), "show_results")


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_was_or_is_too_far_is_refused(tour, days):
    with pytest.raises(Invalid):
        open_again(tour, timezone.localdate() + timedelta(days=days))


# --- One person, one response -----------------------------------------------------------------------


def test_who_answered_when_it_was_led_changes_that_answer(organisation):
    session, person, other = open_session(organisation, *SCRIPT), uuid.uuid4(), uuid.uuid4()
    answer(session, person, "lib")
    session = open_again(run(session, "end"))
    answer(session, person, "sea")
    answer(session, person, "lib", 3)
    answer(session, other, "lib")
    assert votes(session) == [("live", "lib"), ("live", "sea"), ("own", "lib")]
    assert Response.objects.count() == 2
    mine = queries.mine(queries.room(session.pk), [person, other])
    step = session.steps.select_related("question").first()
    assert mine[person]["answers"][str(step.question.key)] == "sea"
    assert sorted(mine[person]["answers"].values()) == ["lib", "sea"]
    result = queries.result(queries.room(session.pk), step)
    assert (result.n, result.channels) == (2, {"live": 1, "own": 1})


def test_what_was_locked_stays(organisation):
    session, person = open_session(organisation, *SCRIPT), uuid.uuid4()
    answer(session, person, "lib")
    session = open_again(run(session, "lock", "end"))
    assert answer(session, person, "sea") == {"code": "closed"}
    assert "rev" in answer(session, uuid.uuid4(), "sea")


# --- Where somebody is ------------------------------------------------------------------------------


def test_a_person_comes_back_at_the_same_step(tour):
    phone = uuid.uuid4()
    third = tour.steps.all()[2]
    go_to(tour.pk, phone, str(third.key), seat=1)
    assert queries.stop_of(tour, seats.person_at(phone, 1)) == third.pk
    with pytest.raises(Unknown):
        go_to(tour.pk, phone, str(uuid.uuid4()))
    with pytest.raises(Closed):
        go_to(later(tour).pk, phone, str(third.key))


def test_staff_see_how_far_people_are(tour):
    people = [uuid.uuid4() for _each in range(3)]
    for person in people:
        answer(tour, person, "lib")
    go_to(tour.pk, people[0], str(tour.steps.all()[1].key))
    found = queries.stops(queries.room(tour.pk), "en")
    assert [(stop.here, stop.done) for stop in found] == [(2, 3), (1, 0), (0, 0), (0, 0)]


# --- The pages --------------------------------------------------------------------------------------


@pytest.fixture
def phone(client):
    client.cookies["django_language"] = "en"
    return client


def get(phone, session, **query):
    response = phone.get(f"/join/{session.code}/", query)
    assert response.status_code == 200
    return response.content.decode()


def post(phone, session, **data):
    return phone.post(f"/join/{session.code}/", data)


def test_somebody_goes_through_it_without_a_script(phone, tour):
    assert "Where do you meet?" in get(phone, tour)
    key = str(question(tour).key)
    response = post(phone, tour, what="answer", question=key, step="1", **{f"q-{key}": "lib"})
    assert response["Location"] == f"/join/{tour.code}/?step=1"
    content = get(phone, tour, step=1)
    assert "oogst-saved" in content
    assert "1 of 3 questions answered" in content
    assert post(phone, tour, what="go", step="2")["Location"].endswith("?step=2")
    assert "Past the old mill" in get(phone, tour)  # the same place, without a number in the address
    post(phone, tour, what="go", step="4")
    key = uuid.uuid4()
    thread = tour.steps.all()[3].thread.public_id
    post(phone, tour, what="contribute", thread=thread, text="A bench", name="", key=key, step="4")
    assert "A bench" in get(phone, tour)
    assert post(phone, tour, what="go", step="5")["Location"].endswith("?step=5")
    content = get(phone, tour, step=5)
    assert "You are through" in content
    assert "2 of 3 questions answered" in content


def test_at_the_end_of_it_is_a_code_and_an_email_when_there_is_news(phone, organisation):
    project = ProjectFactory(organisation=organisation)
    session = run(make_session(organisation, *SCRIPT, pacing="own", project=project), "start")
    asks_for_mail = f'action="/en/subscribe/{project.public_id}/"'
    content = get(phone, session, step=5)
    assert (asks_for_mail in content, "Follow your answer" in content) == (True, False)
    key = str(question(session).key)
    post(phone, session, what="answer", question=key, step="1", **{f"q-{key}": "lib"})
    content = get(phone, session, step=5)
    assert (asks_for_mail in content, "Follow your answer" in content) == (True, True)


def test_looking_around_writes_nothing(phone, tour):
    for step in ("", "1", "4", "5", "99", "x", "-1"):
        get(phone, tour, step=step)
    assert not Attendance.objects.exists()


def test_others_answers_are_seen_after_ones_own_when_the_facilitator_lets_them(phone, tour):
    facilitator = staff(tour.organisation, "facilitator")
    answer(tour, uuid.uuid4(), "sea")
    key = str(question(tour).key)
    send = {"what": "answer", "question": key, "step": "1", f"q-{key}": "lib"}
    post(phone, tour, **send)
    assert "50%<" not in get(phone, tour)
    command(tour, "show_results", {"step": str(tour.steps.first().key)}, facilitator)
    assert "50%<" in get(phone, tour)
    phone.cookies.clear()
    assert "50%<" not in get(phone, tour)


def test_after_the_last_day_the_end_page_comes(phone, organisation, tour):
    led = run(open_session(organisation, *SCRIPT), "end")
    for session, said in ((open_again(led), "was on"), (open_again(tour), "was open until")):
        assert "What happens next" not in get(phone, session)
        content = get(phone, later(session))
        assert "What happens next" in content
        assert re.search(rf"“An evening” {said} \w+ \d+ \w+\.", content)


def test_the_console_shows_how_far_people_are_instead_of_next(client, tour):
    client.force_login(staff(tour.organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    page = f"/live/{tour.code}/console/"
    content = client.get(page).content.decode()
    assert "How far people are" in content
    assert 'data-key="next"' not in content
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    client.post(page, {"command": "open_at_own_pace", "until": day})
    tour.refresh_from_db()
    assert timezone.localtime(tour.own_until).date().isoformat() == day
    client.post(page, {"command": f"show_results:{tour.steps.first().key}"})
    assert tour.steps.first().results_shown


# --- The socket -------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_a_phone_answers_any_step_on_the_socket(application, organisation):
    session = await in_thread(lambda: open_again(run(open_session(organisation, *SCRIPT), "end")))()
    phone = await Phone.join(application, session)
    told = phone.snapshot["session"]
    assert (told["state"], told["pacing"], phone.snapshot["step"]) == ("running", "own", None)
    key = (await in_thread(question)(session, 3)).key
    assert (await phone.answer(key, "lib"))["type"] == "ack"
    await in_thread(later)(session)
    assert await phone.closed() == 4410


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_who_comes_back_has_the_answer_they_gave_first_of_all(application, organisation):
    """Also when nobody had answered at their own pace when the room was opened here."""
    session = await in_thread(lambda: open_again(run(open_session(organisation, *SCRIPT), "end")))()
    phone = await Phone.join(application, session)
    key = str((await in_thread(question)(session, 3)).key)
    await phone.answer(key, "lib")
    again = await Phone.join(application, session, person=phone.person)
    assert again.snapshot["mine"]["answers"] == {key: "lib"}
