"""Imported once by the process that server processes are forked from, so that each starts in no time. Opens no
database."""

import os

os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # that is for the tests' own process

from django.urls import get_resolver

import config.asgi  # noqa: F401

_ = get_resolver().url_patterns
