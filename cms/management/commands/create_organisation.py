"""`manage.py create_organisation --name "Bibliotheek" --slug bieb --hostname bieb.example`"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.actions import create_organisation
from participation.core.errors import ActionError
from participation.organisations.models import Organisation


class Command(BaseCommand):
    help = "Make an organisation: site, home pages, standard pages, groups with permissions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--slug", required=True)
        parser.add_argument(
            "--kind", choices=Organisation.Kind.values, default=Organisation.Kind.LIBRARY.value
        )
        parser.add_argument("--hostname", required=True)
        parser.add_argument(
            "--port", type=int, default=443 if settings.SECURE_SSL_REDIRECT else 80, help="443 makes it https"
        )
        parser.add_argument("--default", action="store_true", help="answer on hosts no other site has")
        parser.add_argument("--owner-email")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("name", "slug", "kind", "hostname", "port", "owner_email")
        try:
            organisation = create_organisation(
                **{name: options[name] for name in names}, is_default=options["default"]
            )
        except ActionError as error:
            raise CommandError(str(error.detail)) from error
        site = organisation.site
        assert site is not None  # it was made just now
        self.stdout.write(f"{organisation.name}: {site.root_url}/")
