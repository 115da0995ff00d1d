"""The join page that is made once for everybody who is new in the room, and static files, as phones get them."""

import http.cookies
import re
import uuid
from http.client import HTTPConnection

import pytest
from django.conf import settings

from participation.contributions.models import Contribution
from participation.core.static_files import StaticFiles
from participation.live.entrance import OWN
from surveys.models import Answer
from tests.live.daphne import PATIENCE, Daphne
from tests.live.factories import choice, first, open_session, run, wall

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PARTICIPANT, CSRF = settings.PARTICIPANT_COOKIE_NAME, settings.CSRF_COOKIE_NAME


@pytest.fixture
def server(transactional_db):
    made = Daphne()
    yield made
    made.close()


class Visit:
    """One request over the network."""

    def __init__(self, server, path, method="GET", body=None, **headers):
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request(method, path, body, {"Accept-Language": "nl", **headers})
        response = connection.getresponse()
        self.text = response.read().decode()
        self.status, self.headers = response.status, response.headers
        self.cookies = {}
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value

    @property
    def jar(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def page(server, session, **headers):
    return Visit(server, f"/join/{session.code}/", **headers)


def without_own(text):
    return OWN.sub(b"-", text.encode())


def test_everybody_gets_the_same_page_with_a_cookie_and_a_token_of_their_own(server, organisation):
    session = open_session(organisation)
    by_django = page(server, session)  # nobody is in the room yet
    with_socket = server.phone(session.code)
    one, other = page(server, session), page(server, session)
    assert without_own(one.text) == without_own(other.text) == without_own(by_django.text)
    left_out = {"date", "expires", "set-cookie"}
    assert {name.lower(): value for name, value in one.headers.items() if name.lower() not in left_out} == {
        name.lower(): value for name, value in by_django.headers.items() if name.lower() not in left_out
    }
    assert set(one.cookies) == set(by_django.cookies) == {PARTICIPANT, CSRF}
    for name in (PARTICIPANT, CSRF):
        assert one.cookies[name] != other.cookies[name]
    assert not set(TOKEN.findall(one.text)) & set(TOKEN.findall(other.text))
    with_socket.close()


def test_its_form_works_without_a_script_and_then_the_page_is_ones_own(server, organisation):
    session = open_session(organisation)
    keeps_it_open = server.phone(session.code)
    new = page(server, session)
    form = (
        f"csrfmiddlewaretoken={TOKEN.findall(new.text)[0]}&what=answer&question={first(session).question.key}"
    )
    field = re.search(r'name="([^"]+)" value="lib"', new.text)[1]
    kind = "application/x-www-form-urlencoded"
    sent = Visit(
        server,
        f"/join/{session.code}/",
        "POST",
        f"{form}&{field}=lib",
        **{"Cookie": new.jar, "Content-Type": kind},
    )
    assert sent.status == 302
    assert list(Answer.objects.values_list("value", flat=True)) == ["lib"]
    saved = "<strong>Bewaard</strong>"
    assert saved in page(server, session, Cookie=new.jar).text
    assert saved not in page(server, session).text
    keeps_it_open.close()


def test_a_forged_token_is_refused(server, organisation):
    session = open_session(organisation)
    keeps_it_open = server.phone(session.code)
    new, other = page(server, session), page(server, session)
    form = f"csrfmiddlewaretoken={TOKEN.findall(other.text)[0]}&what=answer"
    kind = "application/x-www-form-urlencoded"
    sent = Visit(server, f"/join/{session.code}/", "POST", form, **{"Cookie": new.jar, "Content-Type": kind})
    assert sent.status == 403
    keeps_it_open.close()


def test_two_phones_may_write_on_a_wall_with_the_same_page(server, organisation):
    session = open_session(organisation, wall())
    keeps_it_open = server.phone(session.code)
    keys = set()
    for text in ("Trees", "Benches"):
        new = page(server, session)
        key = re.search(r'name="key" value="([^"]+)"', new.text)[1]
        keys.add(uuid.UUID(key))
        token = TOKEN.findall(new.text)[0]
        form = (
            f"csrfmiddlewaretoken={token}&what=contribute&thread={first(session).thread.public_id}"
            f"&key={key}&text={text}"
        )
        kind = "application/x-www-form-urlencoded"
        sent = Visit(
            server, f"/join/{session.code}/", "POST", form, **{"Cookie": new.jar, "Content-Type": kind}
        )
        assert sent.status == 302
    assert set(Contribution.objects.values_list("text", flat=True)) == {"Trees", "Benches"}
    assert len(keys) == 2
    keeps_it_open.close()


def test_it_follows_the_room_and_speaks_the_readers_language(server, organisation):
    session = open_session(organisation, choice("First?"), choice("Second?"))
    phone = server.phone(session.code)
    assert "First?" in page(server, session).text
    assert "Deel 1 van 2" in page(server, session).text
    assert "Part 1 of 2" in page(server, session, **{"Accept-Language": "en"}).text
    before = phone.snapshot["rev"]
    run(session, "next")
    phone.get("step", where=lambda news: news["rev"] > before)
    assert "Second?" in page(server, session).text
    run(session, "end")
    with pytest.raises(Exception, match="4410"):
        phone.get("nothing")
    assert "Second?" in page(server, session).text  # the report, by Django
    phone.close()


def test_the_code_of_another_organisation_is_unknown_at_this_door(server, organisation, neighbour):
    session = open_session(neighbour)
    assert page(server, session).status == 404


async def test_a_static_file_comes_from_the_event_loop_with_the_usual_headers(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.js").write_text("export {};")
    reached = []

    async def django(scope, receive, send):
        reached.append(scope["path"])

    application = StaticFiles(django)
    found = await ask(application, "/static/a.js")
    assert found[0]["status"] == 200
    headers = dict(found[0]["headers"])
    assert headers[b"content-type"].startswith(b"text/javascript")
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"max-age" in headers[b"cache-control"]
    assert found[1]["body"] == b"export {};"
    again = await ask(application, "/static/a.js", (b"if-none-match", headers[b"etag"]))
    assert again[0]["status"] == 304
    assert again[1]["body"] == b""
    assert not reached
    assert not await ask(application, "/static/other.js")
    assert not await ask(application, "/static/../secret")
    assert not await ask(application, "/static/a.js", method="POST")
    assert reached == ["/static/other.js", "/static/../secret", "/static/a.js"]


async def ask(application, path, *headers, method="GET"):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"testserver"), *headers],
    }
    await application(scope, None, send)
    return sent
