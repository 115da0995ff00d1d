"""The blocks of a session's script: questions of every kind, and what is only for a room."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from surveys.blocks import question_blocks

ROOM = _("In the room")


class SlideBlock(blocks.StructBlock):
    """Words on the screen, nothing to answer."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.TextBlock(max_length=600, required=False, rows=4, label=_("Text"))

    class Meta:
        icon = "doc-full"
        label = _("Slide")
        label_format = "{title}"
        group = ROOM


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


def script_blocks() -> list[tuple[str, blocks.Block]]:
    """For the `script` field of a session page (a `KindStreamField`)."""
    return [
        *question_blocks(),
        ("slide", SlideBlock()),
        ("wall", WallBlock()),
        ("stage", StageBlock()),
    ]
