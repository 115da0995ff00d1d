"""Staff log in at their organisation's own OpenID Connect provider, once they were invited."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from participation.people.actions import account_for
from participation.people.models import User
from tests.factories import staff
from tests.people.conftest import is_logged_in


class Provider(ThreadingHTTPServer):
    """As much of a provider as logging in needs. It says of everybody what `claims` holds."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.claims = {"sub": "1", "email": "colleague@example.org", "email_verified": True}


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        issuer = self.server.address
        if self.path.startswith("/.well-known/"):
            self.say(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "userinfo_endpoint": f"{issuer}/userinfo",
                    "jwks_uri": f"{issuer}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self.say(self.server.claims)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        now = int(time.time())
        told = {"iss": self.server.address, "aud": "oogst", "iat": now, "exp": now + 60, **self.server.claims}
        token = jwt.encode(told, "a-key-of-the-provider-that-is-long-enough", algorithm="HS256")
        self.say({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def say(self, answer: dict) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def provider(settings):
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    settings.OIDC_ISSUER = server.address
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "staff",
                    "name": "the town",
                    "client_id": "oogst",
                    "secret": "secret",
                    "settings": {"server_url": server.address},
                }
            ],
        }
    }
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def log_in_there(client):
    """To the provider and back. Gives the answer to coming back."""
    away = client.get("/account/oidc/staff/login/?process=login")
    query = parse_qs(urlsplit(away["Location"]).query)
    return client.get("/account/oidc/staff/login/callback/", {"code": "c", "state": query["state"][0]})


def test_without_a_provider_there_is_no_such_address_and_no_button(client, organisation):
    assert client.get("/account/oidc/staff/login/", follow=True).status_code == 404
    assert "Log in with" not in client.get("/en/account/login/").content.decode()


def test_the_page_has_a_button_to_the_provider(client, organisation, provider):
    page = client.get("/en/account/login/").content.decode()
    assert ["Log in with the town" in page, 'href="/account/oidc/staff/login/?next=' in page] == [True, True]


def test_the_provider_is_asked_with_state_and_proof_key(client, organisation, provider):
    away = client.get("/account/oidc/staff/login/")
    query = parse_qs(urlsplit(away["Location"]).query)
    assert away["Location"].startswith(f"{provider.address}/authorize?")
    assert (query["client_id"], query["code_challenge_method"], "state" in query) == (
        ["oogst"],
        ["S256"],
        True,
    )
    assert query["redirect_uri"] == ["http://testserver/account/oidc/staff/login/callback/"]


def test_who_was_invited_gets_in(client, organisation, provider):
    user = account_for("colleague@example.org")
    log_in_there(client)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_who_was_not_invited_gets_no_account(client, organisation, provider):
    log_in_there(client)
    assert (is_logged_in(client), User.objects.count()) == (False, 0)


def test_an_address_that_the_provider_did_not_check_is_nobodys(client, organisation, provider):
    account_for("colleague@example.org")
    provider.claims["email_verified"] = False
    log_in_there(client)
    assert not is_logged_in(client)


def test_somebody_elses_answer_is_not_taken(client, organisation, provider):
    account_for("colleague@example.org")
    client.get("/account/oidc/staff/login/")
    client.get("/account/oidc/staff/login/callback/", {"code": "c", "state": "of-another"})
    assert not is_logged_in(client)


@pytest.mark.parametrize(("asks", "where"), [(True, "/admin/account/"), (False, "/en/account/second-step/")])
def test_the_provider_s_own_second_factor_counts_when_we_are_told_so(
    client, organisation, provider, settings, asks, where
):
    settings.REQUIRE_STAFF_MFA, settings.OIDC_SECOND_FACTOR = True, asks
    user = staff(organisation, "editor")
    user.is_superuser, user.email = True, "colleague@example.org"
    user.save()
    account_for("colleague@example.org")
    log_in_there(client)
    response = client.get("/admin/account/", follow=True)
    assert (response.status_code, response.request["PATH_INFO"]) == (200, where)
