"""Gathers static files for production where there is no environment yet: while an image is built."""

from .base import *
from .base import STORAGES

SECRET_KEY = "only-to-gather-files"  # noqa: S105
STORAGES["staticfiles"] = {"BACKEND": "config.storage.StaticFilesStorage"}
