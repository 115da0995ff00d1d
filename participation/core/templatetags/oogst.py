"""Presentation only: icons, days and times, numbers as text and as SVG lengths, where an error link lands."""

from django import template
from django.core.paginator import Paginator
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from participation.core import moments
from participation.core.modules import imported_by

register = template.Library()

ALERTS = {"debug": "info", "info": "info", "success": "ok", "warning": "warning", "error": "error"}
ALERT_ICONS = {"info": "info", "ok": "check-circle", "warning": "alert", "error": "alert"}

# {{ moment|day }}, {{ moment|day_and_time }}, {{ moment|clock }} and {{ closes_at|until }}
for words in (moments.day, moments.short_day, moments.day_and_time, moments.clock, moments.until):
    register.filter(words)


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """Draw an icon of static/icons/sprite.svg. It is decoration: a word always stands beside it."""
    return format_html(
        '<svg class="oogst-icon{}{}" width="24" height="24" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        " " if css_class else "",
        css_class,
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def module(path: str) -> SafeString:
    """A script of ours, and at once all that it imports."""
    parts = format_html_join(
        "", '<link rel="modulepreload" href="{}">', ((static(each),) for each in imported_by(path))
    )
    return format_html('{}<script type="module" src="{}"></script>', parts, static(path))


@register.filter
def alert_type(level: str) -> str:
    """A message's level tag as the name of an alert: info, ok, warning or error."""
    return ALERTS.get(level, "info")


@register.filter
def alert_icon(alert: str) -> str:
    return ALERT_ICONS.get(alert, "info")


@register.filter
def percent(share: float | None) -> str:
    """A share between 0 and 1 as whole percents: 0.412 is "41%". Nothing for None."""
    return "" if share is None else f"{round(share * 100)}%"


@register.filter
def svg_percent(share: float | None) -> str:
    """A share between 0 and 1 as an SVG length, never localised: 0.412 is "41.2%"."""
    return f"{min(max(share or 0, 0), 1) * 100:.1f}%"


@register.filter
def number(value: float | None) -> str:
    """A number with the reader's thousands separator; at most one decimal."""
    if value is None:
        return ""
    whole = float(value).is_integer()
    return number_format(value, decimal_pos=0 if whole else 1, use_l10n=True, force_grouping=True)


@register.filter
def first_control_id(field: BoundField) -> str:
    """The id of the control that takes the focus: the first option of a group, else the field itself."""
    if field.id_for_label:
        return field.id_for_label
    for widget in field.subwidgets:
        return widget.id_for_label or field.auto_id
    return field.auto_id


@register.filter
def page_numbers(paginator: Paginator, number: int) -> list[int | str]:
    """The numbers to show around a page, with "…" in the gaps."""
    return list(paginator.get_elided_page_range(number, on_each_side=1, on_ends=1))
