"""The blocks of a session's script: questions of every kind, and what is only for a room."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from participation.core import ranges
from surveys.blocks import question_blocks
from surveys.choosers import AreaChoiceBlock

from .models import MOST_TABLES, Step

VIDEO, CAPTIONS = ("video/mp4", "video/webm"), "text/vtt"
ROOM = _("In the room")


class SlideBlock(blocks.StructBlock):
    """Words on the screen, perhaps with a picture, a video or a place; nothing to answer."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.TextBlock(max_length=600, required=False, rows=4, label=_("Text"))
    picture = ImageChooserBlock(required=False, label=_("Picture"))
    video = DocumentChooserBlock(
        required=False, label=_("Video"), help_text=_("An mp4 or webm file. It needs captions.")
    )
    captions = DocumentChooserBlock(
        required=False,
        label=_("Captions"),
        help_text=_("What is said in the video, as a WebVTT file (.vtt)."),
    )
    place = blocks.CharBlock(
        max_length=120, required=False, default="", label=_("Place"), help_text=_("Its name.")
    )
    area = AreaChoiceBlock(
        required=False, label=_("Map of"), help_text=_("An area whose borders were imported.")
    )
    latitude = blocks.FloatBlock(required=False, min_value=-90, max_value=90, label=_("Latitude"))
    longitude = blocks.FloatBlock(required=False, min_value=-180, max_value=180, label=_("Longitude"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = _wrong_with(cleaned)
        if errors:
            raise StructBlockValidationError(
                block_errors={name: ValidationError(text) for name, text in errors.items()}
            )
        return cleaned

    class Meta:
        icon = "doc-full"
        label = _("Slide")
        label_format = "{title}"
        group = ROOM


def _wrong_with(value: Any) -> dict[str, Any]:
    """Field -> what is wrong."""
    errors: dict[str, Any] = {}
    picture, video, captions = value["picture"], value["video"], value["captions"]
    if picture and not picture.description:
        errors["picture"] = _("Say what can be seen: fill in the picture's description.")
    if video and ranges.type_of(video.filename) not in VIDEO:
        errors["video"] = _("Choose an mp4 or webm file.")
    elif video and (captions is None or ranges.type_of(captions.filename) != CAPTIONS):
        errors["captions"] = _("Videos need captions to be published: choose a .vtt file.")
    if sum(map(bool, (picture, video, value["place"]))) > 1:
        errors["title"] = _("A slide has a picture, a video or a place: one of these.")
    if (value["latitude"] is None) != (value["longitude"] is None):
        errors["longitude"] = _("Give both, or none.")
    return errors


class WallBlock(blocks.StructBlock):
    """Everybody may write notes; all see them come."""

    label = blocks.CharBlock(max_length=300, label=_("What people write about"))
    approve_first = blocks.BooleanBlock(
        required=False,
        label=_("Approve first"),
        help_text=_("Notes wait in the queue until somebody on staff lets them through."),
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Wall of notes")
        label_format = "{label}"
        group = ROOM


class StageBlock(blocks.StructBlock):
    """Questions to the speaker, which others may support."""

    label = blocks.CharBlock(max_length=300, label=_("Whom people ask, and about what"))
    approve_first = blocks.BooleanBlock(
        required=False,
        label=_("Approve first"),
        help_text=_("Questions wait in the queue until somebody on staff lets them through."),
    )

    class Meta:
        icon = "help"
        label = _("Questions to the stage")
        label_format = "{label}"
        group = ROOM


def _https(address: str) -> None:
    if not address.startswith("https://"):
        raise ValidationError(_("The address begins with https://."), code="https")


class TableBlock(blocks.StructBlock):
    """One group. Without anything it is a table in the room, with a number."""

    name = blocks.CharBlock(max_length=60, required=False, default="", label=_("Name"))
    link = blocks.URLBlock(
        max_length=200,
        required=False,
        default="",
        validators=[_https],
        label=_("Address of the video call"),
        help_text=_("For people who are not in the room."),
    )
    phone = blocks.RegexBlock(
        regex=r"^\+?[0-9][0-9 ()\-]{2,38}(,,?[0-9#*]{1,15})?$",
        required=False,
        default="",
        label=_("Number to call"),
        error_messages={"invalid": _("Fill in a phone number.")},
    )

    class Meta:
        icon = "group"
        label = pgettext_lazy("where people sit", "Table")
        label_format = "{name}"


class TalkBlock(blocks.StructBlock):
    """Small groups talk, each with notes of its own; then everything is brought together."""

    label = blocks.CharBlock(max_length=300, label=_("What people talk about"))
    text = blocks.TextBlock(
        max_length=600,
        required=False,
        default="",
        rows=3,
        label=_("Help"),
        help_text=_("For example: who begins, and what you want to hear from each table."),
    )
    by = blocks.ChoiceBlock(
        choices=[
            (Step.Seating.RANDOM, _("Everybody is given a table")),
            (Step.Seating.CHOICE, _("Everybody chooses a table")),
        ],
        default=Step.Seating.RANDOM,
        label=_("How tables are made"),
    )
    tables = blocks.ListBlock(
        TableBlock(),
        default=[],
        max_num=MOST_TABLES,
        label=pgettext_lazy("where people sit", "Tables"),
        help_text=_("With a name, a video call or a number to call. Or leave this empty and say how many."),
    )
    count = blocks.IntegerBlock(
        required=False, min_value=2, max_value=MOST_TABLES, label=_("Number of tables")
    )
    size = blocks.IntegerBlock(
        required=False,
        min_value=2,
        max_value=20,
        label=_("Or: people at a table"),
        help_text=_("Only when everybody is given a table. Then there are as many tables as are needed."),
    )
    approve_first = blocks.BooleanBlock(
        required=False,
        label=_("Approve first"),
        help_text=_("Notes wait in the queue until somebody on staff lets them through."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = _wrong_with_tables(cleaned)
        if errors:
            raise StructBlockValidationError(
                block_errors={name: ValidationError(text) for name, text in errors.items()}
            )
        return cleaned

    class Meta:
        icon = "group"
        label = _("Conversation in small groups")
        label_format = "{label}"
        group = ROOM


def _wrong_with_tables(value: Any) -> dict[str, Any]:
    """Field -> what is wrong."""
    n = len(value["tables"])
    if n and (value["count"] or value["size"]):
        return {"count": _("Leave this empty when you list the tables, or take them off the list.")}
    if value["by"] == Step.Seating.CHOICE and value["size"]:
        return {"size": _("Say how many tables there are: people choose one themselves.")}
    if not n and bool(value["count"]) == bool(value["size"]):
        return {"count": _("Say how many tables, or how many people at a table.")}
    return {"count": _("Give at least two tables.")} if n == 1 else {}


class ScoresBlock(blocks.StructBlock):
    """Who had most quiz questions right."""

    title = blocks.CharBlock(
        max_length=120,
        label=_("Title"),
        help_text=_(
            "Shows the ten best by nickname, and everybody their own place. A right answer is one point, quick or not; "
            "only questions whose results were shown count."
        ),
    )

    class Meta:
        icon = "list-ol"
        label = _("Scoreboard")
        label_format = "{title}"
        group = ROOM


def script_blocks() -> list[tuple[str, blocks.Block]]:
    """For the `script` field of a session page (a `KindStreamField`)."""
    return [
        *question_blocks(),
        ("slide", SlideBlock()),
        ("wall", WallBlock()),
        ("stage", StageBlock()),
        ("talk", TalkBlock()),
        ("scores", ScoresBlock()),
    ]
