"""Servers of tests are forked from one process that has loaded everything, so that each starts in no time."""

import multiprocessing
import os

from django.conf import settings
from django.db import connections

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.preload"])


def begin(database: str, log: str) -> None:
    """In the new process: what it says goes to a file, and it has an event loop and this database for itself."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    from daphne.testing import _reinstall_reactor

    from config.web import use_fast_loop

    use_fast_loop()
    _reinstall_reactor()
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = database
