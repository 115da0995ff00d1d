"""What the environment says, and what production refuses."""

import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.settings import environment

GOOD = {
    "SECRET_KEY": "b3JwaGVkIGdhcmRlbiBnYXRlcyBzaGluZSBsaWtlIDc3IG1vb25zIQ",
    "ALLOWED_HOSTS": "praat.voorbeeld.nl,bieb.voorbeeld.nl",
    "BASE_URL": "https://praat.voorbeeld.nl",
    "DATABASE_URL": "postgres://oogst@127.0.0.1:5432/oogst",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://oogst:secret@mail.voorbeeld.nl:587",
    "DEFAULT_FROM_EMAIL": "oogst@voorbeeld.nl",
}


def test_a_complete_environment_has_no_problems():
    assert environment.problems(GOOD) == []


def test_an_empty_environment_names_all_that_is_missing_at_once():
    found = [problem.split(" ")[0] for problem in environment.problems({})]
    assert found == [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "BASE_URL",
        "DATABASE_URL",
        "REDIS_URL",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": "django-insecure-" + GOOD["SECRET_KEY"]}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": " "}, "SECRET_KEY is missing"),
        ({"ALLOWED_HOSTS": "praat.voorbeeld.nl, *"}, "ALLOWED_HOSTS may not be `*`"),
        ({"BASE_URL": "http://praat.voorbeeld.nl"}, "BASE_URL must begin with https://"),
        ({"DATABASE_URL": "sqlite:////data/oogst.sqlite3"}, "DATABASE_URL is SQLite"),
        ({"REDIS_URL": ""}, "REDIS_URL is missing"),
        ({"EMAIL_URL": "consolemail://"}, "EMAIL_URL sends no mail"),
        (
            {"OIDC_ISSUER": "https://inlog.voorbeeld.nl"},
            "OIDC_CLIENT_ID is missing (because OIDC_ISSUER is set)",
        ),
        ({"S3_BUCKET": "oogst"}, "S3_ENDPOINT_URL is missing (because S3_BUCKET is set)"),
        ({"SIGNUP_OPEN": "perhaps"}, "SIGNUP_OPEN must be yes or no"),
        ({"HSTS_SECONDS": "a year"}, "HSTS_SECONDS must be a whole number"),
        ({"TASK_WORKER": "sometimes"}, "TASK_WORKER must be `thread` or `process`"),
        ({"DEMO": "1"}, "DEMO can't be used in production"),
    ],
)
def test_production_refuses(changed, words):
    assert any(words in problem for problem in environment.problems(GOOD | changed))


def test_one_small_installation_may_have_one_process_and_sqlite():
    small = GOOD | {"SINGLE_PROCESS": "yes", "DATABASE_URL": "sqlite:////data/oogst.sqlite3", "REDIS_URL": ""}
    assert environment.problems(small) == []


def test_the_refusal_has_a_line_for_each_problem():
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.refuse_when_incomplete(GOOD | {"SECRET_KEY": "", "BASE_URL": ""})
    lines = str(caught.value).splitlines()
    assert [line[:18] for line in lines] == [
        "Oogst can't start ",
        "  - SECRET_KEY is ",
        "  - BASE_URL is mi",
        "See docs/operation",
    ]


def test_every_variable_that_settings_read_is_in_the_list():
    asked = re.compile(r"\benv\.(?:text|words|flag|number)\(\"(\w+)\"")
    read = {
        name
        for file in (settings.BASE_DIR / "config/settings").glob("*.py")
        for name in asked.findall(file.read_text())
    }
    listed = {variable.name for variable in environment.VARIABLES}
    assert read ^ listed == {"SINGLE_PROCESS"}  # which says only what production may do without


def test_the_environment_is_read_in_the_settings_and_nowhere_else():
    readers = [
        str(file.relative_to(settings.BASE_DIR))
        for folder in ("config", "cms", "surveys", "participation")
        for file in (settings.BASE_DIR / folder).rglob("*.py")
        if re.search(r"os\.(environ|getenv)|environ\.Env|from environ import", file.read_text())
    ]
    # config/asgi.py names the settings to use, and reads nothing.
    assert [name for name in readers if not name.startswith("config/settings/")] == ["config/asgi.py"]


def test_the_documentation_has_the_same_table():
    text = (settings.BASE_DIR / "docs/operations.md").read_text()
    rows = re.findall(r"^\| `([A-Z0-9_]+)` \| (.*?) \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    listed = [
        (variable.name, variable.needed, variable.default, variable.meaning)
        for variable in environment.VARIABLES
    ]
    assert rows == listed


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://service.pdok.nl/brt/{z}/{x}/{y}.png", "https://service.pdok.nl"),
        ("https://{s}.tile.example.org:8443/{z}/{x}/{y}.png", "https://*.tile.example.org:8443"),
        ("", ""),
    ],
)
def test_the_origin_of_an_address(url, origin):
    assert environment.origin(url) == origin


# --- The production settings, in a process of their own ----------------------------------------------


def manage(*arguments: str, **environ: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.production", "PATH": "/usr/bin:/bin", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_does_not_start_with_nothing_and_says_what_it_needs():
    done = manage("check")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert done.stderr.startswith("Oogst can't start in production yet:\n  - SECRET_KEY is missing")


def test_production_passes_djangos_own_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (2 silenced).\n")


PRINT = """
from django.conf import settings as s
print(s.DEBUG, s.DEMO, s.REQUIRE_STAFF_MFA, s.TASK_WORKER_THREAD)
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, s.PARTICIPANT_COOKIE_NAME)
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.PARTICIPANT_COOKIE_SECURE)
print(s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT, s.SECURE_PROXY_SSL_HEADER)
print(s.CACHES["default"]["BACKEND"], s.CHANNEL_LAYERS["default"]["BACKEND"])
print(s.STORAGES["staticfiles"]["BACKEND"])
"""


def test_production_is_strict():
    done = manage("shell", "--no-imports", "-c", PRINT, **GOOD)
    assert done.stdout.splitlines() == [
        "False False True False",
        "__Host-session __Host-csrf __Host-language __Host-participant",
        "True True True True",
        "31536000 True ('HTTP_X_FORWARDED_PROTO', 'https')",
        "django.core.cache.backends.redis.RedisCache channels_redis.core.RedisChannelLayer",
        "config.storage.StaticFilesStorage",
    ]


def test_nothing_in_the_environment_makes_a_demo_of_production():
    done = manage("shell", "--no-imports", "-c", PRINT, **GOOD, REQUIRE_STAFF_MFA="no")
    assert done.stdout.splitlines()[0] == "False False True False"


def test_files_in_a_bucket_and_tiles_widen_the_policy_by_their_address_and_no_further():
    words = "from django.conf import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
    wider = {
        "S3_BUCKET": "oogst",
        "S3_ENDPOINT_URL": "https://s3.voorbeeld.nl",
        "S3_ACCESS_KEY_ID": "key",
        "S3_SECRET_ACCESS_KEY": "secret",
        "S3_PUBLIC_URL": "https://bestanden.voorbeeld.nl",
        "TILE_URL": "https://service.pdok.nl/brt/{z}/{x}/{y}.png",
    }
    done = manage("shell", "--no-imports", "-c", words, **GOOD, **wider)
    assert done.stdout.strip() == (
        "[\"'self'\", 'data:', 'https://service.pdok.nl', 'https://bestanden.voorbeeld.nl']"
    )


def test_the_web_server_takes_production_when_nobody_says_otherwise():
    source = (settings.BASE_DIR / "config/asgi.py").read_text()
    assert 'setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")' in source
