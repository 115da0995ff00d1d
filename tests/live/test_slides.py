"""Slides with a picture, a video or a place."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from participation.areas.models import Area
from participation.core.errors import Invalid
from participation.live import queries, shapes
from participation.live.actions import add_translation
from participation.live.blocks import SlideBlock
from participation.live.models import Session
from tests.areas.factories import square
from tests.live.factories import make_session, run, slide, stream

pytestmark = pytest.mark.django_db


def picture(organisation, description="A square with trees"):
    return get_image_model().objects.create(
        title="Square",
        description=description,
        file=get_test_image_file(),
        collection=organisation.collection,
    )


def file(organisation, name):
    return get_document_model().objects.create(
        title=name, file=ContentFile(b"x", name=name), collection=organisation.collection
    )


def shown_slide(**value):
    made = slide()
    made["value"] |= value
    return made


def begun(*arguments):
    return run(make_session(*arguments), "start")


def step_of(session, view="screen"):
    return shapes.snapshot(queries.state(session.pk), view, "en")["step"]


def wrong(**value):
    """Field -> what an editor is told."""
    block = SlideBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"title": "Look", "text": "", **value}))
    return {name: error.messages[0] for name, error in refused.value.block_errors.items()}


def test_a_picture_is_shown_with_its_description(organisation):
    square = picture(organisation)
    session = begun(organisation, shown_slide(picture=square.pk))
    step = step_of(session)
    assert (step["picture"]["url"], step["picture"]["alt"]) == (square.file.url, "A square with trees")
    assert (step["video"], step["place"]) == (None, None)
    square.delete()
    assert step_of(session)["picture"] is None


def test_a_video_comes_with_its_captions_and_not_without(organisation):
    film, captions = file(organisation, "walk.mp4"), file(organisation, "walk.vtt")
    session = begun(organisation, shown_slide(video=film.pk, captions=captions.pk))
    assert step_of(session)["video"] == {
        "url": film.url,
        "type": "video/mp4",
        "captions": captions.url,
        "captions_in": "nl",
    }
    captions.delete()
    assert step_of(session)["video"] is None


def test_captions_are_in_the_reader_s_language_as_long_as_it_is_the_same_video(organisation):
    film, other = file(organisation, "walk.mp4"), file(organisation, "run.mp4")
    dutch, english = file(organisation, "nl.vtt"), file(organisation, "en.vtt")
    block = shown_slide(video=film.pk, captions=dutch.pk)
    session = make_session(organisation, block)
    translated = {**block, "value": {**block["value"], "captions": english.pk}}
    add_translation(session, stream(translated), "en", "Evening")

    def captions(language):
        step = shapes.snapshot(queries.state(session.pk), "screen", language)["step"]
        return step["video"]["captions"], step["video"]["captions_in"]

    run(session, "start")
    assert captions("nl") == (dutch.url, "nl")
    assert captions("en") == (english.url, "en")
    Session.objects.update(state="lobby")
    again = {"page_key": session.page_key}
    make_session(organisation, {**block, "value": {**block["value"], "text": "Look"}}, **again)
    assert captions("en") == (english.url, "en")
    make_session(organisation, {**block, "value": {**block["value"], "video": other.pk}}, **again)
    assert captions("en") == (dutch.url, "nl")


def test_a_translated_page_can_not_bring_another_organisation_s_file(organisation, neighbour):
    block = shown_slide(video=file(organisation, "w.mp4").pk, captions=file(organisation, "w.vtt").pk)
    session = make_session(organisation, block)
    foreign = {**block, "value": {**block["value"], "captions": file(neighbour, "x.vtt").pk}}
    with pytest.raises(Invalid):
        add_translation(session, stream(foreign), "en", "Evening")


def test_a_place_is_drawn_on_the_map_of_its_area(organisation):
    Area.objects.create(code="GM0777", name="Town", kind="gemeente", geometry=square(5, 52, 1))
    place = {"place": "The library", "area": "GM0777", "latitude": 52.5, "longitude": 5.5}
    found = step_of(begun(organisation, shown_slide(**place)))["place"]
    assert found["name"] == "The library"
    assert found["at"] == [0.5, 0.5]
    assert found["map"]["url"].endswith("/areas/GM0777/map.svg")


def test_a_place_off_the_map_or_without_one_is_its_name(organisation):
    place = {"place": "Far away", "area": "GM0778", "latitude": 0, "longitude": 0}
    assert step_of(begun(organisation, shown_slide(**place)))["place"] == {
        "name": "Far away", "map": None, "at": None,
    }  # fmt: skip


def test_an_editor_is_told_what_a_slide_lacks(organisation):
    film = file(organisation, "walk.mp4")
    assert wrong(video=film.pk) == {"captions": "Video’s hebben ondertitels nodig: kies een .vtt-bestand."}
    assert set(wrong(video=film.pk, captions=file(organisation, "words.txt").pk)) == {"captions"}
    assert set(wrong(video=file(organisation, "plan.pdf").pk)) == {"video"}
    assert set(wrong(picture=picture(organisation, "").pk)) == {"picture"}
    assert set(wrong(picture=picture(organisation).pk, place="Here")) == {"title"}
    assert set(wrong(place="Here", latitude=52)) == {"longitude"}


def test_another_organisation_s_picture_is_refused(organisation, neighbour):
    with pytest.raises(Invalid):
        make_session(organisation, shown_slide(picture=picture(neighbour).pk))


def test_a_slide_of_words_is_published_as_before(organisation):
    session = make_session(organisation, slide("Welcome", "Hello"))
    assert set(session.script["steps"][0]) == {"key", "type", "words", "approve_first"}


@pytest.mark.parametrize("address", ["/join/{}/", "/live/{}/screen/"])
def test_pages_without_a_script_show_it(organisation, client, address):
    film, captions = file(organisation, "walk.mp4"), file(organisation, "walk.vtt")
    session = run(make_session(organisation, shown_slide(video=film.pk, captions=captions.pk)), "start")
    html = client.get(address.format(session.code)).content.decode()
    assert f'<source src="{film.url}" type="video/mp4"><track kind="captions" src="{captions.url}"' in html
