"""`manage.py import_areas FILE`: read a GeoJSON file of CBS or PDOK."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from participation.areas.actions import Outcome, import_cbs
from participation.areas.geojson import BadFile


class Command(BaseCommand):
    help = (
        "Reads areas, their borders and their figures from a GeoJSON file of CBS or PDOK "
        "(municipalities, districts or neighbourhoods). All of it, or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a GeoJSON file with coordinates in EPSG:4326")
        parser.add_argument("--year", type=int, help="the year of figures whose year the file does not say")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        if year is not None and not 1900 <= year <= 2100:
            raise CommandError(_("--year %(year)s is not a year") % {"year": year})
        started = time.monotonic()
        try:
            outcome = import_cbs(options["file"], year=year, dry_run=options["dry_run"])
        except BadFile as bad:
            head = _("Nothing was imported from %(file)s:") % {"file": options["file"]}
            raise CommandError("\n".join([head, *bad.problems]))
        for line in self._lines(outcome, options["dry_run"]):
            self.stdout.write(line)
        seconds = f"{time.monotonic() - started:.1f}"
        self.stdout.write(_("%(seconds)s seconds.") % {"seconds": seconds})

    def _lines(self, outcome: Outcome, dry_run: bool) -> list[str]:
        read = _("%(n)s areas read.") % {"n": outcome.read}
        if not outcome.changed:
            return [*outcome.notes, read, _("Nothing has changed: everything was already known.")]
        areas = _("Areas: %(new)s new, %(changed)s changed.") % {
            "new": outcome.areas_new,
            "changed": outcome.areas_changed,
        }
        figures = _("Figures: %(new)s new, %(changed)s changed; %(suppressed)s suppressed by the source.") % {
            "new": outcome.figures_new,
            "changed": outcome.figures_changed,
            "suppressed": outcome.figures_suppressed,
        }
        undone = [_("This was a dry run: nothing was kept.")] if dry_run else []
        return [*outcome.notes, read, areas, figures, *undone]
