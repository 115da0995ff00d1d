import uuid

import pytest

from participation.core.errors import Invalid
from participation.core.models import AuditEntry
from surveys.actions import add_translation, set_collector
from surveys.models import Question, Questionnaire
from surveys.structure import questions
from tests.surveys.factories import block, publish, section, structure

KEY = "6d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11"
PAGE = uuid.UUID("0e4a2a3c-2a1c-4e0e-8c39-8e8a37f0b001")
EN = {"label": "Where do people meet?", "help": ""}


def where(**changes):
    return section(block("single_choice", KEY, **changes), key="s1")


def label(version, language):
    return next(questions(version.structure, language)).label


def test_publishing_the_same_again_gives_the_same_version(organisation):
    first = publish(organisation, where(), page_key=PAGE)
    assert publish(organisation, where(), page_key=PAGE) == first
    assert first.number == 1


def test_a_change_makes_the_next_version_and_keeps_the_question(organisation):
    publish(organisation, where(), page_key=PAGE)
    second = publish(organisation, where(label="Where?"), page_key=PAGE)
    assert second.number == 2
    assert Question.objects.count() == 1


def test_a_key_that_comes_back_as_another_kind_is_refused_and_nothing_changes(organisation):
    publish(organisation, where(), page_key=PAGE)
    with pytest.raises(Invalid, match="een ander soort vraag"):
        publish(organisation, section(block("open_text", KEY)), page_key=PAGE, name="Other")
    assert list(Questionnaire.objects.values_list("name", "versions__number")) == [("Meeting in town", 1)]


def test_another_organisation_can_not_take_a_page_over(organisation, neighbour):
    publish(organisation, where(), page_key=PAGE)
    with pytest.raises(Invalid):
        publish(neighbour, where(), page_key=PAGE)


def test_a_new_name_is_kept_without_a_new_version(organisation):
    publish(organisation, where(), page_key=PAGE)
    version = publish(organisation, where(), page_key=PAGE, name="Another name")
    assert (version.number, version.questionnaire.name) == (1, "Another name")


def test_a_translation_adds_words_and_no_version(organisation):
    version = publish(organisation, where(), page_key=PAGE)
    add_translation(version.questionnaire, structure(where(**EN), language="en"))
    version.refresh_from_db()
    assert (label(version, "nl"), label(version, "en")) == ("Where do you meet people?", EN["label"])
    assert version.questionnaire.versions.count() == 1


def test_publishing_a_translated_page_adds_its_words(organisation):
    publish(organisation, where(), page_key=PAGE)
    version = publish(organisation, where(**EN), page_key=PAGE, language="en")
    assert (version.number, label(version, "en")) == (1, EN["label"])


def test_a_translation_can_not_change_the_source(organisation):
    version = publish(organisation, where(), page_key=PAGE)
    add_translation(version.questionnaire, structure(where(label="Hacked"), language="nl"))
    version.refresh_from_db()
    assert label(version, "nl") == "Where do you meet people?"


def test_a_translation_of_something_not_asked_is_left_out(organisation):
    version = publish(organisation, where(), page_key=PAGE)
    extra = structure(where(**EN), section(block("open_text"), key="s2"), language="en")
    add_translation(version.questionnaire, extra)
    version.refresh_from_db()
    assert version.structure["labels"]["en"].keys() == {"s1", KEY, "a1", "a2"}


def test_a_new_version_keeps_the_translation_of_what_did_not_change(organisation):
    version = publish(organisation, where(), page_key=PAGE)
    add_translation(version.questionnaire, structure(where(**EN), language="en"))
    more = publish(organisation, where(), section(block("open_text")), page_key=PAGE)
    assert label(more, "en") == EN["label"]


def test_a_new_version_drops_the_translation_of_what_was_changed(organisation):
    version = publish(organisation, where(), page_key=PAGE)
    add_translation(version.questionnaire, structure(where(**EN), language="en"))
    changed = publish(organisation, where(label="Where do you never come?"), page_key=PAGE)
    assert label(changed, "en") == "Where do you never come?"


def test_a_later_translation_reaches_the_version_people_are_busy_with(organisation):
    first = publish(organisation, where(), page_key=PAGE)
    publish(organisation, where(), section(block("open_text")), page_key=PAGE)
    add_translation(first.questionnaire, structure(where(**EN), language="en"))
    first.refresh_from_db()
    assert label(first, "en") == EN["label"]


def test_publishing_is_noted_once(organisation):
    publish(organisation, where(), page_key=PAGE)
    publish(organisation, where(), page_key=PAGE)
    assert AuditEntry.objects.filter(verb="questionnaire.published").count() == 1


def test_there_is_one_web_collector_with_the_newest_dates(organisation):
    from django.utils import timezone

    questionnaire = publish(organisation, where()).questionnaire
    moment = timezone.now()
    set_collector(questionnaire, "web")
    set_collector(questionnaire, "web", closes_at=moment)
    assert [each.closes_at for each in questionnaire.collectors.all()] == [moment]


def test_closing_before_opening_is_refused(organisation):
    from django.utils import timezone

    questionnaire = publish(organisation, where()).questionnaire
    moment = timezone.now()
    with pytest.raises(Invalid):
        set_collector(questionnaire, "web", opens_at=moment, closes_at=moment)
