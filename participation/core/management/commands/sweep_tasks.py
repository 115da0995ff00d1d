"""Give back background work whose worker died."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from participation.core import worker


class Command(BaseCommand):
    help = "Makes tasks ready again that have been running for too long because their worker died."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hours", type=float, default=1.0, help="what is too long (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        given = worker.give_back(worker.hours_ago(options["hours"]))
        self.stdout.write(f"{given} tasks given back")
