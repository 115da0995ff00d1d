"""Mails that belong to an organisation: from its name, with links to its own site, in the reader's language."""

from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation


def address(organisation: Any, name: str, language: str, **kwargs: Any) -> str:
    """The full address of a named page on the organisation's site, in a language."""
    with translation.override(language):
        return site_address(organisation) + reverse(name, kwargs=kwargs or None)


def site_address(organisation: Any) -> str:
    """`https://host`, without a slash. Our own scheme where the site has no port of its own."""
    site = organisation.site if organisation else None
    if site is None:
        return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")
    if site.port in (80, 443):
        scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
        return f"{scheme}://{site.hostname}"
    return str(site.root_url)


def sender(organisation: Any) -> str:
    """The organisation's name at our address."""
    if organisation is None or "<" in settings.DEFAULT_FROM_EMAIL:
        return str(settings.DEFAULT_FROM_EMAIL)
    return formataddr((organisation.name, settings.DEFAULT_FROM_EMAIL))


def send(template: str, to: str, organisation: Any, language: str, **context: Any) -> None:
    """Send `<template>_subject.txt` and `<template>_message.txt`. Call it after the commit."""
    with translation.override(language):
        everything = {"organisation": organisation, "site_address": site_address(organisation), **context}
        subject = " ".join(render_to_string(f"{template}_subject.txt", everything).split())
        body = render_to_string(f"{template}_message.txt", everything).strip() + "\n"
    EmailMessage(subject, body, sender(organisation), [to]).send()
