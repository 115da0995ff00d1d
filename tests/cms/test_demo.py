"""The demo municipality tells the whole story, and only where it is allowed to."""

import gzip
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.test import override_settings
from django.utils import timezone, translation
from wagtail.models import Page

from cms.models import File, HomePage, NewsPage, Picture, ProgrammePage, ProjectPage, SessionPage
from participation.contributions.models import Contribution, OfficialReply, Support
from participation.live import queries, slides
from participation.live.blocks import script_blocks
from participation.live.models import Session, Step
from participation.live.reports import report
from participation.needs.models import Backing, Evidence, Need
from participation.organisations.models import Organisation
from participation.programmes.models import Activity, AnswersNeed
from participation.projects.models import Project
from surveys import kinds
from surveys.models import Answer, Question, Response


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests that only look at it (it takes seconds), and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(town, db, settings):
    settings.DEMO = True


def town_root():
    return Organisation.objects.get(slug="lelystad").site.root_page.get_parent()


def test_the_story_goes_from_an_answer_to_a_programme(demo):
    texts = Answer.objects.filter(question__kind="open_text")
    quoted = next(answer for answer in texts if "zelf op het podium" in answer.value)
    evidence = Evidence.objects.get(answer=quoted)
    programmes = {
        programme.name
        for need in evidence.needs.all()
        for programme in need.programmes.filter(is_published=True)
    }
    assert programmes == {"Het verhaal van de polder"}


def test_the_session_has_begun_and_its_first_question_is_open(demo):
    session = Session.objects.get(code="123456")
    first = session.steps.filter(type="question").first()
    assert (session.state, session.current, first.is_open) == ("running", first, True)
    assert Answer.objects.filter(question=first.question).count() == 11


def test_what_comes_after_an_evening_can_be_seen(demo, client):
    session = Session.objects.get(code="135791")
    assert (session.is_over, session.hear_before > timezone.localdate()) == (True, True)
    page = client.get("/join/135791/", headers={"host": "localhost:8000"}).content.decode()
    assert "ik durfde niet alleen, of ik hoorde het te laat" in page
    found = report(session, "nl")
    assert [len(step.rounds) for step in found.steps] == [0, 1, 1, 2, 1, 1, 1, 1, 1, 0, 0, 0]
    assert min(round.result.n for step in found.steps for round in step.rounds) > 10
    assert {each.channel for each in found.steps[1].result.channels} == {"live", "hands", "cards", "own"}
    assert (found.people.at_tables, found.people.helped, len(found.quotes)) == (10, 2, 4)


def test_the_tour_has_six_stops_and_a_film_with_captions_in_both_languages(demo, client):
    session = Session.objects.get(code="112233")
    titles = [step.words("en", "nl").get("title", "") for step in session.steps.all()]
    assert len([title for title in titles if title.startswith("Stop ")]) == 6
    session_words = {"nl": "In 1957 viel het land droog", "en": "In 1957 the land was dry"}
    for language, words in session_words.items():
        step = next(step for step in session.steps.all() if "video" in step.labels.get("media", {}))
        room = queries.room(session.pk)
        film = slides.shape(step.labels, {}, room.media, language, "nl")["video"]
        file = File.objects.get(pk=film["captions"].split("/")[-2])
        assert (film["captions_in"], words in file.file.read().decode()) == (language, True)


def test_every_kind_of_question_and_of_step_is_somewhere_in_the_demo(demo):
    town = Organisation.objects.get(slug="lelystad")
    asked = Question.objects.filter(questionnaire__organisation=town)
    assert set(asked.values_list("kind", flat=True)) == set(kinds.all_kinds())
    shown = {
        name
        for step in Step.objects.filter(session__organisation=town)
        for name in step.labels.get("media", {})
    }
    assert {"picture", "video", "captions", "map"} <= shown


def test_the_demo_shows_each_block_that_an_editor_can_put_in_a_script(demo):
    """Kinds of question in a session or a survey, the other steps in a session: also a type that is made later."""
    steps = {block.block_type for page in SessionPage.objects.live() for block in page.script}
    asked = Question.objects.filter(questionnaire__organisation=Organisation.objects.get(slug="lelystad"))
    shown = steps | set(asked.values_list("kind", flat=True))
    assert [name for name, _block in script_blocks() if name not in shown] == []


def test_the_figures_of_the_demo_are_what_its_people_did(demo):
    assert Response.objects.filter(collector__channel="web", submitted_at__isnull=False).count() == 64 + 34
    assert (
        Contribution.objects.filter(thread__kind="board", organisation__slug="lelystad", parent=None).count()
        == 12
    )
    assert Need.objects.filter(organisation__slug="lelystad").count() == 9
    assert list(
        Project.objects.filter(organisation__slug="lelystad").values_list("status", flat=True).order_by("pk")
    ) == [
        "closed",
        "running",
    ]


def test_nothing_that_happened_is_still_to_come(demo):
    now = timezone.now()
    moments = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.name in ("created_at", "submitted_at", "first_published_at", "heard_on", "published_on")
    ]
    assert len(moments) > 30
    early = [
        (model, name) for model, name in moments if model.objects.filter(**{f"{name}__gt": now}).exists()
    ]
    assert early == []


def test_nobody_answers_or_quotes_what_was_not_said_yet(demo):
    comments = Contribution.objects.exclude(parent=None)
    assert not comments.filter(created_at__lt=F("parent__created_at")).exists()
    assert not OfficialReply.objects.filter(created_at__lt=F("contribution__created_at")).exists()
    assert not Support.objects.filter(created_at__lt=F("contribution__created_at")).exists()
    sources = Coalesce("answer__created_at", "contribution__created_at", "field_note__created_at")
    assert not Evidence.objects.filter(created_at__lt=sources).exists()
    # What was decided came after what it was decided on.
    assert not Backing.objects.filter(created_at__lt=F("evidence__created_at")).exists()
    assert not AnswersNeed.objects.filter(created_at__lt=F("need__backings__created_at")).exists()


def test_the_play_is_on_a_friday_in_summer_after_everything_that_leads_to_it(demo):
    activities = list(Activity.objects.filter(programme__name="Het verhaal van de polder"))
    night = timezone.localtime(activities[-1].starts_at)
    assert activities[-1].name == "De voorstelling"
    assert (night.weekday(), night.month in (6, 7, 8), night.hour) == (4, True, 21)
    assert all(timezone.now() < each.starts_at <= night for each in activities)


def test_home_projects_programmes_and_news_have_pictures_with_words_in_both_languages(demo):
    models = (HomePage, ProjectPage, ProgrammePage, NewsPage)
    bare = [page for model in models for page in model.objects.descendant_of(town_root()) if not page.picture]
    assert bare == []
    assert [p.title for p in Picture.objects.all() if not (p.description and p.description_en)] == []


def test_a_picture_is_described_in_the_reader_s_language(demo):
    picture = Picture.objects.get(title="De haven")
    with translation.override("nl"):
        assert picture.default_alt_text == "Een oud zeilschip aan de kade, met gekleurde huizen erachter."
    with translation.override("en"):
        assert picture.default_alt_text == "An old sailing ship at the quay, with coloured houses behind it."


def test_the_code_of_the_tour_shows_how_an_idea_became_a_play(demo, client):
    page = client.get("/nl/receipt/DEWE-GVAN-JEZEG/", headers={"host": "localhost:8000"}).content.decode()
    places = [
        page.index(words)
        for words in (
            "Laat bewoners zelf spelen",
            "Mijn vader was polderwerker en kan er uren over vertellen.</",
            "Dit gaan we doen.",
            "De voorstelling",
        )
    ]
    assert places == sorted(places)


def test_the_first_page_weighs_less_than_a_hundred_kilobytes(demo, client):
    """Over the wire: the page, its styles and icons packed, three fonts, and the pictures that do not wait for the
    reader to scroll, each in its largest size."""
    html = client.get("/nl/", headers={"host": "localhost:8000"}).content.decode()
    packed = [html.encode()]
    for address in {*re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', html), "icons/sprite.svg"}:
        packed.append(Path(finders.find(address)).read_bytes())
    fonts = ("noto-sans-latin-400", "noto-sans-latin-700", "source-serif-4-latin-600")
    whole = [Path(finders.find(f"fonts/{name}.woff2")).stat().st_size for name in fonts]
    for picture in re.findall(r"<img[^>]+>", html):
        if 'loading="lazy"' not in picture:
            sizes = re.findall(r"/media/([^ \",]+)", picture)
            whole.append(max(default_storage.size(size) for size in sizes))
    assert len(whole) == 4
    assert sum(len(gzip.compress(part)) for part in packed) + sum(whole) < 100_000


def test_every_dutch_page_has_its_english_one(demo):
    pages = Page.objects.filter(live=True, locale__language_code="nl", depth__gte=3)
    alone = [page.title for page in pages if page.get_translations().filter(live=True).count() != 1]
    assert (pages.count() > 15, alone) == (True, [])


def test_every_page_answers_in_its_language(demo, client):
    for page in Page.objects.filter(live=True, depth__gte=3, url_path__startswith="/lelystad/"):
        response = client.get(page.url, headers={"host": "localhost:8000"})
        assert (page.url, response.status_code) == (page.url, 200)
        assert response["Content-Language"] == page.locale.language_code


def test_a_second_load_changes_nothing_and_says_why(demo):
    before = Page.objects.count()
    with pytest.raises(CommandError, match="for an empty database"):
        call_command("load_demo")
    call_command("load_demo", "--if-empty")
    assert Page.objects.count() == before


def test_the_neighbours_do_not_know_the_code(demo, client):
    assert client.get("/join/123456/", headers={"host": "localhost:8000"}).status_code == 200
    assert client.get("/join/123456/", headers={"host": "buur.localhost:8000"}).status_code == 404
