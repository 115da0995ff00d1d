"""Production. Refuses to start when something necessary is missing, and says what."""

from . import environment as env

env.refuse_when_incomplete()

from .base import *  # noqa: E402
from .base import STORAGES  # noqa: E402

DEBUG = False
DEMO = False
REQUIRE_STAFF_MFA = True
STORAGES["staticfiles"] = {"BACKEND": "config.storage.StaticFilesStorage"}

# Everything by https. `__Host-` ties a cookie to this very host: no other site can set or read it.
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# The preload list is for whole domains and takes months to leave: the domain's owner decides, not we.
# Wagtail shows previews in a frame of our own site (W019).
SILENCED_SYSTEM_CHECKS = ["security.W019", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PARTICIPANT_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
PARTICIPANT_COOKIE_NAME = "__Host-participant"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
