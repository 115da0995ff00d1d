"""For somebody of staff who lost their phone and their recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from participation.people import actions
from participation.people.models import User


class Command(BaseCommand):
    help = "Forgets somebody's second step, so that they set it up again. Make sure first who asks for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(options["email"])
        except User.DoesNotExist:
            raise CommandError(f"There is no account with {options['email']}.") from None
        forgotten = actions.forget_second_step(user)
        self.stdout.write(
            f"{user.email} sets up the second step at the next log-in."
            if forgotten
            else f"{user.email} had no second step."
        )
