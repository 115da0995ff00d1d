"""Every variable of the environment that Oogst reads: one list, from which the settings read and which
docs/operations.md repeats (a test compares the two). Nothing else in the project reads the environment.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
Environ = Mapping[str, str]


@dataclass(frozen=True)
class Variable:
    """`needed` says when production can't do without: "production", or words that say when."""

    name: str
    meaning: str
    default: str = ""
    needed: str = ""
    kind: str = "text"  # text, flag, words (with commas between), number


VARIABLES = [
    Variable(
        "SECRET_KEY",
        "Signs cookies and codes. At least 50 random characters. Who has it can pretend to be anybody. "
        "A new one logs everybody out and makes phones forget who they were",
        needed="production",
    ),
    Variable(
        "ALLOWED_HOSTS",
        "The host names of all sites, with commas between: `praat.voorbeeld.nl,bieb.voorbeeld.nl`. "
        "In production never `*`",
        needed="production",
        kind="words",
    ),
    Variable(
        "BASE_URL",
        "The address of the first site, with `https://`. Used in the mails that Wagtail sends to editors",
        default="http://127.0.0.1:8000",
        needed="production",
    ),
    Variable(
        "DATABASE_URL",
        "`postgres://user:password@host:5432/name`, or `sqlite:////folder/file.sqlite3`",
        default="sqlite, in `.var/oogst.sqlite3`",
        needed="production",
    ),
    Variable(
        "REDIS_URL",
        "`redis://host:6379/0`: live sessions over several processes, cache and rate limits. "
        "Without it everything lives in the memory of one process",
        needed="production, unless SINGLE_PROCESS",
    ),
    Variable(
        "SINGLE_PROCESS",
        "`yes` allows production in one process, with SQLite and without Redis. For one small organisation",
        default="no",
        kind="flag",
    ),
    Variable(
        "TASK_WORKER",
        "`thread`: the web process also does the background work. `process`: start `manage.py db_worker`",
        default="`process` with REDIS_URL, else `thread`",
    ),
    Variable(
        "EMAIL_URL",
        "`smtp+tls://user:password@host:587` or `smtp+ssl://user:password@host:465`. "
        "A `%` or `@` in the password as `%25` or `%40`",
        default="consolemail://",
        needed="production",
    ),
    Variable(
        "DEFAULT_FROM_EMAIL",
        "Who our mails come from: `oogst@voorbeeld.nl`. The organisation's name is put before it",
        default="oogst@example.org",
        needed="production",
    ),
    Variable("MEDIA_ROOT", "The folder with uploaded pictures and documents", default=".var/media"),
    Variable("S3_BUCKET", "Keep uploads in this bucket of an S3 store instead of in MEDIA_ROOT"),
    Variable(
        "S3_ENDPOINT_URL",
        "Address of the S3 store, Amazon's too: `https://s3.eu-central-1.amazonaws.com`",
        needed="with S3_BUCKET",
    ),
    Variable("S3_REGION", "Region of the bucket, when the store has regions"),
    Variable("S3_ACCESS_KEY_ID", "Key to the bucket", needed="with S3_BUCKET"),
    Variable("S3_SECRET_ACCESS_KEY", "Secret of that key", needed="with S3_BUCKET"),
    Variable(
        "S3_PUBLIC_URL",
        "Where browsers find the bucket's files, with `https://`. Pages may then show pictures from there",
        needed="with S3_BUCKET",
    ),
    Variable(
        "TILE_URL",
        "Tiles for interactive maps, with `{z}`, `{x}` and `{y}`. Empty: these maps show borders only, and "
        "nobody else sees who looks at one",
    ),
    Variable("OIDC_ISSUER", "Staff may log in at this OpenID Connect provider (its issuer address)"),
    Variable("OIDC_CLIENT_ID", "Our name at that provider", needed="with OIDC_ISSUER"),
    Variable("OIDC_CLIENT_SECRET", "Our secret at that provider", needed="with OIDC_ISSUER"),
    Variable("OIDC_NAME", "The text on the button: `Log in with ...`", default="your organisation"),
    Variable(
        "OIDC_SECOND_FACTOR",
        "`yes` when the provider itself asks staff for a second factor at every log-in. "
        "Oogst then does not ask for one of its own",
        default="no",
        kind="flag",
    ),
    Variable(
        "SIGNUP_OPEN",
        "May residents make an account? Nobody needs one to take part",
        default="yes",
        kind="flag",
    ),
    Variable(
        "TRUSTED_PROXIES",
        "How many proxies stand before Oogst and set `X-Forwarded-For` and `X-Forwarded-Proto`",
        default="1 in production, else 0",
        kind="number",
    ),
    Variable(
        "HSTS_SECONDS",
        "How long browsers must insist on https. Start low when you are not sure",
        default="31536000",
        kind="number",
    ),
    Variable("LOG_LEVEL", "`DEBUG`, `INFO`, `WARNING` or `ERROR`", default="INFO"),
    Variable(
        "REQUIRE_STAFF_MFA",
        "`yes` to see on a developer's machine what staff see in production, where it is always `yes`",
        default="no",
        kind="flag",
    ),
]
_BY_NAME = {variable.name: variable for variable in VARIABLES}


def text(name: str, default: str | None = None, environ: Environ = os.environ) -> str:
    """The variable, or `default`, or the list's own default. A name that is not in the list is a KeyError."""
    variable = _BY_NAME[name]
    value = environ.get(name, "").strip()
    return value or (variable.default if default is None else default)


def words(name: str, environ: Environ = os.environ) -> list[str]:
    return [word.strip() for word in text(name, "", environ).split(",") if word.strip()]


def flag(name: str, environ: Environ = os.environ) -> bool:
    value = text(name, environ=environ).lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value in YES


def number(name: str, default: int, environ: Environ = os.environ) -> int:
    value = text(name, str(default), environ)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def origin(url: str) -> str:
    """`https://host:port` of an address; `{s}` in a tile address becomes the policy's `*`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}" if parts.netloc else ""


def problems(environ: Environ = os.environ) -> list[str]:
    """Everything that keeps production from starting, one line each; empty when it can start."""
    return [*_unreadable(environ), *_missing(environ), *_unsafe(environ)]


def _given(name: str, environ: Environ) -> bool:
    return bool(environ.get(name, "").strip())


def _unreadable(environ: Environ) -> list[str]:
    found = []
    for variable in VARIABLES:
        try:
            if variable.kind == "flag":
                flag(variable.name, environ)
            elif variable.kind == "number":
                number(variable.name, 0, environ)
        except ImproperlyConfigured as error:
            found.append(str(error))
    return found


def _missing(environ: Environ) -> list[str]:
    single = environ.get("SINGLE_PROCESS", "").strip().lower() in YES
    found = []
    for variable in VARIABLES:
        needed = variable.needed
        asked_by = needed.removeprefix("with ") if needed.startswith("with ") else ""
        necessary = (
            needed == "production"
            or (needed.startswith("production, unless") and not single)
            or bool(asked_by and _given(asked_by, environ))
        )
        if necessary and not _given(variable.name, environ):
            because = f" (because {asked_by} is set)" if asked_by else ""
            found.append(f"{variable.name} is missing{because}: {variable.meaning}.")
    return found


def _unsafe(environ: Environ) -> list[str]:
    single = environ.get("SINGLE_PROCESS", "").strip().lower() in YES
    key = environ.get("SECRET_KEY", "").strip()
    database = environ.get("DATABASE_URL", "").strip()
    rules = {
        "SECRET_KEY is too easy to guess: take at least 50 random characters, for example from "
        "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`.": key
        and (
            len(key) < 50
            or len(set(key)) < 12
            or any(word in key.lower() for word in ("insecure", "development", "tests-only", "change-me"))
        ),
        "ALLOWED_HOSTS may not be `*`: name the hosts.": "*" in words("ALLOWED_HOSTS", environ),
        "BASE_URL must begin with https://.": _given("BASE_URL", environ)
        and not environ["BASE_URL"].strip().startswith("https://"),
        "DATABASE_URL is SQLite: use PostgreSQL, or say SINGLE_PROCESS=yes.": database.startswith("sqlite")
        and not single,
        "EMAIL_URL sends no mail, and nobody can log in without mail: give an smtp address.": environ.get(
            "EMAIL_URL", ""
        ).startswith(("console", "dummy", "memory", "file")),
        "TASK_WORKER must be `thread` or `process`.": text("TASK_WORKER", "thread", environ)
        not in ("thread", "process"),
        "DEMO can't be used in production: its passwords are known to everybody.": _given("DEMO", environ),
    }
    return [line for line, broken in rules.items() if broken]


def refuse_when_incomplete(environ: Environ = os.environ) -> None:
    """Raise ImproperlyConfigured with all problems at once."""
    found = problems(environ)
    if found:
        lines = "\n".join(f"  - {problem}" for problem in found)
        raise ImproperlyConfigured(
            f"Oogst can't start in production yet:\n{lines}\nSee docs/operations.md for every variable."
        )
