"""Tests: any database and layer from the environment, mails in memory, tasks at once."""

import os

from .base import *
from .base import CACHES, CHANNEL_LAYERS, DATABASES, LOGGING, REDIS_URL, VAR_DIR

STATIC_ROOT = VAR_DIR / "static"  # stays empty: files are served from where they lie
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = str(VAR_DIR / "test-media")  # never among the pictures of a site
SECRET_KEY = "tests-only-0123456789abcdef0123456789abcdef0123456789"  # noqa: S105
ALLOWED_HOSTS = ["*"]
REQUIRE_STAFF_MFA = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TASK_WORKER_THREAD = False
LOGGING["root"]["level"] = "WARNING"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: sockets and tasks use other threads, with connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )

# Test processes side by side share a Redis: each has keys of its own, and a cache that it may empty.
if REDIS_URL:
    _process = os.environ.get("PYTEST_XDIST_WORKER", "main")
    _server, _, _number = REDIS_URL.rpartition("/")
    if _process != "main" and _number.isdigit():
        CACHES["default"]["LOCATION"] = f"{_server}/{int(_number) + 1 + int(_process.removeprefix('gw'))}"
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"tests-{_process}"
