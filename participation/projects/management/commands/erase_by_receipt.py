"""For somebody who took part, lost the cookie of it, and wants everything erased."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from participation.core.errors import Unknown
from participation.projects.actions import erase_by_receipt


class Command(BaseCommand):
    help = "Erases everything of who has this receipt code, in every project of that organisation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="as it was on the thank-you page: ABCD-EFGH-JKMNP")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            erased = erase_by_receipt(options["code"])
        except Unknown:
            raise CommandError("Nobody has this receipt code.") from None
        for name, number in erased.items():
            self.stdout.write(f"{name}: {number}")
