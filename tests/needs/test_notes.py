import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from participation.core.errors import Forbidden
from participation.core.models import AuditEntry
from participation.needs import actions
from participation.needs.models import FieldNote
from participation.projects.models import Admission
from tests.factories import ProjectFactory, UserFactory, staff
from tests.needs.factories import NoteFactory
from tests.queries import queries_of

WORDS = "There is nothing to do in the evening."
NEW = "/en/staff/notes/new/"


def filled_in(**changes):
    return {
        "verbatim": WORDS,
        "role": "resident",
        "heard_on": timezone.localdate().isoformat(),
        "client_id": str(uuid.uuid4()),
        **changes,
    }


def test_everybody_on_staff_writes_a_note_and_it_is_kept_for_two_years(organisation):
    note = actions.add_note(
        organisation=organisation,
        actor=staff(organisation, "moderator"),
        verbatim=f"  {WORDS}\r\n",
        heard_on=dt.date(2026, 11, 3),
    )
    assert (note.verbatim, note.keep_until) == (WORDS, dt.date(2028, 11, 2))


def test_somebody_without_a_role_writes_no_note(organisation):
    with pytest.raises(Forbidden):
        actions.add_note(organisation=organisation, actor=UserFactory(), verbatim=WORDS)


def test_sending_a_note_twice_stores_it_once(organisation):
    key = uuid.uuid4()
    colleague = staff(organisation, "editor")
    notes = [
        actions.add_note(organisation=organisation, actor=colleague, verbatim=text, client_id=key)
        for text in (WORDS, "Sent again with other words")
    ]
    assert notes[0] == notes[1]
    assert [note.verbatim for note in FieldNote.objects.all()] == [WORDS]


def test_another_organisations_client_id_is_its_own(organisation, neighbour):
    key = uuid.uuid4()
    for house in (organisation, neighbour):
        actions.add_note(organisation=house, actor=staff(house), verbatim=WORDS, client_id=key)
    assert FieldNote.objects.count() == 2


def test_reading_in_a_project_of_others_is_not_writing_in_it(organisation, neighbour):
    project = ProjectFactory(organisation=neighbour)
    Admission.objects.create(project=project, organisation=organisation, level="read")
    with pytest.raises(Forbidden):
        actions.add_note(
            organisation=organisation, actor=staff(organisation), verbatim=WORDS, project=project
        )


def test_notes_whose_time_is_over_are_forgotten(organisation):
    NoteFactory(organisation=organisation, keep_until=timezone.localdate() - dt.timedelta(days=1))
    stays = NoteFactory(organisation=organisation, keep_until=timezone.localdate())
    call_command("forget_old_notes")
    assert list(FieldNote.objects.all()) == [stays]
    assert AuditEntry.objects.filter(verb="note.forgotten").count() == 1


def test_the_form_stores_a_note_without_javascript(client, organisation):
    client.force_login(staff(organisation, "moderator"))
    assert client.get(NEW).status_code == 200
    response = client.post(NEW, filled_in(place="Market"))
    assert (response.status_code, response.url) == (302, "/en/staff/notes/")
    assert list(FieldNote.objects.values_list("verbatim", "place")) == [(WORDS, "Market")]


def test_the_script_gets_an_answer_it_can_trust(client, organisation):
    client.force_login(staff(organisation, "moderator"))
    data = filled_in()
    answer = client.post(NEW, data, headers={"Accept": "application/json"})
    assert answer.json()["stored"] == data["client_id"]
    refused = client.post(NEW, filled_in(verbatim=""), headers={"Accept": "application/json"})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["verbatim"])


@pytest.mark.parametrize(
    "words", ["Call me: 06 12345678", "jan@example.org said so", "Ik heet Fatima", "Stationsstraat 12"]
)
def test_what_looks_like_personal_data_is_stored_only_after_a_second_look(client, organisation, words):
    client.force_login(staff(organisation, "moderator"))
    response = client.post(NEW, filled_in(verbatim=words))
    assert response.status_code == 422
    assert "looks like personal data" in response.content.decode()
    assert FieldNote.objects.count() == 0
    client.post(NEW, filled_in(verbatim=words, confirmed="on"))
    assert FieldNote.objects.count() == 1


def test_tomorrow_has_not_been_heard_yet(client, organisation):
    client.force_login(staff(organisation, "moderator"))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert client.post(NEW, filled_in(heard_on=tomorrow.isoformat())).status_code == 422


def test_a_moderator_reads_own_notes_and_a_researcher_all(client, organisation):
    moderator = staff(organisation, "moderator")
    NoteFactory(organisation=organisation, verbatim="Mine", created_by=moderator)
    theirs = NoteFactory(organisation=organisation, verbatim="Theirs", created_by=staff(organisation))
    client.force_login(moderator)
    page = client.get("/en/staff/notes/").content.decode()
    assert ("Mine" in page, "Theirs" in page) == (True, False)
    assert client.get(f"/en/staff/notes/{theirs.public_id}/").status_code == 302
    client.force_login(staff(organisation, "researcher"))
    assert "Theirs" in client.get("/en/staff/notes/").content.decode()


def test_another_organisations_note_is_not_found(logged_in, neighbour):
    theirs = NoteFactory(organisation=neighbour)
    assert logged_in.get(f"/en/staff/notes/{theirs.public_id}/").status_code == 404
    assert logged_in.post(reverse("needs:note_erase", args=[theirs.public_id])).status_code == 404


def test_a_moderator_erases_only_own_notes(client, organisation):
    moderator = staff(organisation, "moderator")
    mine = NoteFactory(organisation=organisation, created_by=moderator)
    theirs = NoteFactory(organisation=organisation, created_by=staff(organisation))
    client.force_login(moderator)
    answers = [client.post(reverse("needs:note_erase", args=[each.public_id])) for each in (mine, theirs)]
    assert [answer.status_code for answer in answers] == [302, 403]
    assert list(FieldNote.objects.all()) == [theirs]


def test_who_is_not_logged_in_is_sent_to_log_in(client, organisation):
    response = client.get(NEW)
    assert response.status_code == 302
    assert response.url.startswith("/en/account/login/")


def test_a_note_is_shown_as_text(logged_in, organisation):
    note = NoteFactory(organisation=organisation, verbatim="<script>alert(1)</script>")
    for address in (f"/en/staff/notes/{note.public_id}/", f"/en/staff/evidence/quote/note/{note.public_id}/"):
        page = logged_in.get(address).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page


def test_the_list_of_notes_takes_the_same_queries_for_one_and_for_thirty(logged_in, organisation):
    NoteFactory(organisation=organisation, created_by=staff(organisation))
    one = queries_of(logged_in, "/en/staff/notes/")
    for _ in range(19):
        NoteFactory(organisation=organisation, created_by=staff(organisation))
    assert queries_of(logged_in, "/en/staff/notes/") == one
