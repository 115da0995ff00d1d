"""What our mails say, as plain text and as simple HTML."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from participation.core.pages import addresses
from participation.people.mail import sender, site_address

from .models import Subscription


def _programme(data: dict[str, Any]) -> tuple[str, str]:
    return (
        _("This is what we are going to do: %(name)s") % data,
        _("What people said has led to something. Read what we heard, what is needed and what we do."),
    )


def _reply(data: dict[str, Any]) -> tuple[str, str]:
    return _("We answered: %(name)s") % data, data["text"]


def _news(data: dict[str, Any]) -> tuple[str, str]:
    return data["name"], data["text"]


# What can be told: data -> (subject, text), in the language that is active.
# programme: name; reply: name, text; news: name, text. All may have `page_key` (a page's) or `path`.
SAYS: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "programme": _programme,
    "reply": _reply,
    "news": _news,
}


def confirmation(subscription: Subscription, token: str) -> EmailMultiAlternatives:
    """Did you ask for this? Sent once, and nothing more without a yes."""
    with translation.override(subscription.language):
        subject = _("Do you want news about %(project)s?") % {"project": subscription.project.name}
        url = _whole(subscription, reverse("notifications:confirm", args=[token]))
        context = {"title": subject, "url": url}
        return _mail(subscription, subject, "confirm", context)


def news(subscription: Subscription, what: str, data: dict[str, Any], token: str) -> EmailMultiAlternatives:
    with translation.override(subscription.language):
        subject, text = SAYS[what](data)
        stop = _whole(subscription, reverse("notifications:stop", args=[token]))
        context = {"title": subject, "text": text, "url": _address(subscription, data), "stop_url": stop}
        mail = _mail(subscription, subject, "news", context)
    # RFC 8058: the mail program's own "unsubscribe" button.
    mail.extra_headers["List-Unsubscribe"] = f"<{stop}>"
    mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail


def _address(subscription: Subscription, data: dict[str, Any]) -> str:
    if data.get("path"):
        return _whole(subscription, data["path"])
    keys = [uuid.UUID(key) for key in (data.get("page_key"), str(subscription.project.page_key)) if key]
    found = addresses(keys, subscription.language)
    return next((found[key] for key in keys if key in found), "")


def _whole(subscription: Subscription, path: str) -> str:
    return site_address(subscription.organisation) + path


def _mail(
    subscription: Subscription, subject: str, template: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    organisation = subscription.organisation
    context = {**context, "project": subscription.project, "organisation": organisation}
    mail = EmailMultiAlternatives(
        " ".join(subject.split()),
        render_to_string(f"notifications/mails/{template}.txt", context),
        from_email=sender(organisation),
        to=[subscription.email],
    )
    mail.attach_alternative(render_to_string(f"notifications/mails/{template}.html", context), "text/html")
    return mail
