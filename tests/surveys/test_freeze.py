import uuid

import pytest
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState

from participation.core.errors import Invalid
from surveys.blocks import KindStreamField, question_blocks
from surveys.freeze import content_hash, freeze
from surveys.structure import questions, sections
from tests.surveys.factories import QUESTIONS, SECTIONS, block, one_section, section, structure

KEY = "6d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11"


def test_a_page_is_frozen_by_its_block_ids():
    frozen = structure(section(block("single_choice", KEY), key="s1", title="You", intro="About you"))
    assert frozen == {
        "sections": [
            {
                "key": "s1",
                "questions": [
                    {
                        "key": KEY,
                        "kind": "single_choice",
                        "required": False,
                        "config": {"options": [{"key": "a1"}, {"key": "a2"}]},
                    }
                ],
            }
        ],
        "labels": {
            "nl": {
                "s1": {"title": "You", "intro": "About you"},
                KEY: {"label": "Where do you meet people?", "help": ""},
                "a1": {"label": "In the library"},
                "a2": {"label": "At the harbour"},
            }
        },
        "source_language": "nl",
    }


def test_a_script_is_frozen_as_one_section_without_what_is_no_question():
    stream = QUESTIONS.to_python([block("single_choice", KEY), block("open_text")])
    frozen = one_section(*stream.raw_data)
    assert [len(each["questions"]) for each in frozen["sections"]] == [2]
    assert frozen["sections"][0]["key"] == ""


def test_a_question_is_read_back_in_the_wanted_language_with_the_source_as_fallback():
    frozen = structure(section(block("single_choice", KEY)))
    frozen["labels"]["en"] = {KEY: {"label": "Where?", "help": ""}, "a1": {"label": "Library"}}
    (question,) = questions(frozen, "en")
    assert question.label == "Where?"
    assert question.config["options"] == [
        {"key": "a1", "label": "Library"},
        {"key": "a2", "label": "At the harbour"},
    ]


def test_sections_come_with_their_words():
    (only,) = sections(structure(section(block("open_text"), title="One", intro="Two")), "en")
    assert (only.title, only.intro, len(only.questions)) == ("One", "Two", 1)


def test_blocks_without_ids_get_ids_that_stay_when_the_page_is_saved():
    raw = section(block("single_choice"))
    del raw["id"], raw["value"]["questions"][0]["id"]
    options = raw["value"]["questions"][0]["value"]["options"]
    raw["value"]["questions"][0]["value"]["options"] = [option["value"] for option in options]
    value = SECTIONS.to_python([raw])
    saved = SECTIONS.get_prep_value(value)
    again = freeze(SECTIONS.to_python(saved), "nl")
    assert again == freeze(value, "nl")
    assert again == freeze(SECTIONS.to_python(saved), "nl")
    assert uuid.UUID(again["sections"][0]["questions"][0]["config"]["options"][0]["key"])


def test_the_same_id_twice_is_refused():
    with pytest.raises(Invalid):
        structure(section(block("open_text", KEY), block("open_text", KEY)))


def test_the_same_option_id_with_other_words_is_refused():
    other = [{"type": "item", "id": key, "value": {"label": "Other"}} for key in ("a1", "a2")]
    with pytest.raises(Invalid):
        structure(section(block("single_choice"), block("single_choice", options=other)))


def test_an_id_that_is_no_uuid_is_refused():
    with pytest.raises(Invalid):
        structure(section(block("open_text", "first")))


def test_translations_do_not_change_the_hash_but_a_word_in_the_source_does():
    frozen = structure(section(block("single_choice", KEY), key="s1"))
    other = structure(section(block("single_choice", KEY, label="Where?"), key="s1"))
    translated = {**frozen, "labels": {**frozen["labels"], "en": {KEY: {"label": "Other"}}}}
    assert content_hash(translated) == content_hash(frozen)
    assert content_hash(other) != content_hash(frozen)


def test_the_migration_of_a_field_names_no_blocks():
    field = KindStreamField(question_blocks(), blank=True)
    _name, path, args, kwargs = field.deconstruct()
    assert (path, args, kwargs) == ("surveys.blocks.KindStreamField", [[]], {"blank": True})


def test_a_new_kind_makes_no_migration():
    def state(blocks):
        known = ProjectState()
        fields = [("id", models.AutoField(primary_key=True)), ("sections", KindStreamField(blocks))]
        known.add_model(ModelState("surveys", "Page", fields))
        return known

    few, more = state(question_blocks()[:1]), state(question_blocks())
    assert MigrationAutodetector(few, more)._detect_changes() == {}


def test_a_copied_field_still_knows_its_blocks():
    assert list(SECTIONS.clone().stream_block.child_blocks) == ["section"]
