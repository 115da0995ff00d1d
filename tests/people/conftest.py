"""What tests of logging in share."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from participation.people.actions import account_for

PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def fresh_limits():
    """Rate limits count in the cache: every test starts with none used."""
    cache.clear()


@pytest.fixture
def client():
    """Somebody who reads English, also at addresses without a language."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def mailoutbox(db):
    """The mails that were sent. After `db`, which begins with a new outbox."""
    return mail.outbox


@pytest.fixture
def resident(organisation):
    """An account with a usable password, as an import or `createsuperuser` could leave one."""
    return account_for("resident@example.org", name="Resi Dent", password=PASSWORD)


def code_in(message) -> str:
    """The code in a mail."""
    return re.search(r"^    (\S+)$", message.body, re.MULTILINE).group(1)


def log_in(client, mailoutbox, user):
    """As a person does: ask for the code, read the mail, type the code. Gives the last response."""
    client.post("/en/account/login/", {"email": user.email})
    return client.post("/en/account/login/code/confirm/", {"code": code_in(mailoutbox[-1])})


def is_logged_in(client) -> bool:
    return "_auth_user_id" in client.session
