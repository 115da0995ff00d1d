"""For every kind of input: its way from "you said" to what was done."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains

from participation.contributions import actions as boards
from participation.contributions.models import Contribution, Support, Thread
from participation.core.ids import group_code
from participation.moderation.models import Decision
from participation.needs import actions as needs
from participation.needs.models import LiesBehind, Need
from participation.notifications.queries import trace, unanswered
from participation.programmes.models import Activity, AnswersNeed
from participation.projects.models import Project
from surveys.actions import record_answer
from surveys.structure import questions
from tests.contributions.factories import CommentFactory, IdeaFactory, ReplyFactory, ThreadFactory
from tests.factories import ParticipantFactory, PhaseFactory, ProjectFactory, staff
from tests.needs.factories import LatentFactory, NeedFactory, ProgrammeFactory, quoted_idea
from tests.surveys.factories import block, publish, response_of, section

DAY = dt.timedelta(days=1)


def steps_of(road):
    return [(step.title, step.state) for step in road.steps]


def only_road(receipt):
    (road,) = trace(receipt, "en").roads
    return road


def an_idea(project, participant, kind="board", **fields):
    thread = ThreadFactory(organisation=project.organisation, project=project, kind=kind)
    return IdeaFactory(
        thread=thread, participant=participant, **{"title": "", "text": "Eat together", **fields}
    )


def answers(project, participant, channel="web"):
    """One open and one closed question, answered; gives the open answer."""
    asked = section(block("open_text", label="What do you miss?"), block("single_choice", label="Where?"))
    version = publish(project.organisation, asked, language="en", project=project)
    response = response_of(version, participant, channel=channel)
    for frozen in questions(version.structure, "en"):
        question = version.questionnaire.questions.get(key=frozen.key)
        value = "More trees" if frozen.kind == "open_text" else frozen.config["options"][0]["key"]
        record_answer(response, question, frozen, value)
    return response.answers.get(question__kind="open_text")


def quoted(source, fragment, **fields):
    """Quote these words for a new public need."""
    organisation = source.organisation if isinstance(source, Contribution) else source.response.organisation
    who = {"organisation": organisation, "actor": staff(organisation)}
    need = NeedFactory(organisation=organisation, sentence="People want shade", is_public=True, **fields)
    needs.quote(**who, source=source, fragment=fragment, need=need)
    return need


def programme_for(need, *, starts_at=None, **fields):
    programme = ProgrammeFactory(
        organisation=need.organisation, page_key=uuid.uuid4(), name="Green streets", **fields
    )
    AnswersNeed.objects.create(programme=programme, need=need)
    if starts_at:
        Activity.objects.create(
            programme=programme, key=uuid.uuid4(), name="Planting day", starts_at=starts_at
        )
    return programme


# --- Nothing happened yet ----------------------------------------------------------------------------


def test_answers_that_led_to_nothing_share_one_road_that_says_what_comes_next(receipt, participant, project):
    PhaseFactory(project=project, closes_at=timezone.now() + 5 * DAY)
    answers(project, participant)
    road = only_road(receipt)
    assert road.given == [("What do you miss?", ["More trees"]), ("Where?", ["In the library"])]
    assert steps_of(road) == [("You answered", "current"), ("Next: we read and count", "future")]
    assert road.steps[1].at == project.phases.get().closes_at


def test_a_closed_project_promises_nothing(receipt, participant, project):
    an_idea(project, participant)
    Project.objects.update(status="closed")
    receipt.refresh_from_db()
    assert steps_of(only_road(receipt))[-1] == ("Nothing more is planned", "future")


def test_without_any_input_there_is_no_road(receipt):
    assert trace(receipt, "en").roads == []


# --- From the words to what was done -----------------------------------------------------------------


@pytest.mark.parametrize("channel", ["web", "live"])
def test_a_quoted_answer_has_a_road_of_its_own_beside_the_others(receipt, participant, project, channel):
    need = quoted(answers(project, participant, channel), "More trees")
    programme_for(need, starts_at=timezone.now() + DAY)
    first, second = trace(receipt, "en").roads
    assert steps_of(first) == [
        ("What do you miss?", "done"),
        ("Your words were heard", "done"),
        ("It shows what people need", "done"),
        ("We decided to do something", "current"),
        ("Planting day", "future"),
    ]
    assert (second.kind, second.given) == ("choices", [("Where?", ["In the library"])])


def test_where_a_road_has_come_is_marked(receipt, participant, project):
    idea = an_idea(project, participant)
    who = {"organisation": project.organisation, "actor": staff(project.organisation)}
    needs.quote(**who, source=idea, fragment="Eat together")
    assert steps_of(only_road(receipt))[-2:] == [
        ("Your words were heard", "current"),
        ("Next: what do people need?", "future"),
    ]
    need = quoted(idea, "Eat together")
    assert steps_of(only_road(receipt))[-2:] == [
        ("It shows what people need", "current"),
        ("Next: what will we do?", "future"),
    ]
    programme = programme_for(need)
    assert steps_of(only_road(receipt))[-2:] == [
        ("We decided to do something", "current"),
        ("Next: we keep you informed", "future"),
    ]
    Contribution.objects.update(created_at=timezone.now() - 9 * DAY)
    Activity.objects.create(
        programme=programme, key=uuid.uuid4(), name="Dinner", starts_at=timezone.now() - 2 * DAY
    )
    assert all(step.state == "done" for step in only_road(receipt).steps)


def test_an_activity_before_somebody_spoke_is_no_answer_to_them(receipt, participant, project):
    need = quoted(an_idea(project, participant), "Eat together")
    programme_for(need, starts_at=timezone.now() - DAY)
    assert "Planting day" not in [title for title, _state in steps_of(only_road(receipt))]


def test_what_lies_behind_a_need_brings_its_programmes(receipt, participant, project):
    need = quoted(an_idea(project, participant), "Eat together")
    latent = LatentFactory(organisation=project.organisation)
    LiesBehind.objects.create(latent=latent, manifest=need)
    programme_for(latent)
    assert "Green streets" in [step.text for step in only_road(receipt).steps]


def test_a_need_that_is_not_public_is_not_told(receipt, participant, project):
    need = quoted(an_idea(project, participant), "Eat together")
    Need.objects.update(is_public=False, why_not="Inside reason", why_not_at=timezone.now())
    texts = " ".join(step.text + step.url for step in only_road(receipt).steps)
    assert need.sentence not in texts
    assert "Inside reason" not in texts
    assert need.public_id not in texts


def test_a_draft_programme_is_not_told(receipt, participant, project):
    programme_for(quoted(an_idea(project, participant), "Eat together"), is_published=False)
    assert "Green streets" not in [step.text for step in only_road(receipt).steps]


def test_why_not_ends_the_road(receipt, participant, project):
    need = quoted(an_idea(project, participant), "Eat together")
    who = {"organisation": project.organisation, "actor": staff(project.organisation)}
    needs.decide_why_not(need, **who, why_not="The town does it")
    assert (steps_of(only_road(receipt))[-1], only_road(receipt).steps[-1].text) == (
        ("We don't take this up", "done"),
        "The town does it",
    )


def test_words_against_a_need_are_told_so(receipt, participant, project):
    need = NeedFactory(organisation=project.organisation, is_public=True)
    quoted_idea(an_idea(project, participant), need, stance="against")
    assert "It makes us think again about what people need" in [
        title for title, _s in steps_of(only_road(receipt))
    ]


def test_words_taken_back_are_no_longer_heard(receipt, participant, project):
    idea = an_idea(project, participant)
    quoted(idea, "Eat together")
    Contribution.objects.filter(pk=idea.pk).update(text="Something else")
    assert steps_of(only_road(receipt))[0] == ("You wrote", "current")


# --- Every kind of input -----------------------------------------------------------------------------


def test_an_idea_hears_the_replies_with_their_status(receipt, participant, project):
    idea = an_idea(project, participant)
    ReplyFactory(contribution=idea, status="considered", text="We look at it")
    ReplyFactory(contribution=idea, status="done", text="It is there")
    road = only_road(receipt)
    assert (road.title, steps_of(road)) == (
        "Your idea",
        [
            ("You wrote", "done"),
            ("We answered: We are looking at it", "done"),
            ("We answered: Done", "done"),
        ],
    )


def test_a_comment_has_a_road(receipt, participant, project):
    idea = an_idea(project, ParticipantFactory(organisation=project.organisation))
    CommentFactory(parent=idea, participant=participant, text="In the shade")
    road = only_road(receipt)
    assert (road.title, road.steps[0].quote) == ("Your comment", "In the shade")


WRITTEN = {
    "board": ("Your idea", "idea"),
    "wall": ("Your note on the wall", "note"),
    "stage": ("Your question", "question"),
    "talk": ("Your note at a table", "note"),
    "statements": ("Your statement", "messages"),
}


@pytest.mark.parametrize("kind", Thread.Kind.values)
def test_whatever_somebody_wrote_has_a_road_on_the_page_of_their_receipt(
    client, receipt, participant, project, kind
):
    an_idea(project, participant, kind)
    road = only_road(receipt)
    assert (road.title, road.icon, road.steps[0].quote) == (*WRITTEN[kind], "Eat together")
    page = client.get(f"/en/receipt/{group_code(receipt.code)}/")
    assertContains(page, road.title)
    assertContains(page, "Eat together")


def test_a_question_to_the_stage_was_answered_in_the_room(receipt, participant, project):
    an_idea(project, participant, "stage", answered_at=timezone.now())
    assert steps_of(only_road(receipt))[-1] == ("It was answered in the room", "done")


def test_supporting_an_idea_follows_what_becomes_of_it(receipt, participant, project):
    idea = an_idea(project, ParticipantFactory(organisation=project.organisation), title="Long tables")
    Support.objects.create(contribution=idea, participant=participant)
    need = quoted(idea, "Eat together")
    programme_for(need)
    ReplyFactory(contribution=idea)
    road = only_road(receipt)
    assert (road.title, road.steps[0].quote) == ("An idea you supported", "Long tables")
    assert [title for title, _state in steps_of(road)] == [
        "You supported this idea",
        "The idea was heard",
        "It shows what people need",
        "We decided to do something",
        "We answered: We are going to do this",
        "Next: we keep you informed",
    ]


def test_a_text_that_waits_or_is_hidden_says_so(receipt, participant, project):
    idea = an_idea(project, participant, state="pending")
    assert "It waits for approval" in dict(steps_of(only_road(receipt)))
    idea.state = "hidden"
    idea.save()
    Decision.objects.create(
        organisation=project.organisation,
        contribution=idea,
        outcome="hidden",
        reason="private",
        note="It names a neighbour",
        before="pending",
    )
    assert only_road(receipt).steps[-1].text == "It has personal details It names a neighbour"


# --- Bounds ------------------------------------------------------------------------------------------


def test_others_and_other_projects_are_not_in_it(receipt, participant, project, organisation):
    an_idea(project, ParticipantFactory(organisation=organisation))
    an_idea(ProjectFactory(organisation=organisation), participant)
    answers(ProjectFactory(organisation=organisation), participant)
    assert trace(receipt, "en").roads == []


def test_own_words_come_first_and_of_these_what_came_furthest(receipt, participant, project):
    supported = an_idea(project, ParticipantFactory(organisation=project.organisation))
    Support.objects.create(contribution=supported, participant=participant)
    ReplyFactory(contribution=supported, status="done")
    an_idea(project, participant, text="Nothing yet")
    quoted(an_idea(project, participant, text="Eat together"), "Eat together")
    words = [road.words for road in trace(receipt, "en").roads]
    assert words == ["Eat together", "Nothing yet", "Eat together"]


def test_the_trace_takes_the_same_queries_for_few_and_for_many(receipt, participant, project):
    def give():
        idea = an_idea(project, participant)
        ReplyFactory(contribution=idea)
        programme_for(quoted(idea, "Eat together"), starts_at=timezone.now() + DAY, project=project)
        programme_for(quoted(answers(project, participant), "More trees"), project=project)
        other = an_idea(project, ParticipantFactory(organisation=project.organisation))
        Support.objects.create(contribution=other, participant=participant)
        latent = LatentFactory(organisation=project.organisation)
        LiesBehind.objects.create(latent=latent, manifest=quoted(other, "Eat together"))
        programme_for(latent, starts_at=timezone.now() + DAY)

    def count():
        fresh = type(receipt).objects.select_related("project", "participant__organisation__site").get()
        with CaptureQueriesContext(connection) as captured:
            trace(fresh, "en")
        return len(captured)

    give()
    few = count()
    for _ in range(9):
        give()
    assert count() == few


# --- Before a project closes -------------------------------------------------------------------------


def test_a_project_knows_what_residents_have_not_heard(project):
    organisation = project.organisation
    open_need = NeedFactory(organisation=organisation, project=project)
    NeedFactory(organisation=organisation, project=project, why_not="No")
    programme_for(NeedFactory(organisation=organisation, project=project))
    idea = an_idea(project, ParticipantFactory(organisation=organisation))
    replied = an_idea(project, ParticipantFactory(organisation=organisation))
    boards.reply(replied, text="Yes", status="done", actor=staff(organisation))
    found = unanswered(project)
    assert (found.needs, found.ideas, bool(found)) == ([open_need], [idea], True)
