"""`{{ text|resident_text }}`: a resident's words, safe."""

from django import template
from django.utils.safestring import SafeString

from participation.core.text import render

register = template.Library()


@register.filter
def resident_text(value: str) -> SafeString:
    return render(value or "")
