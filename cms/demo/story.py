"""The demo's story, in the order in which it happened: a finished project, a running one, and the neighbours."""

import uuid
from pathlib import Path

from django.db import transaction

from cms.actions import add_member, create_organisation
from cms.models import ProjectPage
from participation.areas.actions import import_cbs
from participation.contributions.models import Thread
from participation.live import actions as live
from participation.live.actions.answers import Entry, commit
from participation.live.models import Session
from participation.needs import actions as needs
from participation.organisations.models import Organisation, Role
from participation.people.actions import account_for
from participation.people.models import User
from participation.projects.models import Project
from surveys.models import Questionnaire

from . import crowd, desk, opening, tour
from .clock import as_of, days, half_an_hour_ago
from .pages import Editor
from .plans import PLANS, plans_script, point_and_choose
from .questions import EVENING_SCRIPT, SPACE, SUNDAY_SCRIPT, TOWN_SURVEY, YOUTH_SURVEY, key, option_keys
from .words import (
    BOARD,
    CANTEEN,
    EVENING,
    MORE,
    NEIGHBOUR,
    NEWS,
    PLAY,
    RESULTS,
    SURVEY,
    TOWN,
    YOUTH,
    YOUTH_SURVEY_PAGE,
)

PASSWORD = "oogst-demo"  # noqa: S105  (printed by `make run`; settings refuse DEMO in production)
AREAS = Path(__file__).parents[2] / "participation/areas/data/gemeenten_2023_cbs_kerncijfers.geojson"
LELYSTAD = "GM0995"


@transaction.atomic
def tell() -> None:
    """Make the whole demo or nothing. Raises ActionError when one of its parts is there already."""
    import_cbs(AREAS)
    with as_of(days(-240, hour=9)):
        town = create_organisation(
            name=TOWN["organisation"], slug="lelystad", kind="municipality", hostname="localhost", port=8000,
            is_default=True, is_demo=True,
        )  # fmt: skip
        people = {role.value: _member(town, f"{role.value}@example.org", role) for role in Role}
        reader = _member(town, "second.reader@example.org", Role.RESEARCHER)
    editor = Editor(town, people[Role.OWNER])
    with as_of(days(-239, hour=9)):
        editor.word_home(
            TOWN["promise"], TOWN["intro"], area_code=LELYSTAD, picture=editor.picture("library-square")
        )
    _finished_project(editor, people)
    _running_project(editor, people, reader)
    for words in reversed(NEWS):
        with as_of(days(words["day"], hour=8)):
            editor.translate(editor.publish(editor.news(words, days(words["day"]).date())))
    _neighbours()


def _member(organisation: Organisation, email: str, *roles: str) -> User:
    user = account_for(email)
    user.name = email.split("@")[0].replace(".", " ").capitalize()
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        add_member(organisation, user, role)
    return user


def _finished_project(editor: Editor, people: dict[str, User]) -> None:
    with as_of(days(-232, hour=9)):
        page = editor.publish(editor.project(YOUTH, area_code=LELYSTAD))
        survey = editor.publish(
            editor.survey(page, YOUTH_SURVEY_PAGE, YOUTH_SURVEY, closes_at=days(-190, hour=0))
        )
        for each in (page, survey):
            editor.translate(each)
    questionnaire = Questionnaire.objects.get(page_key=survey.translation_key)
    crowd.answer_youth_survey(questionnaire)
    project = Project.objects.get(page_key=page.translation_key)
    found = desk.name_youth_needs(editor.organisation, project, people[Role.RESEARCHER], people[Role.OWNER])
    with as_of(days(-185, hour=9)):
        editor.translate(editor.publish(editor.programme(page, CANTEEN, found)))
    with as_of(days(-84, hour=9)):
        editor.translate(editor.publish(editor.results(page, RESULTS, survey, found)))
        _finish(editor, page)


def _finish(editor: Editor, page: ProjectPage) -> None:
    page = ProjectPage.objects.get(pk=page.pk)
    page.answer = [("text", RESULTS["answer"])]
    page.finished = True
    page.show_in_menus = False
    editor.translate(editor.publish(page))


def _running_project(editor: Editor, people: dict[str, User], reader: User) -> None:
    with as_of(days(-51, hour=9)):
        page = editor.publish(editor.project(MORE, area_code=LELYSTAD))
        survey = editor.publish(editor.survey(page, SURVEY, TOWN_SURVEY, closes_at=days(25, hour=0)))
        board = editor.publish(editor.board(page, BOARD))
        for each in (page, survey, board):
            editor.translate(each)
    project = Project.objects.get(page_key=page.translation_key)
    crowd.answer_town_survey(Questionnaire.objects.get(page_key=survey.translation_key))
    thread = Thread.objects.get(page_key=board.translation_key)
    crowd.write_ideas(thread)
    desk.write_notes(editor.organisation, project, people[Role.RESEARCHER])
    found = desk.name_needs(editor.organisation, project, people[Role.RESEARCHER], reader)
    desk.show_needs(editor.organisation, found, people[Role.OWNER])
    with as_of(days(-5, hour=14)):
        answered = [found[name] for name in ("more_to_do", "story", "belong", "pride", "make")]
        editor.translate(editor.publish(editor.programme(page, PLAY, answered)))
        needs.decide_why_not(
            found["language"],
            organisation=editor.organisation,
            actor=people[Role.OWNER],
            why_not="De bibliotheek heeft al een taalcafé op drie ochtenden. We maken eerst dat beter bekend.",
        )
    desk.answer_ideas(thread, people[Role.EDITOR], people[Role.MODERATOR])
    _opening(editor, page, project, people[Role.FACILITATOR])
    _tour(editor, page, project, people[Role.FACILITATOR])
    _evening(editor, page, project, people[Role.FACILITATOR])
    _plans(editor, page, project, people[Role.FACILITATOR])


def _opening(editor: Editor, page: ProjectPage, project: Project, facilitator: User) -> None:
    """Held three weeks ago."""
    with as_of(days(opening.DAY - 8, hour=9)):
        session = _session(
            editor,
            page,
            project,
            opening.OPENING,
            opening.OPENING_SCRIPT,
            opening.CODE,
            starts_at=opening.begins(),
        )
    opening.hold(session, facilitator)


def _tour(editor: Editor, page: ProjectPage, project: Project, facilitator: User) -> None:
    """Open for eleven days, at everybody's own pace. Its film has captions in English too."""
    with as_of(days(tour.FIRST_DAY, hour=8)):
        captions = {f"script.{key('tour/slide/film')}.captions": tour.english_captions(editor)}
        session = _session(
            editor,
            page,
            project,
            tour.TOUR,
            tour.tour_script(editor),
            tour.CODE,
            instead=captions,
            pacing="own",
        )
        tour.walk(session, facilitator)


def _evening(editor: Editor, page: ProjectPage, project: Project, facilitator: User) -> None:
    """Just begun; the first question is open and eleven people have answered."""
    begin = half_an_hour_ago()
    session = _session(editor, page, project, EVENING, EVENING_SCRIPT, "123456", starts_at=begin)
    question = session.steps.filter(type="question").first()
    assert question is not None
    assert question.question is not None
    live.command(session, "start", {}, facilitator)
    live.command(session, "goto", {"step": str(question.key)}, facilitator)
    live.command(session, "open", {}, facilitator)
    choices = option_keys("evening/where", 5)
    for number, choice in enumerate((0, 0, 0, 1, 2, 2, 3, 3, 4, 0, 1)):
        phone = uuid.uuid5(SPACE, f"{editor.organisation.slug}/evening-{number}")
        commit(session.pk, [Entry(phone)])
        commit(session.pk, [Entry(phone, question_id=question.question_id, value=choices[choice])])


def _plans(editor: Editor, page: ProjectPage, project: Project, facilitator: User) -> None:
    """Under way: the room has pointed, chosen and guessed."""
    session = _session(editor, page, project, PLANS, plans_script(editor), "246810")
    live.command(session, "start", {}, facilitator)
    session.refresh_from_db()
    point_and_choose(session)


def _session(editor, page, project, words, script, code, instead=None, **more) -> Session:  # type: ignore[no-untyped-def]
    """A session page whose session has a code we know beforehand. `instead` as `Editor.translate` says."""
    draft = editor.session(page, words, script, **more)
    session = live.publish_session(
        organisation=editor.organisation,
        project=project,
        page_key=draft.translation_key,
        name=draft.title,
        script=draft.script,
        language="nl",
        actor=editor.user,
        code=code,
        **more,
    )
    editor.translate(editor.publish(draft), instead)
    session.refresh_from_db()
    return session


def _neighbours() -> None:
    """Small, and only there to see that nothing leaks."""
    with as_of(days(-12, hour=9)):
        library = create_organisation(
            name=NEIGHBOUR["organisation"],
            slug="buur",
            kind="library",
            hostname="buur.localhost",
            port=8000,
            is_demo=True,
        )
        owner = _member(library, "buur@example.org", Role.OWNER)
        editor = Editor(library, owner)
        editor.word_home(NEIGHBOUR["promise"], NEIGHBOUR["lead"])
        page = editor.publish(editor.project(NEIGHBOUR["project"]))
        board = editor.publish(editor.board(page, NEIGHBOUR["board"]))
        for each in (page, board):
            editor.translate(each)
    project = Project.objects.get(page_key=page.translation_key)
    crowd.write_ideas(Thread.objects.get(page_key=board.translation_key), NEIGHBOUR["ideas"])
    session = _session(editor, page, project, NEIGHBOUR["session"], SUNDAY_SCRIPT, NEIGHBOUR["code"])
    live.command(session, "start", {}, owner)
