"""What editors build a page from. No raw HTML, no embeds: nothing may come from a third party."""

import uuid
from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from participation.projects.models import Verb

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "image"]
SHORT_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]

Named = tuple[str, blocks.Block]


class PictureBlock(blocks.StructBlock):
    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(max_length=200, required=False, label=_("Words below it"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=1000, rows=3, label=_("What was said"))
    source = blocks.CharBlock(
        max_length=120,
        required=False,
        label=_("Who said it"),
        help_text=_("Never a name. For example: a visitor of the library, 34 years."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"


class PhaseBlock(blocks.StructBlock):
    """A step of a project. What is ticked is what residents can do while it is open."""

    title = blocks.CharBlock(max_length=120, label=_("Name"), help_text=_("For example: Listening"))
    text = blocks.TextBlock(max_length=500, rows=2, required=False, label=_("What happens then?"))
    opens_at = blocks.DateTimeBlock(
        required=False, label=_("Begins"), help_text=_("Empty: it is open from the start.")
    )
    closes_at = blocks.DateTimeBlock(required=False, label=_("Ends"), help_text=_("Empty: it stays open."))
    allows = blocks.MultipleChoiceBlock(
        choices=Verb.choices,
        required=False,
        widget=CheckboxSelectMultiple,
        label=_("What can residents do then?"),
    )

    class Meta:
        icon = "date"
        label = _("Phase")
        label_format = "{title}"


class FileBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("Document"))
    note = blocks.CharBlock(
        max_length=200, required=False, label=_("What is it?"), help_text=_("One plain sentence.")
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Document")


class ActivityBlock(blocks.StructBlock):
    """Something residents can come to."""

    name = blocks.CharBlock(max_length=200, label=_("Name"))
    starts_at = blocks.DateTimeBlock(label=_("Begins"))
    ends_at = blocks.DateTimeBlock(required=False, label=_("Ends"))
    place = blocks.CharBlock(max_length=200, required=False, label=_("Where"))
    text = blocks.TextBlock(max_length=1000, rows=3, required=False, label=_("What happens there?"))

    class Meta:
        icon = "date"
        label = _("Activity")
        label_format = "{name}"


class SurveyResultsBlock(blocks.StructBlock):
    """The counts of one survey of this site, as they are when somebody reads the page."""

    survey = blocks.PageChooserBlock(page_type="cms.SurveyPage", label=_("Survey"))
    note = blocks.CharBlock(
        max_length=300, required=False, label=_("What does it say?"), help_text=_("One plain sentence.")
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Results of a survey")
        template = "cms/blocks/survey_results.html"


class ProgrammeBlock(blocks.StructBlock):
    programme = blocks.PageChooserBlock(page_type="cms.ProgrammePage", label=_("Programme"))

    class Meta:
        icon = "tick"
        label = _("Programme that came of it")
        template = "cms/blocks/programme.html"


def words() -> list[Named]:
    """Blocks for a running text."""
    return [
        ("text", blocks.RichTextBlock(features=RICH_TEXT, label=_("Text"))),
        ("picture", PictureBlock()),
        ("quote", QuoteBlock()),
    ]


def findings() -> list[Named]:
    """Blocks for what was heard."""
    return [*words(), ("survey", SurveyResultsBlock()), ("programme", ProgrammeBlock())]


def only(name: str, block: blocks.Block) -> list[Named]:
    return [(name, block)]


def key_of(block: Any) -> uuid.UUID:
    """A block's id, which stays the same when its words change. Wagtail's editor makes it in the browser; where a form
    came without one, or with something else, the block gets one here."""
    try:
        key = uuid.UUID(block.id)
    except (TypeError, ValueError):
        key = uuid.uuid4()
    block.id = str(key)
    return key
