"""Pictures and files in questions, from the page editor to the phone."""

import uuid

import pytest
from asgiref.sync import async_to_sync
from django.core.files.base import ContentFile

from cms.models import File
from surveys import media
from surveys.blocks import KindStreamField, section_blocks
from surveys.models import Questionnaire
from surveys.structure import questions
from tests.cms import factories as make
from tests.surveys.factories import block
from tests.surveys.factories import section as part

pytestmark = pytest.mark.django_db


def pictured(*pictures, **more):
    options = [
        {"type": "item", "id": str(uuid.uuid4()), "value": {"label": f"Place {number}", "picture": each.pk}}
        for number, each in enumerate(pictures, 1)
    ]
    return part(block("picture_choice", options=options, most=1, **more))


def sections(*parts):
    return KindStreamField(section_blocks()).to_python(list(parts))


def file(organisation, name):
    return File.objects.create(
        title=name, file=ContentFile(b"0123456789", name=name), collection=organisation.collection
    )


def asked(page):
    structure = Questionnaire.objects.get(page_key=page.translation_key).versions.first().structure
    return list(questions(structure, "en", media.of(structure)))


def test_a_translated_page_keeps_the_pictures_and_adds_its_words(house, project):
    square, quay = make.picture(house), make.picture(house, "Quay")
    page = make.survey_page(project, sections=sections(pictured(square, quay, audio=file(house, "q.mp3").pk)))
    make.translate(project)
    make.translate(page, {"Place 1": "At the square"})
    make.publish(page.get_translations().get().specific)
    (question,) = asked(page)
    labels = [(each["label"], each["picture"]["alt"]) for each in question.config["options"]]
    assert labels == [("At the square", "A square with trees"), ("Place 2", "A square with trees")]
    assert question.config["audio"]["type"] == "audio/mpeg"
    assert Questionnaire.objects.get(page_key=page.translation_key).versions.count() == 1


def test_a_copied_page_asks_with_the_same_pictures(house, project):
    page = make.survey_page(
        project, sections=sections(pictured(make.picture(house), make.picture(house, "Quay")))
    )
    copy = page.copy(update_attrs={"slug": "again", "title": "Again"}, keep_live=False)
    make.publish(copy)
    assert [each["picture"]["url"] for each in asked(copy)[0].config["options"]] == [
        each["picture"]["url"] for each in asked(page)[0].config["options"]
    ]


@pytest.mark.parametrize(
    ("asks", "status", "content"),
    [
        ("", 200, b"0123456789"),
        ("bytes=0-", 206, b"0123456789"),
        ("bytes=2-4", 206, b"234"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=10-", 416, b""),
        ("bytes=9-3", 416, b""),
        ("lines=1-2", 200, b"0123456789"),
    ],
)
def test_sound_is_played_from_where_the_player_asks(house_and_file, client, asks, status, content):
    answer = client.get(house_and_file.url, headers={"range": asks} if asks else {})
    found = all_of(answer) if answer.streaming else answer.content
    assert (answer.status_code, found) == (status, content)
    if status != 416:
        assert answer["Content-Type"] == "audio/mpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Length"] == str(len(content))


def all_of(answer):
    async def collected():
        return b"".join([piece async for piece in answer])

    return async_to_sync(collected)()


@pytest.fixture
def house_and_file(house):
    return file(house, "question.mp3")


def test_sound_that_the_storage_lost_is_not_there(house_and_file, client):
    house_and_file.file.storage.delete(house_and_file.file.name)
    assert client.get(house_and_file.url).status_code == 404


def test_sound_of_another_organisation_is_not_on_this_site(house, other_house, client):
    assert client.get(file(other_house, "question.mp3").url).status_code == 404
