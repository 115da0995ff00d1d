"""Spoken answers: taken in, heard by staff of the organisation only, written out, and erased."""

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from participation.core import erasure
from participation.live.actions import command
from participation.live.seats import person_at
from surveys import queries, recordings
from surveys.actions import remove_unused, transcribe
from surveys.models import Answer, Recording
from surveys.recordings import MOST_BYTES, sniffed
from tests.cms.test_question_media import all_of
from tests.factories import staff
from tests.live.factories import make_session
from tests.surveys.factories import block, publish, section, set_collector

pytestmark = pytest.mark.django_db
KEY = "6d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11"
OGG = b"OggS" + b"\0" * 60


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


@pytest.fixture
def survey(organisation):
    questionnaire = publish(organisation, section(block("spoken_answer", KEY))).questionnaire
    set_collector(questionnaire)
    return f"/nl/surveys/{questionnaire.public_id}/1/"


def sound(content=OGG, name="x.ogg", content_type="audio/ogg"):
    return SimpleUploadedFile(name, content, content_type)


def upload(client, page, content=OGG):
    return client.post(f"{page}recordings/{KEY}/", {"file": sound(content)})


def answered(client, page, **fields):
    """Fill in the page and send all of it in."""
    sent = client.post(page, {f"q-{KEY}-{name}": value for name, value in fields.items()})
    client.post(page.replace("/1/", "/check/"))
    return sent


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x1aE\xdf\xa3webm", "audio/webm"),
        (OGG, "audio/ogg"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\0\0\0\0AVI ", None),
        (b"<html><script>", None),
        (b"", None),
    ],
)
def test_what_it_is_is_seen_from_its_first_bytes(head, kind):
    assert sniffed(head) == kind


def test_a_recording_becomes_an_answer(survey, client):
    kept = upload(client, survey).json()["recording"]
    answered(client, survey, recording=kept, text="")
    assert {each.item: each.value for each in Answer.objects.all()} == {"recording": kept, "": ""}
    assert "recordings/" in Recording.objects.get().file.name
    assert Recording.objects.get().file.name.startswith("documents/")


def test_without_a_script_the_file_comes_with_the_form(survey, client):
    assert 'enctype="multipart/form-data"' in client.get(survey).content.decode()
    answered(client, survey, file=sound(), text="")
    assert Answer.objects.get(item="recording").value == Recording.objects.get().public_id


def test_words_are_an_answer_too_and_take_the_place_of_a_recording(survey, client):
    answered(client, survey, recording=upload(client, survey).json()["recording"], text="")
    answered(client, survey, recording="", text="By the water")
    assert {each.item: each.value for each in Answer.objects.all()} == {"recording": "", "": "By the water"}


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"", b"%PDF-1.7"])
def test_what_is_no_sound_is_refused(survey, client, content):
    refused = upload(client, survey, content)
    assert refused.status_code == 400
    assert refused.json()["detail"]
    assert not Recording.objects.exists()
    page = client.post(survey, {f"q-{KEY}-file": sound(b"<html>"), f"q-{KEY}-text": ""})
    assert "geen geluidsbestand" in page.content.decode()


def test_what_is_too_large_is_refused_before_it_is_read(survey, client):
    assert upload(client, survey, OGG + b"\0" * MOST_BYTES).status_code == 400
    told = client.post(f"{survey}recordings/{KEY}/", {"file": sound()}, CONTENT_LENGTH=str(MOST_BYTES * 2))
    assert told.status_code == 413
    assert client.get(f"{survey}recordings/{KEY}/").status_code == 405


def test_a_person_may_not_fill_our_disks(survey, client):
    assert [upload(client, survey).status_code for _time in range(11)] == [200] * 10 + [429]


def test_nor_may_many_made_up_persons_from_one_place(survey, monkeypatch):
    monkeypatch.setattr(recordings, "PER_ADDRESS", "2/h")
    assert [upload(Client(), survey).status_code for _time in range(3)] == [200, 200, 429]


def test_only_for_a_question_that_takes_recordings(organisation, client):
    questionnaire = publish(organisation, section(block("open_text", KEY))).questionnaire
    set_collector(questionnaire)
    assert upload(client, f"/nl/surveys/{questionnaire.public_id}/1/").status_code == 400


def test_staff_of_the_organisation_hear_it_and_nobody_else(survey, client, organisation, neighbour):
    answered(client, survey, recording=upload(client, survey).json()["recording"], text="")
    address = f"/nl/staff/recordings/{Recording.objects.get().public_id}/"
    assert client.get(address).status_code != 200
    client.force_login(staff(organisation, "moderator"))
    heard = client.get(address, headers={"range": "bytes=0-3"})
    assert (heard.status_code, heard["Content-Type"], all_of(heard)) == (206, "audio/ogg", b"OggS")
    assert heard["X-Content-Type-Options"] == "nosniff"
    client.force_login(staff(neighbour, "owner"))
    assert client.get(address, headers={"host": "buur.example"}).status_code == 404


def test_what_staff_write_out_is_the_text_that_can_be_quoted(survey, client, organisation):
    answered(client, survey, recording=upload(client, survey).json()["recording"], text="")
    assert not queries.text_answers(organisation).exists()
    client.force_login(staff(organisation, "researcher"))
    questionnaire = Recording.objects.get().question.questionnaire
    page = f"/nl/staff/surveys/{questionnaire.public_id}/texts/{KEY}/"
    address = f"/nl/staff/recordings/{Recording.objects.get().public_id}/"
    assert f'src="{address}"' in client.get(page).content.decode()
    client.post(f"{address}text/", {"text": "I love the quay"})
    assert [each.value for each in queries.text_answers(organisation)] == ["I love the quay"]
    assert "I love the quay</textarea>" in client.get(page).content.decode()


def again(client, page):
    """Another recording, as the answer; gives its id."""
    kept = upload(client, page).json()["recording"]
    answered(client, page, recording=kept, text="")
    return kept


def test_a_transcript_stays_with_the_recording_it_is_of(survey, client, organisation):
    first = again(client, survey)
    write = {"organisation": organisation, "actor": staff(organisation, "researcher")}
    transcribe(Recording.objects.get(), text="I love the quay", **write)
    answered(client, survey, recording=first, text="")
    assert Answer.objects.get(item="").value == "I love the quay"
    second = again(client, survey)
    question = Recording.objects.first().question
    (spoken,) = queries.spoken_answers(organisation, question)
    assert (spoken.recording.public_id, spoken.transcript, spoken.earlier) == (
        second,
        "",
        ["I love the quay"],
    )
    assert not queries.text_answers(organisation).exists()
    transcribe(spoken.recording, text="And the park", **write)
    answered(client, survey, recording=first, text="")
    (spoken,) = queries.spoken_answers(organisation, question)
    assert (spoken.transcript, spoken.earlier) == ("I love the quay", ["And the park"])
    client.force_login(write["actor"])
    page = f"/nl/staff/surveys/{question.questionnaire.public_id}/texts/{KEY}/"
    content = client.get(page).content.decode()
    assert "I love the quay</textarea>" in content
    assert "And the park</p>" in content


def test_what_is_written_out_while_somebody_answers_again_is_kept(survey, client, organisation):
    again(client, survey)
    first = Recording.objects.get()
    second = again(client, survey)
    transcribe(first, organisation=organisation, text="The quay", actor=staff(organisation, "researcher"))
    (spoken,) = queries.spoken_answers(organisation, first.question)
    assert (spoken.recording.public_id, spoken.transcript, spoken.earlier) == (second, "", ["The quay"])


def test_who_takes_their_answer_back_takes_all_of_it(survey, client, organisation):
    again(client, survey)
    actor = staff(organisation, "researcher")
    transcribe(Recording.objects.get(), organisation=organisation, text="I love the quay", actor=actor)
    again(client, survey)
    answered(client, survey, recording="", text="")
    assert not Answer.objects.exists()


def test_on_a_shared_phone_a_recording_is_of_who_speaks(organisation, client):
    session = make_session(organisation, block("spoken_answer", KEY))
    for name in ("start", "open"):
        command(session, name, {}, staff(organisation, "facilitator"))
    address = f"/join/{session.code}/"
    client.post(f"{address}recordings/{KEY}/", {"file": sound()})
    phone = Recording.objects.get().participant_id
    client.post(f"{address}recordings/{KEY}/", {"file": sound(), "seat": "1"})
    form = {"what": "answer", "question": KEY, "seat": "2", f"q-{KEY}-file": sound(), f"q-{KEY}-text": ""}
    client.post(address, form)
    of = list(Recording.objects.order_by("id").values_list("participant", flat=True))
    assert of == [person_at(phone, seat) for seat in (0, 1, 2)]
    assert Answer.objects.get(item="recording").response.participant_id == of[2]


def test_only_researchers_write_out(survey, client, organisation):
    answered(client, survey, recording=upload(client, survey).json()["recording"], text="")
    client.force_login(staff(organisation, "moderator"))
    address = f"/nl/staff/recordings/{Recording.objects.get().public_id}/text/"
    assert client.post(address, {"text": "I"}).status_code in (302, 403, 404)
    assert Answer.objects.get(item="").value == ""


def test_erasing_a_person_erases_what_they_said(survey, client, django_capture_on_commit_callbacks):
    answered(client, survey, recording=upload(client, survey).json()["recording"], text="")
    recording = Recording.objects.get()
    storage, name = recording.file.storage, recording.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(recording.participant)
    assert not Recording.objects.exists()
    assert not storage.exists(name)


def test_a_recording_that_nobody_answered_with_goes_after_a_day(survey, client):
    answered(client, survey, recording=upload(client, survey).json()["recording"], text="")
    upload(client, survey)
    assert remove_unused() == 0
    Recording.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    assert remove_unused() == 1
    assert Recording.objects.get().public_id == Answer.objects.get(item="recording").value


def test_nobody_hears_a_recording_that_was_never_sent_in_or_is_replaced(survey, client, organisation):
    first = again(client, survey)
    unsent = upload(client, survey).json()["recording"]
    path = f"/{Recording.objects.get(public_id=first).file.name}"

    def heard(recording):
        address = f"/nl/staff/recordings/{recording}/"
        return [client.get(address, headers={"range": each}).status_code for each in ("bytes=0-3", "")]

    visitor = client.cookies.copy()
    client.force_login(staff(organisation, "owner"))
    assert [heard(each) for each in (first, unsent)] == [[206, 200], [404, 404]]
    client.logout()
    client.cookies.update(visitor)
    second = again(client, survey)
    assert [client.get(f"{place}{path}").status_code for place in ("", "/media", "/nl")] == [404] * 3
    client.force_login(staff(organisation, "owner"))
    assert [heard(each) for each in (first, second)] == [[404, 404], [206, 200]]


def test_the_sound_of_a_replaced_recording_is_deleted_after_a_day_and_that_of_the_answer_is_not(
    survey, client, django_capture_on_commit_callbacks
):
    replaced, kept = again(client, survey), again(client, survey)
    files = {each.public_id: each.file for each in Recording.objects.all()}

    def remove():
        with django_capture_on_commit_callbacks(execute=True):
            return remove_unused()

    assert remove() == 0  # they may still go back to it, on the same page
    Recording.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    assert remove() == 1
    assert [name for name, file in files.items() if file.storage.exists(file.name)] == [kept]
    assert replaced not in Recording.objects.values_list("public_id", flat=True)


def test_in_a_session_it_is_kept_by_its_own_address_and_by_the_form(organisation, client):
    session = make_session(organisation, block("spoken_answer", KEY))
    for name in ("start", "open"):
        command(session, name, {}, staff(organisation, "facilitator"))
    kept = client.post(f"/join/{session.code}/recordings/{KEY}/", {"file": sound()})
    assert kept.json() == {"recording": Recording.objects.get().public_id}
    form = {"what": "answer", "question": KEY, f"q-{KEY}-file": sound(), f"q-{KEY}-text": ""}
    client.post(f"/join/{session.code}/", form)
    newest = Recording.objects.order_by("-id").first()
    assert Answer.objects.get(item="recording").value == newest.public_id
    assert (
        client.post(f"/join/{session.code}/recordings/{uuid.uuid4()}/", {"file": sound()}).status_code == 400
    )
