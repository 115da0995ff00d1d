"""Pictures and files, in their organisation's collection. Without tags: those would be shared by all organisations."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.utils import to_svg_safe_spec

CARD = ("fill-480x270|format-webp", "fill-480x270")  # of a photograph, and of a drawing that stays SVG


class Picture(AbstractImage):
    description_en = models.CharField(
        _("and in English"), max_length=255, blank=True, help_text=_("For the pages in English.")
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "description_en",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """What the picture shows, in the reader's language. Never the title: that is often a file's name."""
        return (get_language() == "en" and self.description_en) or self.description

    def address(self, spec: str) -> str:
        """Where this picture is in the wanted size. A drawing stays a drawing."""
        return self.get_rendition(to_svg_safe_spec(spec) if self.is_svg() else spec).url


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_each"
            )
        ]


class File(AbstractDocument):
    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
