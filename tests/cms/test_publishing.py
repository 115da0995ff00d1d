"""A page is the words; publishing it calls the room's action."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.log_actions import LogContext

from cms.models import ProjectPage
from participation.contributions.models import Thread
from participation.core.errors import ActionError, Forbidden, Invalid
from participation.live.models import Session
from participation.people.models import Participant
from participation.programmes.models import Programme
from participation.projects.models import Phase, Project
from surveys import structure
from surveys.actions import open_response, record_answer
from surveys.models import Questionnaire, QuestionnaireVersion
from surveys.queries import results
from tests.cms import factories as make
from tests.factories import staff

pytestmark = pytest.mark.django_db(transaction=False)
DAY = dt.timedelta(days=1)


@pytest.fixture
def project(house):
    return make.project_page(house, phases=[make.phase(allows=["survey", "idea", "session"])])


def test_a_project_page_makes_a_project_with_its_phases(house, project):
    found = Project.objects.get()
    assert (found.page_key, found.organisation, found.name) == (
        project.translation_key,
        house,
        "More to do in town",
    )
    assert [each.allows for each in found.phases.all()] == [["survey", "idea", "session"]]


def test_publishing_again_keeps_the_phases(project):
    before = list(Phase.objects.values_list("pk", "key"))
    make.publish(ProjectPage.objects.get())
    assert list(Phase.objects.values_list("pk", "key")) == before


def test_finishing_closes_the_project_and_taking_it_back_opens_it(project):
    project.answer = [("text", "We open on Thursdays.")]
    project.finished = True
    make.publish(project)
    assert Project.objects.get().status == "closed"
    project.finished = False
    make.publish(project)
    assert Project.objects.get().status == "running"


def test_a_project_is_not_finished_without_an_answer(house, project):
    project.finished = True
    with pytest.raises(Invalid):
        project.rehearse(project.get_parent().specific, staff(house, "editor"))


def test_a_survey_page_makes_a_questionnaire_of_the_project(house, project):
    closes = timezone.now() + DAY
    page = make.survey_page(project, closes_at=closes)
    found = Questionnaire.objects.get()
    assert (found.page_key, found.project.page_key) == (page.translation_key, project.translation_key)
    assert [(each.channel, each.closes_at) for each in found.collectors.all()] == [("web", closes)]


def test_a_survey_published_unchanged_stays_the_same_version(project):
    page = make.survey_page(project)
    make.publish(type(page).objects.get())
    assert QuestionnaireVersion.objects.count() == 1


def test_question_keys_survive_revisions(project):
    page = make.survey_page(project)
    before = QuestionnaireVersion.objects.get().structure["sections"]
    draft = page.get_latest_revision_as_object()
    draft.title = "Another title"
    make.publish(draft)
    assert QuestionnaireVersion.objects.latest("number").structure["sections"] == before


def test_a_session_a_board_and_a_programme_make_theirs(house, project):
    session = make.session_page(project, is_private=True)
    board = make.board_page(project, approve_first=True)
    need = make.need(house)
    programme = make.programme_page(project, [need])
    assert Session.objects.get(page_key=session.translation_key).is_private
    assert Thread.objects.get(page_key=board.translation_key, kind="board").approve_first
    assert list(Programme.objects.get(page_key=programme.translation_key).needs.all()) == [need]


def test_a_room_in_an_unpublished_project_is_refused(house):
    draft = make.project_page(house, live=False)
    page = make.survey_page(draft, live=False)
    with pytest.raises(Invalid):
        page.rehearse(draft, staff(house, "editor"))


def test_a_rehearsal_leaves_nothing_behind(house, project):
    page = make.survey_page(project, live=False)
    page.rehearse(project, staff(house, "editor"))
    assert not Questionnaire.objects.exists()


def test_a_programme_without_a_need_is_refused(house, project):
    page = make.programme_page(project, [], live=False)
    with pytest.raises(ActionError):
        page.rehearse(project, staff(house, "editor"))


def test_a_refusal_reaches_who_published(house, project):
    board = make.board_page(project, live=False)
    with LogContext(user=staff(house, "researcher")), pytest.raises(Forbidden):
        make.publish(board)


def test_a_refusal_does_not_stop_wagtail_s_clock(project, caplog):
    page = make.programme_page(project, [], live=False)
    make.publish(page)
    assert "refused" in caplog.text
    assert not Programme.objects.exists()


def test_a_translated_project_is_the_same_project(house, project, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        english = make.translate(project, {"More to do in town": "More to do here"})
    english.refresh_from_db()
    assert english.live
    assert [each.name for each in Project.objects.all()] == ["More to do in town"]


def test_answers_on_both_languages_of_a_survey_come_together(
    house, project, django_capture_on_commit_callbacks
):
    page = make.survey_page(project, sections=[make.section(make.question())])
    with django_capture_on_commit_callbacks(execute=True):
        english = make.translate(page, {"In the library": "In the biebliotheek"})
    english.refresh_from_db()
    assert (english.translation_key, english.live) == (page.translation_key, True)
    version = QuestionnaireVersion.objects.get()
    assert [keys(version, language) for language in ("nl", "en")] == [
        [("a1", "In the library"), ("a2", "At the harbour")],
        [("a1", "In the biebliotheek"), ("a2", "At the harbour")],
    ]
    for language, option in (("nl", "a1"), ("en", "a1"), ("en", "a2")):
        answer(house, version, language, option)
    (result,) = results(version.questionnaire, "nl")
    assert (result.n, result.tally) == (3, {"counts": {"a1": 2, "a2": 1}})


def test_a_translated_page_keeps_the_ids_of_its_questions(project, django_capture_on_commit_callbacks):
    page = make.survey_page(project, sections=[make.section(make.question(), make.question())])
    with django_capture_on_commit_callbacks(execute=True):
        english = make.translate(page)
    english.refresh_from_db()
    assert ids(english) == ids(type(page).objects.get(pk=page.pk))


def test_a_translated_session_is_one_session_with_both_titles(project, django_capture_on_commit_callbacks):
    page = make.session_page(project)
    with django_capture_on_commit_callbacks(execute=True):
        make.translate(page, {"Town talk": "Talk of the town"})
    labels = Session.objects.get().labels
    assert [labels[each]["title"] for each in ("nl", "en")] == ["Town talk", "Talk of the town"]


def test_a_copied_page_is_another_object(house, project):
    page = make.survey_page(project)
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=False)
    make.publish(copy)
    assert set(Questionnaire.objects.values_list("page_key", flat=True)) == {
        page.translation_key,
        copy.translation_key,
    }


def test_a_copied_project_takes_its_rooms_along(house, project):
    make.survey_page(project)
    copy = project.copy(recursive=True, update_attrs={"slug": "copy"}, keep_live=False)
    make.publish(copy)
    make.publish(copy.get_children().get().specific)
    assert Questionnaire.objects.filter(project__page_key=copy.translation_key).count() == 1


def test_an_alias_shows_the_object_of_its_page(house, project):
    page = make.board_page(project)
    alias = page.create_alias(parent=project, update_slug="alias")
    make.publish(page)
    assert Thread.objects.get().page_key == alias.specific.object_key


def test_a_room_moves_with_its_page(house, project):
    other = make.project_page(house, "Another project", slug="another")
    page = make.survey_page(project)
    page.move(other, "last-child")
    assert Questionnaire.objects.get().project.page_key == other.translation_key


def test_unpublishing_keeps_the_object_and_hides_the_page(house, project, client):
    page = make.survey_page(project)
    assert client.get(page.url).status_code == 200
    page.unpublish()
    assert client.get(page.url).status_code == 404
    assert Questionnaire.objects.count() == 1


def test_an_unpublished_programme_is_known_to_be(house, project):
    page = make.programme_page(project, [make.need(house)])
    page.unpublish()
    assert not Programme.objects.get().is_published


def test_deleting_a_page_keeps_what_people_said(house, project):
    make.board_page(project).delete()
    assert Thread.objects.count() == 1


def keys(version, language):
    (asked,) = structure.questions(version.structure, language)
    return [(option["key"], option["label"]) for option in asked.config["options"]]


def ids(page):
    return [(child.id, child.block_type) for part in page.sections for child in part.value["questions"]]


def answer(house, version, language, option):
    (frozen,) = structure.questions(version.structure, language)
    collector = version.questionnaire.collectors.get()
    person = Participant.objects.create(organisation=house)
    response = open_response(collector, person, version, language=language, submitted=True)
    record_answer(response, version.questionnaire.questions.get(), frozen, option)
