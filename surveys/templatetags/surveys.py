"""Which templates ask a kind of question and draw its results: its own when there are, else the default ones."""

from django import template

register = template.Library()


@register.filter
def ask_templates(kind: str) -> list[str]:
    return [f"surveys/kinds/{kind}/ask.html", "surveys/kinds/default_ask.html"]


@register.filter
def results_templates(kind: str) -> list[str]:
    return [f"surveys/kinds/{kind}/results.html", "surveys/kinds/default_results.html"]
