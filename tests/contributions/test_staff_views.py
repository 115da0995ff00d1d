import pytest
from django.urls import reverse
from django.utils import translation

from participation.contributions.models import Contribution, OfficialReply
from tests.contributions.factories import CommentFactory, IdeaFactory, ThreadFactory
from tests.factories import UserFactory, staff

XSS = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def list_url():
    return reverse("contributions:staff_ideas")


def url(idea):
    return reverse("contributions:staff_idea", args=[idea.public_id])


@pytest.mark.parametrize("role", ["owner", "editor", "facilitator", "researcher", "moderator"])
def test_everybody_on_staff_reads_the_ideas(client, organisation, idea, role):
    client.force_login(staff(organisation, role))
    assert "Benches on the square" in client.get(list_url()).content.decode()
    assert client.get(url(idea)).status_code == 200


def test_residents_with_an_account_are_no_staff(client, organisation, idea):
    client.force_login(UserFactory())
    assert [client.get(address).status_code for address in (list_url(), url(idea))] == [403, 403]


def test_without_log_in_one_is_sent_to_log_in(client, organisation, idea):
    assert [client.get(address).status_code for address in (list_url(), url(idea))] == [302, 302]


def test_staff_of_the_neighbour_see_nothing_of_us(client, organisation, neighbour, idea):
    user = staff(neighbour)
    client.force_login(user)
    answer = client.get(list_url(), SERVER_NAME="buur.example").content.decode()
    assert "Benches" not in answer
    assert client.get(url(idea), SERVER_NAME="buur.example").status_code == 404
    assert client.get(url(idea)).status_code == 403


def test_a_filter_on_the_neighbours_thread_is_ignored(client, organisation, neighbour, idea):
    theirs = ThreadFactory(organisation=neighbour, name="Their board")
    client.force_login(staff(organisation))
    answer = client.get(list_url(), {"thread": theirs.public_id}).content.decode()
    assert "Benches on the square" in answer
    assert "Their board" not in answer


def test_an_editor_answers(client, organisation, idea):
    client.force_login(staff(organisation, "editor"))
    response = client.post(url(idea), {"status": "accepted", "text": "In May."})
    idea.refresh_from_db()
    assert (response.status_code, idea.status, OfficialReply.objects.get().text) == (
        302,
        "accepted",
        "In May.",
    )


def test_a_status_without_a_text_is_no_reply(client, organisation, idea):
    client.force_login(staff(organisation, "editor"))
    client.post(url(idea), {"status": "considered", "text": ""})
    idea.refresh_from_db()
    assert (idea.status, OfficialReply.objects.count()) == ("considered", 0)


@pytest.mark.parametrize("role", ["researcher", "moderator", "facilitator"])
def test_others_get_no_form_and_their_post_changes_nothing(client, organisation, idea, role):
    client.force_login(staff(organisation, role))
    client.post(url(idea), {"status": "accepted", "text": "In May."})
    idea.refresh_from_db()
    assert (idea.status, OfficialReply.objects.count()) == ("new", 0)
    assert 'name="status"' not in client.get(url(idea)).content.decode()


def test_a_wrong_answer_keeps_its_text(client, organisation, idea):
    client.force_login(staff(organisation, "editor"))
    answer = client.post(url(idea), {"status": "perhaps", "text": "A long answer"}).content.decode()
    assert "A long answer</textarea>" in answer
    assert OfficialReply.objects.count() == 0


def test_what_is_hidden_gets_no_answer(client, organisation, thread):
    idea = IdeaFactory(thread=thread, state=Contribution.State.HIDDEN)
    client.force_login(staff(organisation, "editor"))
    client.post(url(idea), {"status": "accepted", "text": "In May."})
    assert OfficialReply.objects.count() == 0


def test_residents_text_stays_text_for_staff_too(client, organisation, idea):
    Contribution.objects.update(title=XSS, text=XSS, name=XSS)
    CommentFactory(parent=idea, text=XSS, name=XSS)
    client.force_login(staff(organisation))
    for address in (list_url(), url(idea)):
        assert XSS not in client.get(address).content.decode()


def test_the_menu_shows_moderation_to_moderators_only(client, organisation):
    door = reverse("moderation:queue")
    client.force_login(staff(organisation, "researcher"))
    assert f'href="{door}"' not in client.get(list_url()).content.decode()
    client.force_login(staff(organisation, "moderator"))
    assert f'href="{door}"' in client.get(list_url()).content.decode()
