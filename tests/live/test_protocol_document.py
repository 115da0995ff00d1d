"""docs/live-protocol.md says what the code does: the same messages, fields, commands, codes and limits."""

import re
import uuid

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from participation.live import consumers, forms, hub, protocol, queries, sockets, writer
from participation.live.actions.commands import COMMANDS
from participation.live.shapes import VIEWS
from surveys.kinds import all_kinds
from tests.live.factories import choice, open_session, wall

DOCUMENT = (settings.BASE_DIR / "docs/live-protocol.md").read_text()
FOLDER = settings.BASE_DIR / "participation/live"
FORMS = {
    "hello": forms.HelloForm,
    "answer": forms.AnswerForm,
    "contribute": forms.ContributeForm,
    "support": forms.SupportForm,
    "me": forms.MeForm,
    "take_seat": forms.TakeSeatForm,
    "take_notes": forms.TakeNotesForm,
    "captions": forms.CaptionsForm,
    "command": forms.CommandForm,
}


def table(heading: str) -> dict[str, list[str]]:
    """The first table under a heading: what its first column names -> the other cells."""
    part = re.split(rf"^##+ {re.escape(heading)}$", DOCUMENT, maxsplit=1, flags=re.MULTILINE)[1]
    lines = re.search(r"(?:^\|.*\n)+", part.split("\n## ")[0], re.MULTILINE)[0].splitlines()[2:]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    names = [row[0].strip("`") for row in rows]
    assert len(set(names)) == len(names)
    return {name: row[1:] for name, row in zip(names, rows, strict=True)}


# --- Names ------------------------------------------------------------------------------------------


def test_the_messages_of_a_client():
    taken = {*consumers.HANDLERS, "answer"}  # an answer is taken as it comes in, by no handler
    assert table("From the client").keys() == taken == FORMS.keys()


@pytest.mark.parametrize("name", FORMS)
def test_the_fields_of_a_clients_message(name):
    fields = table("From the client")[name][0]
    assert set(re.findall(r"(?:^|\. )`(\w+)`", fields)) == set(FORMS[name].base_fields)


def test_the_messages_of_the_server():
    sent = {
        name for file in FOLDER.glob("*.py") for name in re.findall(r'"type": "([a-z]+)"', file.read_text())
    }
    assert table("From the server").keys() == sent


def test_the_commands_with_their_arguments():
    documented = {name: set(re.findall(r"`(\w+)`", cells[0])) for name, cells in table("Commands").items()}
    assert documented == {name: set(each.form.base_fields) for name, each in COMMANDS.items()}
    assert table("Arguments").keys() == set().union(*documented.values())


def test_the_views():
    assert set(table("Views")) == set(VIEWS)


def test_the_kinds_of_question():
    assert table("Values and tallies").keys() == all_kinds().keys()


def test_the_error_codes():
    assert table("Error codes").keys() == protocol.ERRORS.keys()


def test_the_close_codes_of_server_and_client():
    sent = {value for value in vars(protocol).values() if type(value) is int and 4000 <= value < 5000}
    script = (settings.BASE_DIR / "static/live/connection.js").read_text()
    known = re.search(r"CLOSED = \{(.*)\}", script)[1]
    assert {int(code) for code in table("Close codes")} == sent == set(map(int, re.findall(r"\d{4}", known)))


@pytest.mark.parametrize("limit", table("Limits").values(), ids=lambda limit: limit[1])
def test_the_limits(limit):
    number, place = limit
    module, name = place.strip("`").split(".")
    modules = {
        "protocol": protocol,
        "consumers": consumers,
        "hub": hub,
        "writer": writer,
        "queries": queries,
        "forms": forms,
        "sockets": sockets,
    }
    assert float(number) == getattr(modules[module], name)


def test_the_addresses_without_a_socket():
    for address in re.findall(r"^\| `(/[^`]*)` \|", DOCUMENT, re.MULTILINE):
        try:
            resolve(address.replace("<code>", "123456").replace("<key>", str(uuid.UUID(int=0))))
        except Resolver404:
            pytest.fail(f"{address} is no address")


# --- Shapes -----------------------------------------------------------------------------------------


@pytest.fixture
def session(organisation):
    return open_session(organisation, choice())


def snapshot(session, view):
    return queries.snapshot(session, view, None, "nl")


@pytest.mark.django_db
@pytest.mark.parametrize("view", VIEWS)
def test_the_fields_of_a_snapshot(session, view):
    rows = table("snapshot and step")
    documented = {name for name, cells in rows.items() if cells[VIEWS.index(view)] != "no"}
    assert set(snapshot(session, view)) == documented | {"type"}


@pytest.mark.django_db
@pytest.mark.parametrize("view", VIEWS)
def test_the_fields_of_a_step_message(session, view):
    rows = table("snapshot and step")
    documented = {name for name, cells in rows.items() if cells[VIEWS.index(view)] == "yes"}
    state, _mine = queries.picture(session, view, None)
    assert set(protocol.news("step", state, view, "nl")) == documented | {"type"}


@pytest.mark.django_db
def test_the_fields_of_the_shapes(session):
    seen = snapshot(session, "participant")
    assert table("session").keys() == seen["session"].keys()
    assert table("step").keys() == seen["step"].keys()
    assert table("question").keys() == seen["step"]["question"].keys()
    assert table("mine").keys() == seen["mine"].keys()
    console = snapshot(session, "console")
    assert table("results").keys() == console["results"].keys()
    assert table("script").keys() == console["script"][0].keys()
    (chart,) = console["results"]["charts"]
    assert table("chart").keys() == chart.keys()
    assert set(re.findall(r"`([a-z]+)`", table("chart")["bars"][0])) == chart["bars"][0].keys()


@pytest.mark.django_db
def test_html_is_for_a_phone_that_is_asked_something(session, organisation):
    assert "html" not in snapshot(session, "screen")["step"]
    assert "html" not in snapshot(open_session(organisation, wall()), "participant")["step"]
