"""Remove recordings that nobody answered with. Run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from surveys.actions import remove_unused


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Recordings removed: {remove_unused()}")
