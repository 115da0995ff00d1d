"""Accounts: made, invited, taken along, erased."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import transaction

from participation.contributions.models import Contribution
from participation.core import erasure
from participation.core.errors import Forbidden
from participation.core.models import AuditEntry
from participation.people import actions, participants
from participation.people.models import Participant, User
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import OrganisationFactory, ParticipantFactory, UserFactory, staff
from tests.people.conftest import code_in, is_logged_in
from tests.people.test_second_step import with_app
from tests.queries import queries_of

COOKIE = "oogst_participant"


def phone_of(participant) -> str:
    """The cookie of this participant's phone."""
    return participants._signer(participant.organisation).sign(participant.pk.hex)


@pytest.fixture
def kept(monkeypatch):
    """One app that keeps a word of each participant, and forgets it when asked."""
    words: dict = {}
    holder = erasure.Holder("words", lambda p: words.get(p.pk, []), lambda p: len(words.pop(p.pk, [])))
    monkeypatch.setattr(erasure, "_holders", {"words": holder})
    return words


# --- Made and invited -------------------------------------------------------------------------------


def test_an_account_is_made_once(db):
    first = actions.account_for("Jo@Example.org", name="Jo")
    again = actions.account_for("jo@example.org")
    assert (first.pk, first.email, first.name) == (again.pk, "jo@example.org", "Jo")


def test_an_invitation_comes_from_the_organisation_with_its_own_address(
    neighbour, mailoutbox, django_capture_on_commit_callbacks
):
    inviter, invited = UserFactory(name="Inge"), actions.account_for("new@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(invited, neighbour, actor=inviter, language="en")
    [message] = mailoutbox
    assert (message.to, message.from_email, message.subject) == (
        ["new@example.org"],
        "Buur <oogst@example.org>",
        "You can now work for Buur in Oogst",
    )
    assert "http://buur.example/en/account/login/" in message.body.splitlines()


def test_nobody_is_invited_when_the_rest_fails(neighbour, mailoutbox, django_capture_on_commit_callbacks):
    user = actions.account_for("new@example.org")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        actions.invite(user, neighbour, actor=None)
        transaction.set_rollback(True)
    assert mailoutbox == []


def test_who_was_invited_logs_in_with_one_code(client, mailoutbox, organisation):
    user = actions.account_for("new@example.org")
    client.post("/en/account/login/", {"email": user.email})
    client.post("/en/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert is_logged_in(client)


def test_an_old_address_opens_nothing_any_more(client, mailoutbox, organisation):
    user = actions.account_for("old@example.org")
    user.email = "new@example.org"
    user.save()
    client.post("/en/account/login/", {"email": "old@example.org"})
    assert mailoutbox[0].subject == "There is no account with this e-mail address"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == []


def test_a_code_to_a_new_address_proves_it(client, mailoutbox, organisation):
    user = actions.account_for("old@example.org")
    user.email = "new@example.org"
    user.save()
    client.post("/en/account/login/", {"email": "new@example.org"})
    client.post("/en/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert is_logged_in(client)
    assert EmailAddress.objects.get(user=user).email == "new@example.org"


# --- A lost phone -----------------------------------------------------------------------------------


def test_a_lost_phone_is_forgotten_noted_and_told(
    organisation, mailoutbox, capsys, django_capture_on_commit_callbacks
):
    user = staff(organisation, "editor")
    with_app(user)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("forget_second_step", user.email.upper())
    assert "sets up the second step at the next log-in" in capsys.readouterr().out
    assert (user.authenticator_set.count(), len(mailoutbox)) == (0, 1)
    assert AuditEntry.objects.get(verb="second_step.forgotten").target_id == str(user.pk)


def test_an_unknown_address_is_said_to_be_unknown(db):
    with pytest.raises(CommandError, match="There is no account with nobody"):
        call_command("forget_second_step", "nobody@example.org")


# --- What we keep of you ----------------------------------------------------------------------------


def test_who_has_written_nothing_is_told_so(client, organisation):
    page = client.get("/en/account/my-data/").content.decode()
    assert ("We keep nothing of you" in page, "Erase everything" in page) == (True, False)


def test_looking_sets_no_cookie(client, organisation):
    assert COOKIE not in client.get("/en/account/my-data/").cookies


def test_the_page_takes_the_same_queries_for_one_participation_and_for_thirty(client, organisation):
    user = UserFactory()
    client.force_login(user)
    ParticipantFactory(organisation=organisation, user=user)
    few = queries_of(client, "/en/account/my-data/")
    for n in range(29):
        other = OrganisationFactory(name=f"Library {n}", hostname=f"library-{n}.example")
        ParticipantFactory(organisation=other, user=user)
    assert queries_of(client, "/en/account/my-data/") == few


def test_a_phone_takes_along_what_it_left(client, organisation, kept):
    participant = ParticipantFactory(organisation=organisation)
    kept[participant.pk] = ["more trees"]
    client.cookies[COOKIE] = phone_of(participant)
    response = client.get("/en/account/my-data/download/")
    held = json.loads(response.content)
    assert (held["account"], [row["words"] for row in held["participations"]]) == (None, [["more trees"]])
    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'


def test_an_account_takes_along_everything_at_every_organisation(client, organisation, neighbour, kept):
    user = actions.account_for("jo@example.org", name="Jo")
    for place in (organisation, neighbour):
        kept[ParticipantFactory(organisation=place, user=user).pk] = [place.name]
    client.force_login(user)
    held = json.loads(client.get("/en/account/my-data/download/").content)
    assert held["account"]["email"] == "jo@example.org"
    assert sorted(row["words"][0] for row in held["participations"]) == ["Buur", "Library"]


def test_a_forged_cookie_shows_nothing(client, organisation, kept):
    participant = ParticipantFactory(organisation=organisation)
    kept[participant.pk] = ["more trees"]
    client.cookies[COOKIE] = participant.pk.hex + ":forged"
    assert json.loads(client.get("/en/account/my-data/download/").content)["participations"] == []


def test_a_cookie_of_another_organisation_shows_nothing(client, organisation, neighbour, kept):
    participant = ParticipantFactory(organisation=neighbour)
    kept[participant.pk] = ["more trees"]
    client.cookies[COOKIE] = phone_of(participant)
    assert json.loads(client.get("/en/account/my-data/download/").content)["participations"] == []


def test_a_shared_phone_does_not_show_somebody_elses_account(client, organisation, kept):
    theirs = ParticipantFactory(organisation=organisation, user=actions.account_for("anna@example.org"))
    kept[theirs.pk] = ["of Anna"]
    client.force_login(actions.account_for("bram@example.org"))
    client.cookies[COOKIE] = phone_of(theirs)
    assert json.loads(client.get("/en/account/my-data/download/").content)["participations"] == []


def test_erasing_erases_account_and_participations_and_logs_out(client, organisation, kept):
    user = actions.account_for("jo@example.org")
    kept[ParticipantFactory(organisation=organisation, user=user).pk] = ["more trees"]
    client.force_login(user)
    response = client.post("/en/account/my-data/erase/", {"sure": "on"})
    assert (response.status_code, kept, is_logged_in(client)) == (200, {}, False)
    assert (User.objects.filter(pk=user.pk).count(), Participant.objects.count()) == (0, 0)
    assert response.cookies[COOKIE]["max-age"] == 0


def test_erasing_without_the_tick_erases_nothing_and_says_why(client, organisation, kept):
    participant = ParticipantFactory(organisation=organisation)
    kept[participant.pk] = ["more trees"]
    client.cookies[COOKIE] = phone_of(participant)
    response = client.post("/en/account/my-data/erase/", {})
    assert (response.status_code, len(kept)) == (422, 1)
    assert response.context["form"].errors["sure"] == ["This field is required."]


def test_erasing_is_a_post(client, organisation):
    assert client.get("/en/account/my-data/erase/").status_code == 405


def test_staff_cannot_erase_their_account_themselves(client, organisation):
    user = staff(organisation, "editor")
    client.force_login(user)
    response = client.post("/en/account/my-data/erase/", {"sure": "on"})
    assert (response.status_code, User.objects.filter(pk=user.pk).exists()) == (422, True)
    with pytest.raises(Forbidden):
        actions.erase(actions.held_of(user, None))


def test_when_one_app_fails_nothing_is_erased(organisation, kept):
    user = actions.account_for("jo@example.org")
    participant = ParticipantFactory(organisation=organisation, user=user)

    def fails(participant):
        raise RuntimeError

    erasure.register(erasure.Holder("zzz", lambda participant: None, fails))
    with pytest.raises(RuntimeError):
        actions.erase(actions.held_of(user, None))
    assert (
        User.objects.filter(pk=user.pk).exists(),
        Participant.objects.filter(pk=participant.pk).exists(),
    ) == (
        True,
        True,
    )


def test_the_real_apps_forget_a_participant(organisation):
    """Through the holders that the apps registered."""
    idea = IdeaFactory(thread=ThreadFactory(organisation=organisation))
    participant = idea.participant
    actions.erase(actions.Held(None, [participant]))
    assert (
        Contribution.objects.filter(text=idea.text).exists(),
        Participant.objects.filter(pk=participant.pk).exists(),
    ) == (False, False)
