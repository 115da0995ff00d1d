"""`manage.py export_session CODE --format xlsx -o FILE`: the data of a session, without the site."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from participation.live import actions
from participation.live.exports import ANSWERS, PARTS, Export
from participation.live.models import Session
from surveys import workbooks
from surveys.exports import csv_pieces


class Command(BaseCommand):
    help = "Write the answers and texts of a session to a file. It is noted in the audit log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="The six digits with which people join")
        parser.add_argument("--format", choices=["csv", "xlsx", "json"], default="xlsx")
        parser.add_argument("--part", choices=list(PARTS), default=ANSWERS, help="Which table, for CSV")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="Of questions and columns")
        parser.add_argument("-o", "--output", help="The file; without it, CSV and JSON are printed")

    def handle(self, *args: Any, **options: Any) -> None:
        session = Session.objects.select_related("organisation").filter(code=options["code"]).first()
        if session is None:
            raise CommandError("There is no session with this code.")
        if options["format"] == "xlsx" and not options["output"]:
            raise CommandError("A spreadsheet needs a file: add -o FILE.")
        what = f"csv:{options['part']}" if options["format"] == "csv" else options["format"]
        actions.note_export(session, what=what, actor=None)
        with override(options["language"]):
            self._write(Export(session, options["language"]), **options)

    def _write(self, export: Export, *, format: str, part: str, output: str | None, **_options: Any) -> None:
        if format == "xlsx":
            with Path(str(output)).open("wb") as file:
                workbooks.write(file, export.tables())
            return
        pieces = export.json() if format == "json" else csv_pieces(export.table(part))
        if output is None:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        with Path(output).open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
