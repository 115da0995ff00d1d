"""A developer's machine and the demo: SQLite, mails to the console, demo log-ins."""

from . import environment as env
from .base import *
from .base import ALLOWED_HOSTS, SECRET_KEY, VAR_DIR

STATIC_ROOT = VAR_DIR / "static"  # stays empty: files are served from where they lie
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
DEBUG = True
DEMO = True
SECRET_KEY = SECRET_KEY or "development-only-never-in-production-0123456789abcdef"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", ".localhost", "127.0.0.1", "[::1]"]
REQUIRE_STAFF_MFA = env.flag("REQUIRE_STAFF_MFA")
