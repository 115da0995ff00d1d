"""Pictures and files of questions: frozen by id, shown where they are now, never another organisation's."""

import uuid

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from participation.core.errors import Invalid
from surveys import media, queries
from surveys.filling import filling
from surveys.freeze import content_hash
from surveys.models import Collector
from surveys.structure import questions
from tests.surveys.factories import block, publish, response_of, section, structure

pytestmark = pytest.mark.django_db
KEY = "6d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11"
PAGE = uuid.UUID("9d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11")


def picture(organisation, title="A square", **fields):
    return get_image_model().objects.create(
        title=title,
        description="Trees around a square",
        description_en=fields.pop("description_en", ""),
        file=get_test_image_file(filename=f"{title}.png", size=(2000, 1000)),
        collection=organisation.collection,
    )


def sound(organisation, name="question.mp3"):
    return get_document_model().objects.create(
        title="Read aloud", file=ContentFile(b"ID3 sound", name=name), collection=organisation.collection
    )


def pictures(*chosen, **changes):
    options = [
        {
            "type": "item",
            "id": f"p{number}",
            "value": {"label": f"Place {number}", "picture": each and each.pk},
        }
        for number, each in enumerate(chosen, 1)
    ]
    return section(block("picture_choice", KEY, options=options, most=1, **changes), key="s1")


def shown(version, language="nl"):
    (question,) = questions(version.structure, language, media.of(version.structure))
    return question.config


def test_a_question_freezes_which_picture_and_file_and_nothing_of_them(organisation):
    square, voice = picture(organisation), sound(organisation)
    frozen = structure(pictures(square, None, audio=voice.pk))
    assert frozen["sections"][0]["questions"][0]["config"] == {
        "options": [{"key": "p1", "picture": {"image": square.pk}}, {"key": "p2"}],
        "most": 1,
        "audio": {"document": voice.pk},
    }


def test_the_same_page_published_again_is_the_same_version(organisation):
    made = pictures(picture(organisation), picture(organisation, "Quay"))
    first = publish(organisation, made, page_key=PAGE)
    again = publish(organisation, made, page_key=PAGE)
    other = publish(organisation, pictures(picture(organisation), None), page_key=PAGE)
    assert (again.pk, again.content_hash) == (first.pk, content_hash(first.structure))
    assert other.number == 2


def test_a_reader_gets_where_it_is_now_in_a_size_that_fits(organisation, django_capture_on_commit_callbacks):
    square, voice = picture(organisation, description_en="Trees"), sound(organisation)
    with django_capture_on_commit_callbacks(execute=True):
        version = publish(organisation, pictures(square, None, audio=voice.pk))
    config = shown(version)
    first = config["options"][0]["picture"]
    assert (first["width"], first["height"], first["alt"]) == (1600, 800, "Trees around a square")
    assert first["url"] == square.get_rendition(media.LARGE).file.url
    assert first["small"] == square.get_rendition(media.SMALL).file.url
    assert shown(version, "en")["options"][0]["picture"]["alt"] == "Trees"
    assert config["audio"] == {"url": voice.url, "type": "audio/mpeg", "title": "Read aloud"}


def test_before_its_sizes_are_made_the_picture_itself_is_shown(organisation):
    square = picture(organisation)
    assert (
        shown(publish(organisation, pictures(square, None)))["options"][0]["picture"]["url"]
        == square.file.url
    )


def test_what_was_deleted_leaves_the_words(organisation):
    square, voice = picture(organisation), sound(organisation)
    version = publish(organisation, pictures(square, None, audio=voice.pk))
    square.delete()
    voice.delete()
    config = shown(version)
    assert config["options"][0] == {"key": "p1", "label": "Place 1", "picture": None}
    assert config["audio"] is None


@pytest.mark.parametrize("theirs", [picture, sound])
def test_what_is_another_organisation_s_is_refused(organisation, neighbour, theirs):
    other = theirs(neighbour)
    made = pictures(other, None) if theirs is picture else pictures(None, None, audio=other.pk)
    with pytest.raises(Invalid, match="andere organisatie"):
        publish(organisation, made)
    assert publish(neighbour, made).number == 1


def test_a_picture_in_a_collection_below_the_organisation_s_is_its_own(organisation):
    square = picture(organisation)
    square.collection = organisation.collection.add_child(name="Plans")
    square.save()
    assert publish(organisation, pictures(square, None)).number == 1


@pytest.mark.parametrize("number", [1, 6])
def test_reading_costs_the_same_for_one_picture_and_for_many(organisation, django_assert_num_queries, number):
    chosen = [picture(organisation, f"Place {each}") for each in range(number)]
    version = publish(organisation, pictures(*chosen, None, audio=sound(organisation).pk))
    response = response_of(version)
    collector = Collector.objects.get(pk=response.collector_id)
    with django_assert_num_queries(3):
        shown(version)
    with django_assert_num_queries(5):
        filling(collector, None, "nl")
    with django_assert_num_queries(7):
        queries.results(version.questionnaire, "nl")


def test_the_page_shows_pictures_and_a_player(organisation, client):
    square, voice = picture(organisation), sound(organisation)
    version = publish(organisation, pictures(square, None, audio=voice.pk))
    response_of(version)
    html = client.get(f"/nl/surveys/{version.questionnaire.public_id}/1/").content.decode()
    assert f'src="{square.file.url}" alt=""' in html
    assert f'<audio controls preload="none" src="{voice.url}"' in html
