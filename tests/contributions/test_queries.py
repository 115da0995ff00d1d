import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from participation.contributions import queries
from participation.contributions.models import Contribution
from participation.projects.models import Verb
from tests.contributions.clients import phone_of
from tests.contributions.factories import (
    CommentFactory,
    IdeaFactory,
    ReplyFactory,
    SupportFactory,
    ThreadFactory,
)
from tests.factories import ParticipantFactory, PhaseFactory, ProjectFactory, staff

State = Contribution.State


@pytest.fixture(autouse=True)
def english():
    cache.clear()
    with translation.override("en"):
        yield


def titles(board):
    return [idea.title for idea in board.ideas]


def test_comments_and_supports_do_not_multiply_each_other(idea):
    SupportFactory.create_batch(2, contribution=idea)
    CommentFactory.create_batch(3, parent=idea)
    CommentFactory(parent=idea, state=State.HIDDEN)
    found = queries.board(idea.thread).ideas[0]
    assert (found.support_count, found.comment_count) == (2, 3)


def test_newest_first_and_most_supported_first_with_pinned_on_top(thread):
    old, middle, _new = (IdeaFactory(thread=thread, title=title) for title in ("old", "middle", "new"))
    SupportFactory(contribution=old)
    Contribution.objects.filter(pk=middle.pk).update(pinned=True)
    assert titles(queries.board(thread)) == ["middle", "new", "old"]
    assert titles(queries.board(thread, order="supported")) == ["middle", "old", "new"]


def test_every_word_of_a_search_has_to_be_there(thread):
    IdeaFactory(thread=thread, title="Benches", text="in the park")
    IdeaFactory(thread=thread, title="Benches", text="near the school")
    board = queries.board(thread, search="PARK benches")
    assert [idea.text for idea in board.ideas] == ["in the park"]


def test_a_status_filters_the_list_and_not_the_counts(thread):
    IdeaFactory.create_batch(2, thread=thread)
    IdeaFactory(thread=thread, title="Done", status="done")
    board = queries.board(thread, status="done")
    assert (titles(board), board.counts, board.total) == (["Done"], {"new": 2, "done": 1}, 3)


def test_only_own_waiting_ideas_are_on_the_list(thread, participant):
    IdeaFactory(thread=thread, title="Of others", state=State.PENDING)
    IdeaFactory(thread=thread, title="Hidden", state=State.HIDDEN, participant=participant)
    IdeaFactory(thread=thread, title="Mine", state=State.PENDING, participant=participant)
    assert titles(queries.board(thread, participant=participant)) == ["Mine"]
    assert titles(queries.board(thread)) == []


def test_it_says_what_is_mine_and_what_i_support(thread, participant):
    mine = IdeaFactory(thread=thread, participant=participant)
    SupportFactory(contribution=IdeaFactory(thread=thread), participant=participant)
    board = queries.board(thread, participant=participant)
    assert {idea.pk == mine.pk: (idea.mine, idea.supported) for idea in board.ideas} == {
        True: (True, False),
        False: (False, True),
    }


def test_a_board_has_pages_of_twenty(thread):
    IdeaFactory.create_batch(21, thread=thread)
    assert [len(queries.board(thread, page=page).ideas) for page in ("1", "2", "nonsense", "99")] == [
        20,
        1,
        20,
        1,
    ]


def test_similar_ideas_share_the_most_words(thread):
    IdeaFactory(thread=thread, title="Bicycle path to the station")
    best = IdeaFactory(thread=thread, title="Trees and benches on the square")
    IdeaFactory(thread=thread, title="More trees")
    IdeaFactory(thread=thread, title="Hidden trees and benches", state=State.HIDDEN)
    found = queries.similar(thread, "Benches under the trees!")
    assert [idea.title for idea in found] == [best.title, "More trees"]


def test_nothing_is_similar_to_short_words(idea):
    assert queries.similar(idea.thread, "On a b") == []


def test_staff_see_every_state_but_what_was_taken_back(organisation, thread):
    for state in State.values:
        IdeaFactory(thread=thread, title=state, state=state)
    found = queries.staff_list(organisation)
    assert sorted(idea.title for idea in found) == ["hidden", "pending", "visible"]


def test_staff_filter_by_thread_status_and_state(organisation, thread):
    elsewhere = ThreadFactory(organisation=organisation)
    IdeaFactory(thread=elsewhere)
    IdeaFactory(thread=thread)
    wanted = IdeaFactory(thread=thread, status="done", state=State.HIDDEN)
    found = queries.staff_list(organisation, thread=thread, status="done", state="hidden")
    assert list(found) == [wanted]


def count(client, url):
    with CaptureQueriesContext(connection) as queries_made:
        assert client.get(url).status_code == 200
    return len(queries_made)


def fill(thread, n, participant):
    for _number in range(n):
        idea = IdeaFactory(thread=thread)
        SupportFactory(contribution=idea, participant=participant)
        CommentFactory(parent=idea)


def test_a_board_takes_the_same_queries_for_1_and_for_30_ideas(organisation, participant):
    project = ProjectFactory(organisation=organisation)
    PhaseFactory(project=project, allows=list(Verb.values))
    thread = ThreadFactory(organisation=organisation, project=project)
    url, phone = reverse("contributions:board", args=[thread.public_id]), phone_of(participant)
    fill(thread, 1, participant)
    count(phone, url)
    few = count(phone, url)
    fill(thread, 29, participant)
    assert count(phone, url) == few
    assert few <= 12


def test_an_idea_takes_the_same_queries_for_1_and_for_30_comments(idea, participant):
    url, phone = reverse("contributions:idea", args=[idea.public_id]), phone_of(participant)
    CommentFactory(parent=idea)
    ReplyFactory(contribution=idea)
    count(phone, url)
    few = count(phone, url)
    CommentFactory.create_batch(29, parent=idea)
    ReplyFactory.create_batch(29, contribution=idea)
    assert count(phone, url) == few


@pytest.mark.parametrize("name", ["staff_ideas", "staff_idea"])
def test_staff_lists_take_the_same_queries_for_1_and_for_30(client, organisation, idea, name):
    client.force_login(staff(organisation))
    url = reverse(f"contributions:{name}", args=[idea.public_id] if name == "staff_idea" else [])
    CommentFactory(parent=idea)
    ReplyFactory(contribution=idea, author=staff(organisation))
    count(client, url)
    few = count(client, url)
    fill(idea.thread, 29, ParticipantFactory(organisation=organisation))
    CommentFactory.create_batch(29, parent=idea)
    for _number in range(29):
        ReplyFactory(contribution=idea, author=staff(organisation))
    assert count(client, url) == few
