"""`manage.py load_demo`: the demo municipality and its neighbour, in an empty database."""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.demo import story
from participation.core.errors import ActionError
from participation.organisations.models import Organisation


class Command(BaseCommand):
    help = "Load the demo municipality. Impossible where DEMO is off (production): it brings known passwords."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing, without a word of complaint, when there is data",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo brings known passwords, so it is not for production (DEMO is off).")
        if Organisation.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError(
                "There are organisations already; the demo is for an empty database. Nothing was changed."
            )
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # a line for each page and redirect
        try:
            story.tell()
        except ActionError as refusal:
            raise CommandError(str(refusal.detail))
        self.stdout.write("The demo municipality is there.")
