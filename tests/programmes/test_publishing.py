import datetime as dt
import uuid

import pytest
from django.utils import timezone

from participation.core import events
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.models import AuditEntry
from participation.programmes.actions import ActivityData, publish_programme, unpublish_programme
from participation.programmes.models import Activity, AnswersNeed, Programme
from participation.projects.models import Admission
from tests.factories import ProjectFactory, staff
from tests.needs.factories import NeedFactory

SOON = timezone.now() + dt.timedelta(days=3)


@pytest.fixture
def need(organisation):
    return NeedFactory(organisation=organisation)


@pytest.fixture
def words(organisation, need):
    """What a page says."""
    return {
        "organisation": organisation,
        "project": None,
        "page_key": uuid.uuid4(),
        "name": "Long tables",
        "needs": [need],
        "activities": [ActivityData(uuid.uuid4(), "Eating together", SOON, place="Harbour")],
        "actor": staff(organisation, "editor"),
    }


def test_publishing_makes_the_programme_with_its_needs_and_dates(words, need):
    programme = publish_programme(**words, whys={need.public_id: "They asked for it"})
    assert (programme.name, programme.is_published) == ("Long tables", True)
    assert list(AnswersNeed.objects.values_list("need", "why", "created_by")) == [
        (need.pk, "They asked for it", words["actor"].pk)
    ]
    assert list(Activity.objects.values_list("name", "starts_at", "place")) == [
        ("Eating together", SOON, "Harbour")
    ]


def test_publishing_again_changes_nothing_and_notes_nothing(words):
    first = publish_programme(**words)
    before = list(AnswersNeed.objects.values()), list(Activity.objects.values())
    assert publish_programme(**words) == first
    assert (list(AnswersNeed.objects.values()), list(Activity.objects.values())) == before
    assert AuditEntry.objects.count() == 1


def test_a_moved_activity_stays_the_same_and_a_removed_one_goes(words):
    publish_programme(**words)
    kept = Activity.objects.get()
    later = ActivityData(kept.key, "Eating together", SOON + dt.timedelta(days=1))
    publish_programme(**{**words, "activities": [later]})
    assert list(Activity.objects.values_list("pk", "starts_at")) == [(kept.pk, later.starts_at)]
    publish_programme(**{**words, "activities": []})
    assert Activity.objects.count() == 0


def test_a_need_that_is_no_longer_answered_goes_and_the_others_keep_who_said_so(words, organisation):
    publish_programme(**words)
    other = NeedFactory(organisation=organisation)
    publish_programme(**{**words, "needs": [other], "actor": staff(organisation)})
    assert list(AnswersNeed.objects.values_list("need", flat=True)) == [other.pk]


def test_without_a_need_nothing_is_published(words):
    with pytest.raises(Invalid) as refused:
        publish_programme(**{**words, "needs": []})
    assert "Kies de behoefte" in str(refused.value.detail)
    assert Programme.objects.count() == 0


def test_an_activity_does_not_end_before_it_begins(words):
    wrong = ActivityData(uuid.uuid4(), "Backwards", SOON, SOON - dt.timedelta(hours=1))
    with pytest.raises(Invalid):
        publish_programme(**{**words, "activities": [wrong]})


def test_editors_publish_and_researchers_do_not(words, organisation):
    with pytest.raises(Forbidden):
        publish_programme(**{**words, "actor": staff(organisation, "researcher")})
    publish_programme(**{**words, "actor": None})  # the site itself, at a moment set before


def test_the_neighbours_need_page_and_project_are_refused(words, neighbour, organisation):
    with pytest.raises(Unknown):
        publish_programme(**{**words, "needs": [NeedFactory(organisation=neighbour)]})
    with pytest.raises(Forbidden):
        publish_programme(**{**words, "project": ProjectFactory(organisation=neighbour)})
    theirs = publish_programme(
        **{
            **words,
            "organisation": neighbour,
            "needs": [NeedFactory(organisation=neighbour)],
            "actor": staff(neighbour),
        }
    )
    with pytest.raises(Unknown):
        publish_programme(**{**words, "page_key": theirs.page_key})
    with pytest.raises(Unknown):
        unpublish_programme(theirs, organisation=organisation, actor=words["actor"])


def test_a_shared_need_can_be_answered(words, neighbour, organisation):
    project = ProjectFactory(organisation=neighbour)
    Admission.objects.create(project=project, organisation=organisation)
    shared = NeedFactory(organisation=neighbour, project=project)
    assert list(publish_programme(**{**words, "needs": [shared]}).needs.all()) == [shared]


def test_unpublishing_keeps_what_it_answers(words, organisation):
    programme = publish_programme(**words)
    unpublish_programme(programme, organisation=organisation, actor=words["actor"])
    programme.refresh_from_db()
    assert (programme.is_published, programme.answers.count()) == (False, 1)


def test_the_first_publication_is_announced_once(words, django_capture_on_commit_callbacks):
    heard = []
    events.listen("programme.", lambda topic, data: heard.append((topic, data)))
    with django_capture_on_commit_callbacks(execute=True):
        programme = publish_programme(**words)
    with django_capture_on_commit_callbacks(execute=True):
        publish_programme(**words)
    assert heard == [(f"programme.{programme.public_id}", {"type": "published"})]
