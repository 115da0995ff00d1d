from typing import Any

from django.core.management.base import BaseCommand

from participation.needs.actions import forget_old_notes


class Command(BaseCommand):
    help = "Remove field notes whose time to keep them is over, with their quotes. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_old_notes()} notes removed")
