"""Headers of every page: strict for residents and staff, Wagtail's own in the admin, no third party anywhere."""

import re

import pytest
from django.test import Client

from tests.factories import UserFactory

PAGES = ["/en/account/login/", "/en/account/signup/", "/en/account/my-data/", "/en/nowhere/", "/nowhere.txt"]


def policy(response) -> dict[str, set[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {part[0]: set(part[1:]) for part in parts}


@pytest.mark.parametrize("address", PAGES)
def test_no_inline_and_no_third_party(client, organisation, address):
    sources = policy(client.get(address))
    assert sources["script-src"] == sources["style-src"] == {"'self'"}
    assert (sources["default-src"], sources["base-uri"], sources["object-src"]) == ({"'none'"},) * 3
    foreign = {source for values in sources.values() for source in values if "//" in source}
    assert foreign == {"ws://testserver"}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_holds_nothing_that_its_policy_refuses(client, organisation, address):
    page = client.get(address).content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=|<style", page) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page) == []


def test_other_headers(client, organisation):
    response = client.get("/en/account/login/")
    kept = ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options")
    assert [response[name] for name in kept] == ["nosniff", "same-origin", "same-origin", "SAMEORIGIN"]
    assert "camera=()" in response["Permissions-Policy"]


def test_a_page_that_breaks_has_the_policy_too(organisation, monkeypatch):
    def breaks(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("participation.people.views.actions.held_of", breaks)
    response = Client(raise_request_exception=False).get("/en/account/my-data/")
    assert (response.status_code, policy(response)["script-src"]) == (500, {"'self'"})


def test_the_websocket_of_a_secure_page_is_secure(client, organisation):
    sources = policy(client.get("/en/account/login/", secure=True))
    assert sources["connect-src"] == {"'self'", "wss://testserver"}


def test_the_admin_has_its_own_policy_without_third_parties(client, organisation):
    client.force_login(UserFactory(is_superuser=True))
    sources = policy(client.get("/admin/"))
    assert "'unsafe-inline'" in sources["script-src"]
    foreign = {source for values in sources.values() for source in values if "//" in source}
    assert foreign == {"ws://testserver"}


def test_a_path_that_only_looks_like_the_admin_is_strict(client, organisation):
    assert policy(client.get("/administration/"))["script-src"] == {"'self'"}
