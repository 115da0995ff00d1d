import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from participation.contributions.models import Contribution, Support
from participation.core.ids import group_code
from participation.projects.models import Receipt, Verb
from tests.contributions.clients import phone_of
from tests.contributions.factories import (
    CommentFactory,
    IdeaFactory,
    ReplyFactory,
    SupportFactory,
    ThreadFactory,
)
from tests.factories import PhaseFactory, ProjectFactory, staff

State = Contribution.State
XSS = '<script>alert(1)</script> <img src=x onerror="alert(2)"> javascript:alert(3)'


@pytest.fixture(autouse=True)
def english():
    cache.clear()  # rate limits of other tests
    with translation.override("en"):
        yield


def url(name, *args):
    return reverse(f"contributions:{name}", args=args)


def get(client, name, *args):
    return client.get(url(name, *args))


def text_of(response):
    return response.content.decode()


def test_a_board_without_ideas_says_what_to_do(client, thread):
    page = text_of(get(client, "board", thread.public_id))
    assert "No ideas yet" in page
    assert url("new", thread.public_id) in page


def test_a_board_shows_ideas_with_their_counts(client, idea):
    SupportFactory.create_batch(3, contribution=idea)
    CommentFactory.create_batch(2, parent=idea)
    page = text_of(get(client, "board", idea.thread.public_id))
    assert "Benches on the square" in page
    assert "data-count>3<" in page
    assert "2 comments" in page


def test_a_closed_board_says_so_and_offers_no_form(client, organisation):
    thread = ThreadFactory(organisation=organisation, closes_at=timezone.now())
    idea = IdeaFactory(thread=thread)
    page = text_of(get(client, "board", thread.public_id))
    assert "add ideas here now" in page
    assert url("new", thread.public_id) not in page
    assert url("support", idea.public_id) not in page


def test_a_closed_board_has_no_form_to_begin_with(client, organisation):
    thread = ThreadFactory(organisation=organisation, closes_at=timezone.now())
    assert 'name="title"' not in text_of(get(client, "new", thread.public_id))


def test_writing_after_closing_keeps_what_was_written_in_sight(client, organisation):
    thread = ThreadFactory(organisation=organisation, closes_at=timezone.now())
    page = client.post(url("new", thread.public_id), {"title": "Late", "text": "Two hours of work"})
    assert "Two hours of work" in text_of(page)
    assert Contribution.objects.count() == 0


def test_nothing_is_kept_of_a_visitor_who_only_reads(client, idea):
    get(client, "board", idea.thread.public_id)
    response = get(client, "idea", idea.public_id)
    assert "oogst_participant" not in response.cookies


def test_an_idea_is_posted_without_an_account_and_thanked_for(client, organisation):
    project = ProjectFactory(organisation=organisation)
    thread = ThreadFactory(organisation=organisation, project=project)
    response = client.post(
        url("new", thread.public_id), {"title": "Shade", "text": "Trees please", "name": "Ans"}, follow=True
    )
    made = Contribution.objects.get()
    assert (made.title, made.text, made.name, made.language) == ("Shade", "Trees please", "Ans", "en")
    assert response.redirect_chain == [(url("thanks", made.public_id), 302)]
    assert group_code(Receipt.objects.get().code) in text_of(response)


def test_only_the_writer_sees_the_thanks_with_the_code(client, idea):
    assert get(phone_of(idea.participant), "thanks", idea.public_id).status_code == 200
    assert get(client, "thanks", idea.public_id).status_code == 404


def test_the_name_of_an_account_is_offered(client, thread, organisation):
    client.force_login(staff(organisation, "editor"))
    assert 'value="Somebody"' in text_of(get(client, "new", thread.public_id))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": "", "text": "The text stays"}, "This field is required."),
        ({"title": "A\x00", "text": "The text stays"}, "This text has characters we can&#x27;t keep."),
        ({"title": "x" * 121, "text": "The text stays"}, "This text is too long: 121 characters."),
        ({"title": "Name", "text": "The text stays", "name": "n" * 61}, "This text is too long: 61"),
    ],
)
def test_a_mistake_is_told_and_no_text_is_lost(client, thread, sent, said):
    page = text_of(client.post(url("new", thread.public_id), sent))
    assert said in page
    assert "The text stays" in page
    assert Contribution.objects.count() == 0


def test_a_long_text_with_line_ends_counts_as_the_browser_counts(client, thread):
    text = "\r\n".join(["x" * 49] * 100)
    client.post(url("new", thread.public_id), {"title": "Long", "text": text})
    assert len(Contribution.objects.get().text) == 4999


def test_personal_details_are_asked_about_once_and_then_posted(client, thread):
    sent = {"title": "Call me", "text": "My number is 06 12 34 56 78"}
    asked = text_of(client.post(url("new", thread.public_id), sent))
    assert "a phone number: <strong>06 12 34 56 78</strong>" in asked
    assert Contribution.objects.count() == 0
    client.post(url("new", thread.public_id), sent | {"step": "post"})
    assert Contribution.objects.get().title == "Call me"


def test_changing_it_shows_the_form_with_everything_in_it(client, thread):
    sent = {"title": "Call me", "text": "My number is 06 12 34 56 78", "step": "change"}
    page = text_of(client.post(url("new", thread.public_id), sent))
    assert 'value="Call me"' in page
    assert "My number is 06 12 34 56 78</textarea>" in page
    assert Contribution.objects.count() == 0


def test_similar_ideas_are_shown_before_posting(client, idea):
    sent = {"title": "More benches please", "text": "To sit on"}
    page = text_of(client.post(url("new", idea.thread.public_id), sent))
    assert "Is your idea already here?" in page
    assert url("idea", idea.public_id) in page


def test_sending_the_form_twice_is_one_idea(client, thread):
    sent = {"title": "Shade", "text": "Trees", "client_id": "5b8f9f3e-5d0c-4a38-9f5b-0f7a2f6a3c11"}
    for _again in range(2):
        client.post(url("new", thread.public_id), sent | {"step": "post"})
    assert Contribution.objects.count() == 1


def test_a_filled_trap_makes_it_wait_and_loses_nothing(client, thread):
    client.post(url("new", thread.public_id), {"title": "Shade", "text": "Trees", "website": "http://x"})
    made = Contribution.objects.get()
    assert (made.state, made.flag) == (State.PENDING, "trap")


def test_one_phone_has_to_wait_after_ten_ideas_and_keeps_its_text(client, thread):
    for number in range(11):
        sent = {"title": f"Idea {number}", "text": f"Text {number}", "step": "post"}
        response = client.post(url("new", thread.public_id), sent)
    assert "That goes too fast." in text_of(response)
    assert "Text 10</textarea>" in text_of(response)
    assert Contribution.objects.count() == 10


def test_many_from_one_address_wait_for_a_look(thread, monkeypatch):
    monkeypatch.setattr("participation.contributions.limits.PER_ADDRESS", "2/h")
    for number in range(3):
        sent = {"title": f"Idea {number}", "text": "Text", "step": "post"}
        Client().post(url("new", thread.public_id), sent)
    assert list(Contribution.objects.order_by("id").values_list("state", "flag")) == [
        ("visible", ""),
        ("visible", ""),
        ("pending", "many"),
    ]


@pytest.mark.parametrize("field", ["title", "text", "name"])
def test_nothing_a_resident_types_becomes_html(client, idea, field):
    setattr(idea, field, XSS[:60])
    idea.save()
    CommentFactory(parent=idea, text=XSS, name=XSS[:60])
    ReplyFactory(contribution=idea, text=XSS)
    for page in (get(client, "idea", idea.public_id), get(client, "board", idea.thread.public_id)):
        assert "<script>alert" not in text_of(page)
        assert "<img src=x" not in text_of(page)
        assert 'href="javascript' not in text_of(page)


def test_the_check_before_posting_escapes_too(client, thread):
    sent = {"title": XSS, "text": XSS + " mail@example.org", "name": XSS[:60]}
    page = text_of(client.post(url("new", thread.public_id), sent))
    assert "One more look" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_an_idea_shows_its_official_answer_and_comments(client, idea):
    ReplyFactory(contribution=idea)
    CommentFactory(parent=idea, text="In the shade, please.", name="Bram")
    page = text_of(get(client, "idea", idea.public_id))
    assert "Answer of Library" in page
    assert "We place three benches before the summer." in page
    assert "In the shade, please." in page


def test_a_comment_is_posted_and_shown(client, idea):
    response = client.post(url("comment", idea.public_id), {"text": "Good one"}, follow=True)
    made = idea.comments.get()
    assert response.redirect_chain == [(url("idea", idea.public_id) + f"#comment-{made.public_id}", 302)]
    assert "Good one" in text_of(response)


def test_a_resident_gets_no_cookie_that_the_privacy_document_does_not_name(client, idea):
    text = (settings.BASE_DIR / "docs/privacy.md").read_text()
    named = set(re.findall(r"`(\w+)`", re.search(r"^\((.*) on a developer's machine", text, re.MULTILINE)[1]))
    client.post(url("comment", idea.public_id), {"text": "Good one"}, follow=True)
    get(client, "idea", idea.public_id)
    assert settings.PARTICIPANT_COOKIE_NAME in client.cookies
    assert client.cookies.keys() <= named


def test_a_comment_with_nul_gets_an_error_and_stays_in_the_field(client, idea):
    page = text_of(client.post(url("comment", idea.public_id), {"text": "Good\x00 one"}))
    assert "This text has characters we can&#x27;t keep." in page
    assert " one</textarea>" in page
    assert idea.comments.count() == 0


def test_a_comment_can_not_be_commented_on(client, idea):
    comment = CommentFactory(parent=idea)
    assert client.post(url("comment", comment.public_id), {"text": "And?"}).status_code == 404


@pytest.mark.parametrize("state", [State.PENDING, State.HIDDEN])
def test_what_waits_or_is_hidden_exists_for_its_writer_only(client, thread, state):
    idea = IdeaFactory(thread=thread, state=state, title="Not for others")
    assert get(client, "idea", idea.public_id).status_code == 404
    assert "Not for others" not in text_of(get(client, "board", thread.public_id))
    assert "Only you see this" in text_of(get(phone_of(idea.participant), "idea", idea.public_id))


def test_the_writer_sees_a_waiting_idea_marked_on_the_board(thread):
    idea = IdeaFactory(thread=thread, state=State.PENDING, title="Mine")
    page = text_of(get(phone_of(idea.participant), "board", thread.public_id))
    assert "Mine" in page
    assert "We read it first" in page


def test_a_waiting_comment_is_seen_by_its_writer_only(client, idea):
    comment = CommentFactory(parent=idea, state=State.PENDING, text="Waiting words")
    assert "Waiting words" not in text_of(get(client, "idea", idea.public_id))
    assert "Waiting words" in text_of(get(phone_of(comment.participant), "idea", idea.public_id))


def test_support_goes_on_and_off_and_back_to_the_board(client, idea):
    board = url("board", idea.thread.public_id) + "?order=supported"
    response = client.post(url("support", idea.public_id), {"on": "1", "next": board})
    assert (response["Location"], Support.objects.count()) == (f"{board}#idea-{idea.public_id}", 1)
    client.post(url("support", idea.public_id), {"on": "0"})
    assert Support.objects.count() == 0


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_support_sends_nobody_to_another_site(client, idea, away):
    response = client.post(url("support", idea.public_id), {"on": "1", "next": away})
    assert response["Location"] == url("idea", idea.public_id)


def test_a_script_gets_the_count_as_json(client, idea):
    SupportFactory(contribution=idea)
    response = client.post(
        url("support", idea.public_id), {"on": "1"}, headers={"Accept": "application/json"}
    )
    assert response.json() == {"on": True, "count": 2}


def test_a_script_hears_that_the_phase_is_over(client, organisation):
    project = ProjectFactory(organisation=organisation)
    PhaseFactory(project=project, allows=[Verb.IDEA])
    idea = IdeaFactory(thread=ThreadFactory(organisation=organisation, project=project))
    response = client.post(
        url("support", idea.public_id), {"on": "1"}, headers={"Accept": "application/json"}
    )
    assert (response.status_code, response.json()["code"]) == (409, "closed")


def test_the_writer_takes_it_back_after_one_question(idea):
    phone = phone_of(idea.participant)
    assert "Take it back?" in text_of(get(phone, "take_back", idea.public_id))
    assert Contribution.objects.count() == 1
    phone.post(url("take_back", idea.public_id))
    assert Contribution.objects.count() == 0


def test_nobody_else_can_take_it_back(client, idea):
    assert client.post(url("take_back", idea.public_id)).status_code == 404
    assert Contribution.objects.count() == 1


def test_an_idea_that_was_taken_back_keeps_the_words_of_others(client, idea):
    CommentFactory(parent=idea, text="In the shade, please.")
    phone_of(idea.participant).post(url("take_back", idea.public_id))
    page = text_of(get(client, "idea", idea.public_id))
    assert "Benches on the square" not in page
    assert "In the shade, please." in page


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("board", "thread"),
        ("new", "thread"),
        ("idea", "idea"),
        ("thanks", "idea"),
        ("take_back", "idea"),
    ],
)
def test_another_organisation_does_not_know_it(client, organisation, neighbour, name, owner):
    idea = IdeaFactory(thread=ThreadFactory(organisation=neighbour))
    public_id = idea.thread.public_id if owner == "thread" else idea.public_id
    assert get(client, name, public_id).status_code == 404


@pytest.mark.parametrize("name", ["comment", "support", "take_back"])
def test_another_organisation_takes_no_writes_for_it(client, organisation, neighbour, name):
    idea = IdeaFactory(thread=ThreadFactory(organisation=neighbour))
    sent = {"text": "Hello", "on": "1"}
    assert client.post(url(name, idea.public_id), sent).status_code == 404
    assert (Contribution.objects.count(), Support.objects.count()) == (1, 0)


def test_a_note_on_a_wall_has_no_page_of_its_own(client, organisation):
    note = IdeaFactory(thread=ThreadFactory(organisation=organisation, kind="wall"))
    assert get(client, "idea", note.public_id).status_code == 404
    assert get(client, "board", note.thread.public_id).status_code == 404
