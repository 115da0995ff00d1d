"""Who asks, and how often."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from participation.core import clients

UNKNOWN = "0.0.0.0"  # noqa: S104


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def request(remote="10.0.0.1", forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return RequestFactory().post("/", REMOTE_ADDR=remote, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "9.9.9.9", "10.0.0.1"),  # without a proxy the client wrote it
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "9.9.9.9, 198.51.100.7", "198.51.100.7"),  # the first is what the client wrote
        (2, "9.9.9.9, 198.51.100.7, 10.0.0.9", "198.51.100.7"),
        (2, "198.51.100.7", "10.0.0.1"),  # did not come by our proxies
        (1, "", UNKNOWN),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "[2001:db8::1]", "2001:db8::1"),
        (1, "<script>", UNKNOWN),
    ],
)
def test_the_address_of_who_asks(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    assert clients.address(request(forwarded=forwarded)) == address


def test_a_unix_socket_has_no_address():
    assert clients.address(request(remote="")) == UNKNOWN


def test_the_fourth_of_three_a_minute_is_too_fast():
    asked = [clients.too_fast(request(), "post", "3/m") for _ in range(4)]
    assert asked == [False, False, False, True]


def test_each_address_has_its_own_limit():
    for _ in range(4):
        clients.too_fast(request(), "post", "3/m")
    assert not clients.too_fast(request(remote="10.0.0.2"), "post", "3/m")


def test_an_ipv6_network_is_one_address():
    for last in range(4):
        clients.too_fast(request(remote=f"2001:db8::{last}"), "post", "3/m")
    assert clients.too_fast(request(remote="2001:db8::99"), "post", "3/m")


def test_a_limit_can_be_a_persons():
    for _ in range(4):
        clients.too_fast(request(), "post", "3/m", who="anna")
    assert [clients.too_fast(request(), "post", "3/m", who=who) for who in ("anna", "bram")] == [True, False]


def test_looking_is_not_counting():
    looked = [clients.too_fast(request(), "post", "1/m", count=False) for _ in range(3)]
    assert looked == [False, False, False]
