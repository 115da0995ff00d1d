"""The warning for SQLite libraries that may damage a database."""

import pytest

from participation.core import checks


@pytest.mark.parametrize(
    ("vendor", "version", "ids"),
    [
        ("sqlite", (3, 6, 23), []),
        ("sqlite", (3, 7, 0), ["core.W001"]),
        ("sqlite", (3, 40, 1), ["core.W001"]),
        ("sqlite", (3, 51, 2), ["core.W001"]),
        ("sqlite", (3, 51, 3), []),
        ("sqlite", (3, 52, 0), []),
        ("postgresql", (3, 40, 1), []),
    ],
)
def test_the_versions_that_are_warned_for(vendor, version, ids):
    assert [warning.id for warning in checks.wal_reset_warning(vendor, version)] == ids


def test_the_warning_says_how_to_get_a_newer_one():
    [warning] = checks.wal_reset_warning("sqlite", (3, 40, 1))
    assert ("3.40.1" in warning.msg, "LD_LIBRARY_PATH" in warning.hint) == (True, True)


@pytest.mark.parametrize(("debug", "secure", "asked"), [(True, True, 0), (False, False, 0), (False, True, 1)])
def test_it_is_given_in_production_only(settings, monkeypatch, debug, secure, asked):
    settings.DEBUG, settings.SESSION_COOKIE_SECURE = debug, secure
    monkeypatch.setattr(checks, "wal_reset_warning", lambda vendor, version: ["warned"])
    assert len(checks.check_sqlite()) == asked
