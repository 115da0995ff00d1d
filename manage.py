#!/usr/bin/env python
"""Django's command line for Oogst."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # Whoever starts Oogst reads what to set, not where in our code that was found.
        sys.exit(str(error))


if __name__ == "__main__":
    main()
