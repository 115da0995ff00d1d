"""The demo municipality on a running server, with somebody in it whose pages can be looked at."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.http import HttpResponse
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page
from wagtail.models import Site as WagtailSite

from cms.demo import story
from cms.demo.crowd import resident
from cms.models import IdeaBoardPage, ProjectPage
from participation.contributions import actions as boards
from participation.contributions.models import Contribution, Thread
from participation.live.actions import contribute
from participation.live.actions.answers import Entry, commit
from participation.live.models import Session
from participation.moderation import actions as moderation
from participation.moderation.models import Reason
from participation.needs.models import Evidence
from participation.notifications.models import Subscription
from participation.organisations.models import Organisation
from participation.people.models import User
from participation.people.participants import set_cookie
from participation.projects.actions import receipt_for
from participation.projects.models import Project
from surveys.models import Collector, Questionnaire
from tests import shelf
from tests.browser.server import Server
from tests.cms.factories import session_page, survey_page, translate
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.live.factories import choice, run, wall


class Town(Server):
    """What the demo tells, and a few things beside it that are pages of their own: a session that has ended, a survey
    that has not begun, texts that wait for a moderator, and a resident who took part in everything."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        story.tell()
        WagtailSite.objects.update(port=self.port)
        self.organisation = Organisation.objects.get(slug="lelystad")
        self.owner = User.objects.get(email="owner@example.org")
        self.project_page = ProjectPage.objects.get(slug="meer-te-doen", locale__language_code="nl")
        self.project = Project.objects.get(page_key=self.project_page.translation_key)
        self.session = Session.objects.get(code="123456")
        self.ended = self._ended_session()
        surveys = Questionnaire.objects.filter(collectors__channel=Collector.Channel.WEB)
        self.survey = surveys.get(project=self.project)
        self.closed_survey = surveys.exclude(project=self.project).get()
        self.early_survey = self._early_survey()
        self._write()
        quote = Evidence.objects.filter(answer__isnull=False, needs__programmes__isnull=False).first()
        self.quoted = quote.answer.response.participant.receipts.get()

    def _ended_session(self) -> Session:
        page = session_page(
            self.project_page, title="Ochtend in het buurthuis", script=[choice(), wall("Wat mis je nog?")]
        )
        translate(page)
        session = run(Session.objects.get(page_key=page.translation_key), "open")
        question = session.steps.get(type="question").question_id
        for phone in (uuid.uuid4(), uuid.uuid4(), uuid.uuid4()):
            commit(session.pk, [Entry(phone)])
            commit(session.pk, [Entry(phone, question_id=question, value="lib")])
        run(session, "show_results", "next", "open")
        thread = session.steps.get(type="wall").thread
        contribute(session.pk, phone, uuid.uuid4(), thread.public_id, "Een bank in de schaduw.", "", "nl")
        return run(session, "end")

    def _early_survey(self) -> Questionnaire:
        opens = timezone.now() + timedelta(days=9)
        page = survey_page(self.project_page, title="Vragen voor het voorjaar", opens_at=opens)
        translate(page)
        return Questionnaire.objects.get(page_key=page.translation_key)

    def _write(self) -> None:
        """What the resident wrote, one text of it hidden; and what waits for a moderator."""
        self.resident = resident(self.organisation, "town-0")
        self.receipt = receipt_for(self.resident, self.project)
        self.board_page = IdeaBoardPage.objects.child_of(self.project_page).get()
        self.board = Thread.objects.get(page_key=self.board_page.translation_key)
        self.idea = boards.contribute(
            self.board, participant=self.resident, title="Een bank bij het water", text="Om uit te rusten."
        )
        hidden = boards.contribute(
            self.board, participant=self.resident, title="Koop bij mij", text="Goedkope banken te koop."
        )
        moderation.hide(hidden, reason=Reason.SPAM, note="Dit is reclame.", actor=self.owner)
        self.hidden = hidden
        self.bare_board = ThreadFactory(
            organisation=self.organisation, project=self.project, name="Losse ideeën"
        )
        IdeaFactory.create_batch(2, thread=self.bare_board)
        self.closed_board = ThreadFactory(
            organisation=self.organisation, name="Oude ideeën", closes_at=timezone.now() - timedelta(days=9)
        )
        self.answered = Contribution.objects.filter(thread=self.board, replies__isnull=False).first()
        other = resident(self.organisation, "town-1")
        boards.contribute(
            self.board,
            participant=other,
            title="Kom naar mijn winkel",
            text="Alles moet weg.",
            flag=Contribution.Flag.MANY,
        )
        comment = Contribution.objects.filter(thread=self.board, parent__isnull=False).first()
        moderation.report(comment, participant=other, reason=Reason.OTHER, note="Dit klopt niet.")

    def subscription(self, language: str) -> Subscription:
        """Of somebody who has not confirmed it yet."""
        return Subscription.objects.get_or_create(
            organisation=self.organisation,
            project=self.project,
            email=f"{language}@example.org",
            language=language,
        )[0]

    def is_resident(self, page: Page) -> None:
        """This browser is the phone of the resident."""
        response = HttpResponse()
        set_cookie(response, self.organisation, self.resident.pk)
        name = settings.PARTICIPANT_COOKIE_NAME
        cookie = {"name": name, "value": response.cookies[name].value, "url": self.address("/")}
        page.context.add_cookies([cookie])


def _made(folder: Path) -> Town:
    try:
        return Town(folder)
    finally:
        connections.close_all()


@contextmanager
def demo_town(folder: Path) -> Iterator[Town]:
    """Loaded once for all tests of a file (it takes seconds); the database is swept empty behind them."""
    cache.clear()
    media = override_settings(MEDIA_ROOT=str(folder / "media"))
    media.enable()
    try:
        with ThreadPoolExecutor(
            1
        ) as one:  # Playwright's loop runs in this thread: events would not leave from here
            town = one.submit(_made, folder).result()
        town.start(
            ROOT_URLCONF="tests.browser.walk.urls",
            ACCOUNT_SIGNUP_OPEN=True,
            MEDIA_ROOT=settings.MEDIA_ROOT,
        )
        try:
            yield town
        finally:
            town.close()
    finally:
        media.disable()
        shelf.sweep()
        cache.clear()
