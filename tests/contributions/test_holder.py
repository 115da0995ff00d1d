import pytest

from participation.contributions.models import Contribution, Support
from participation.core import erasure
from participation.moderation.actions import hide
from participation.moderation.models import Decision, Report
from participation.needs.models import Evidence
from tests.contributions.factories import CommentFactory, IdeaFactory, SupportFactory
from tests.factories import ParticipantFactory, staff


@pytest.fixture
def report(idea, participant):
    return Report.objects.create(
        organisation=idea.organisation, contribution=idea, participant=participant, reason="rude", note="Look"
    )


def test_export_gives_what_somebody_wrote_supported_and_reported(thread, idea, participant, report):
    mine = IdeaFactory(thread=thread, participant=participant, title="Shade", text="Trees", name="Ans")
    SupportFactory(contribution=idea, participant=participant)
    held = erasure.export(participant)
    written = held["contributions"]["written"]
    assert [(row["id"], row["title"], row["text"], row["name"]) for row in written] == [
        (mine.public_id, "Shade", "Trees", "Ans")
    ]
    assert [row["idea"] for row in held["contributions"]["supported"]] == [idea.public_id]
    assert [(row["reported"], row["note"]) for row in held["moderation"]] == [(idea.public_id, "Look")]


def test_erasing_leaves_nothing_of_this_person_and_all_of_others(thread, idea, participant, report):
    IdeaFactory(thread=thread, participant=participant, title="Alone")
    answered = IdeaFactory(thread=thread, participant=participant, title="Answered", text="Mine", name="Ans")
    CommentFactory(parent=answered, text="Of somebody else")
    CommentFactory(parent=answered, participant=participant, text="My own comment")
    CommentFactory(parent=idea, participant=participant, text="On another idea")
    SupportFactory(contribution=idea, participant=participant)
    SupportFactory(contribution=idea)
    erasure.erase(participant)
    rows = Contribution.objects.order_by("id").values_list("title", "text", "name", "state")
    assert list(rows) == [
        ("Benches on the square", idea.text, "", "visible"),
        ("", "", "", "removed"),
        ("", "Of somebody else", "", "visible"),
    ]
    assert (Support.objects.count(), Report.objects.count()) == (1, 0)


def test_erasing_one_leaves_the_other(idea):
    erasure.erase(ParticipantFactory(organisation=idea.organisation))
    assert Contribution.objects.get().text == idea.text


def test_quotes_go_with_the_words_they_quote(idea):
    CommentFactory(parent=idea)
    Evidence.objects.create(
        organisation=idea.organisation,
        contribution=idea,
        quote="my mother",
        channel="board",
        heard_on="2026-11-01",
    )
    erasure.erase(idea.participant)
    assert (Evidence.objects.count(), Contribution.objects.filter(state="removed").count()) == (0, 1)


def test_what_staff_and_readers_said_about_it_goes_too(idea, report, organisation):
    CommentFactory(parent=idea)
    hide(idea, reason="private", note="Her phone number is in it", actor=staff(organisation))
    erasure.erase(idea.participant)
    assert (Report.objects.count(), Decision.objects.count()) == (0, 0)
