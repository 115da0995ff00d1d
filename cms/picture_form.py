"""The form for a picture. Apart from the pages' forms: Wagtail's own needs all models to be loaded."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """Every picture says what can be seen on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].required = True
            self.fields["description"].label = _("What can be seen on it?")
            self.fields["description"].help_text = _("Read out to people who can't see the picture.")
