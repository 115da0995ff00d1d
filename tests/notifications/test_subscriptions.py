import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from participation.contributions import actions as boards
from participation.notifications import actions
from participation.notifications.models import Subscription
from participation.programmes.actions import publish_programme
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ProjectFactory, staff
from tests.needs.factories import NeedFactory


@pytest.fixture
def address(project):
    return f"/en/subscribe/{project.public_id}/"


def subscribed(project, email="resident@example.org", language="en"):
    return Subscription.objects.create(
        organisation=project.organisation,
        project=project,
        email=email,
        language=language,
        confirmed_at=timezone.now(),
    )


def link_in(message, what):
    (found,) = re.findall(rf"http://[^/\s]+(/\w+/subscribe/{what}/\S+)", message.body)
    return found


def test_only_the_button_behind_the_mailed_link_confirms(client, project, address):
    assert client.post(address, {"email": "Resident@Example.org"}).status_code == 200
    (message,) = mail.outbox
    assert message.to == ["resident@example.org"]
    link = link_in(message, "confirm")
    assert client.get(link).status_code == 200
    assert Subscription.objects.get().confirmed_at is None
    client.post(link)
    assert Subscription.objects.get().confirmed_at is not None


def test_nobody_learns_whether_an_address_is_known_and_nobody_is_mailed_twice(client, project, address):
    answers = [client.post(address, {"email": "resident@example.org"}) for _ in range(2)]
    subscribed(project, "other@example.org")
    answers.append(client.post(address, {"email": "other@example.org"}))
    strip = [re.sub(r'value="[^"]{20,}"', "", answer.content.decode()) for answer in answers]
    assert strip[0] == strip[1] == strip[2]
    assert len(mail.outbox) == 1


def test_after_a_while_a_lost_mail_is_sent_again_and_old_requests_are_forgotten(project):
    actions.subscribe(project, email="a@example.org", language="en")
    Subscription.objects.update(asked_at=timezone.now() - dt.timedelta(hours=1))
    actions.subscribe(project, email="a@example.org", language="en")
    assert len(mail.outbox) == 2
    Subscription.objects.update(asked_at=timezone.now() - dt.timedelta(days=8))
    actions.subscribe(project, email="b@example.org", language="en")
    assert list(Subscription.objects.values_list("email", flat=True)) == ["b@example.org"]


def test_stopping_forgets_the_address_also_by_a_mail_programs_own_button(organisation, project):
    from django.test import Client

    link = f"/en/subscribe/stop/{actions.stop_token(subscribed(project))}/"
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(link).status_code == 200
    assert Subscription.objects.count() == 1
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscription.objects.count() == 0
    assert strict.get(link).status_code == 404


def test_a_link_of_another_kind_house_or_hand_does_nothing(client, organisation, project, neighbour):
    ours = subscribed(project)
    theirs = subscribed(ProjectFactory(organisation=neighbour))
    for path in (
        f"confirm/{actions.stop_token(ours)}",
        f"stop/{actions.confirm_token(ours)}",
        f"stop/{actions.stop_token(theirs)}",
        f"stop/{actions.stop_token(ours)}x",
        "stop/anything",
    ):
        assert client.post(f"/en/subscribe/{path}/").status_code == 404
    assert Subscription.objects.count() == 2


def test_the_neighbours_project_cant_be_followed_here(client, organisation, neighbour):
    theirs = ProjectFactory(organisation=neighbour)
    assert client.get(f"/en/subscribe/{theirs.public_id}/").status_code == 404


def test_each_subscriber_reads_news_in_their_language_and_can_stop(project):
    subscribed(project)
    subscribed(project, "bewoner@example.org", "nl")
    Subscription.objects.create(
        organisation=project.organisation, project=project, email="unconfirmed@example.org"
    )
    actions.tell_subscribers(project, what="programme", name="Green\nstreets")
    assert [message.to for message in mail.outbox] == [["resident@example.org"], ["bewoner@example.org"]]
    english = mail.outbox[0]
    assert english.subject == "This is what we are going to do: Green streets"
    assert english.extra_headers["List-Unsubscribe"] == f"<http://localhost{link_in(english, 'stop')}>"
    assert link_in(mail.outbox[1], "stop").startswith("/nl/")


def test_mails_come_from_the_organisation_and_lead_to_https_where_everything_does(project, settings):
    settings.SESSION_COOKIE_SECURE = True
    subscribed(project)
    actions.subscribe(project, email="new@example.org", language="en")
    actions.tell_subscribers(project, what="programme", name="Green streets")
    senders = {message.from_email for message in mail.outbox}
    assert senders == {f"{project.organisation.name} <oogst@example.org>"}
    assert ["http://" in message.body for message in mail.outbox] == [False, False]
    assert ["https://localhost/en/subscribe/" in message.body for message in mail.outbox] == [True, True]


def test_html_in_news_stays_text(project):
    subscribed(project)
    actions.tell_subscribers(project, what="news", name="<b>Hi</b>", text="<script>x</script>\n& you")
    (message,) = mail.outbox
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<script>x</script>\n& you" in message.body


def test_subscribers_hear_of_a_reply_and_of_a_programme(
    organisation, project, django_capture_on_commit_callbacks
):
    subscribed(project)
    thread = ThreadFactory(organisation=organisation, project=project)
    idea = IdeaFactory(thread=thread, title="Benches")
    with django_capture_on_commit_callbacks(execute=True):
        boards.reply(idea, text="They come in May", status="accepted", actor=staff(organisation))
    with django_capture_on_commit_callbacks(execute=True):
        publish_programme(
            organisation=organisation,
            project=project,
            page_key=project.page_key,
            name="Green streets",
            needs=[NeedFactory(organisation=organisation)],
            activities=[],
            actor=staff(organisation),
        )
    assert [message.subject for message in mail.outbox] == [
        "We answered: Benches",
        "This is what we are going to do: Green streets",
    ]
    assert "They come in May" in mail.outbox[0].body
