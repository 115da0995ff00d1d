import datetime as dt
import uuid

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from participation.needs.models import LiesBehind
from participation.programmes.models import Activity, AnswersNeed
from participation.programmes.queries import chain, programmes_of, state_of
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ProjectFactory
from tests.needs.factories import (
    BackingFactory,
    LatentFactory,
    NeedFactory,
    ProgrammeFactory,
    quoted_idea,
)


@pytest.fixture
def programme(organisation):
    return ProgrammeFactory(organisation=organisation, page_key=uuid.uuid4())


def answered(programme, **fields):
    need = NeedFactory(organisation=programme.organisation, **{"is_public": True, **fields})
    AnswersNeed.objects.create(programme=programme, need=need, why="They asked")
    return need


def idea(organisation, text):
    return IdeaFactory(thread=ThreadFactory(organisation=organisation), text=text)


def test_the_chain_goes_from_quotes_over_needs_to_dates(programme, organisation):
    need = answered(programme, sentence="People want to meet")
    latent = LatentFactory(organisation=organisation, is_public=True, sentence="To belong")
    LiesBehind.objects.create(latent=latent, manifest=need, why="It is about others")
    quoted_idea(idea(organisation, "Let us eat together"), need)
    Activity.objects.create(
        programme=programme, key=uuid.uuid4(), name="Long tables", starts_at=timezone.now()
    )
    found = chain(programme, "en")
    (link,) = found.links
    assert [quote.text for quote in link.heard] == ["Let us eat together"]
    assert (link.need.sentence, [each.latent.sentence for each in link.behind], link.why) == (
        "People want to meet",
        ["To belong"],
        "They asked",
    )
    assert [step.activity.name for step in found.steps] == ["Long tables"]


def test_a_latent_need_brings_the_quotes_of_what_stands_in_front_of_it(programme, organisation):
    latent = answered(programme, kind="latent")
    manifest = NeedFactory(organisation=organisation, is_public=True)
    LiesBehind.objects.create(latent=latent, manifest=manifest)
    quoted_idea(idea(organisation, "A place to sit"), manifest)
    (link,) = chain(programme, "en").links
    assert [quote.text for quote in link.heard] == ["A place to sit"]
    assert [each.manifest for each in link.in_front] == [manifest]


def test_what_was_not_checked_stays_inside(programme, organisation):
    secret = answered(programme, is_public=False, sentence="A secret need")
    quoted_idea(idea(organisation, "Secret words"), secret)
    need = answered(programme)
    quoted_idea(idea(organisation, "Words not chosen"), need, is_public=False)
    hidden = LatentFactory(organisation=organisation, sentence="A hidden hypothesis")
    LiesBehind.objects.create(latent=hidden, manifest=need)
    found = chain(programme, "en")
    page = render_to_string("programmes/chain.html", {"chain": found})
    assert found.unchecked == 1
    assert not any(words in page for words in ("Secret", "secret", "Words not chosen", "A hidden hypothesis"))


def test_the_chain_links_back_from_each_part(programme, organisation):
    need = answered(programme)
    quoted_idea(idea(organisation, "<b>Eat</b> together"), need)
    Activity.objects.create(
        programme=programme,
        key=uuid.uuid4(),
        name="Long tables",
        starts_at=dt.datetime(2020, 12, 3, 18, 30, tzinfo=dt.UTC),
        place="Harbour",
    )
    with translation.override("en"):
        page = render_to_string("programmes/chain.html", {"chain": chain(programme, "en")})
    assert f"/en/needs/{need.public_id}/" in page
    assert f"/en/programmes/{programme.public_id}/calendar.ics" in page
    assert "&lt;b&gt;Eat&lt;/b&gt; together" in page
    assert "Thursday 3 December 2020, 19:30" in page


def test_the_chain_takes_the_same_queries_for_one_need_and_for_thirty(programme, organisation):
    def grow():
        need = answered(programme)
        LiesBehind.objects.create(
            latent=LatentFactory(organisation=organisation, is_public=True), manifest=need
        )
        BackingFactory(need=need, is_public=True)
        Activity.objects.create(programme=programme, key=uuid.uuid4(), name="x", starts_at=timezone.now())

    def count():
        with CaptureQueriesContext(connection) as captured:
            render_to_string("programmes/chain.html", {"chain": chain(programme, "en")})
        return len(captured)

    grow()
    few = count()
    for _ in range(29):
        grow()
    assert count() == few


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [(1, None, "coming"), (-30, None, "done"), (-1, 1, "now"), (-3, -1, "done")],
)
def test_an_activity_is_coming_now_or_done(starts, ends, state):
    moment = dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC)
    activity = Activity(
        starts_at=moment + dt.timedelta(hours=starts),
        ends_at=moment + dt.timedelta(hours=ends) if ends else None,
    )
    assert state_of(activity, moment) == state


def test_a_project_lists_its_published_programmes(organisation):
    project = ProjectFactory(organisation=organisation)
    shown = ProgrammeFactory(organisation=organisation, project=project, page_key=uuid.uuid4())
    ProgrammeFactory(organisation=organisation, project=project, page_key=uuid.uuid4(), is_published=False)
    ProgrammeFactory(organisation=organisation, page_key=uuid.uuid4())
    assert list(programmes_of(project)) == [shown]
