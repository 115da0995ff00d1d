"""Beginning a session without an empty page: from a ready-made script, or from one that was held before."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import LogContext
from wagtail.models import Locale

from participation.core.errors import Forbidden
from participation.organisations.models import Organisation

from .grounds import tree_of
from .models import ProjectPage, SessionPage
from .scripts import Script
from .tester import may_write
from .translating import Wording, draft, fill_in, known_words, words_of


@transaction.atomic
def prepare(project: ProjectPage, script: Script, user: Any) -> SessionPage:
    """A draft below this project with the steps of a script, and its words in every language of the house."""
    if not may_write(user, SessionPage, project):
        raise Forbidden
    language = project.locale.language_code
    page = SessionPage(
        title=script.title.to(language),
        intro=f"<p>{script.intro.to(language)}</p>",
        script=json.dumps(script.blocks(language)),
        pacing=script.pacing,
        locale=project.locale,
        live=False,
        owner=user,
    )
    with LogContext(user=user):
        project.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
    for locale in _others(project.locale):
        code = locale.language_code
        wording = words_of(script.dictionary(language, code), script.title.to(code))
        _translate(page, locale, wording, user, drafted=project.has_translation(locale))
    return page


@transaction.atomic
def duplicate(page: SessionPage, user: Any) -> SessionPage:
    """A draft with the same script, beside the first: without its code, its day and what people said. Translations that
    were made of the first are there too."""
    project = page.get_parent().specific
    if not may_write(user, SessionPage, project):
        raise Forbidden
    newest = page.get_latest_revision_as_object()
    changes = {
        "title": _copied(newest.title, page.locale),
        "slug": find_available_slug(project, newest.slug),
        "starts_at": None,
    }
    copy = newest.copy(update_attrs=changes, copy_revisions=False, keep_live=False, user=user)
    for locale in _others(page.locale):
        wording = _of_copy(known_words(page, locale), newest.title, locale)
        _translate(copy, locale, wording, user, drafted=page.has_translation(locale))
    return copy


def session_page(organisation: Organisation, key: uuid.UUID) -> SessionPage | None:
    """The page in which this session was first written."""
    path = tree_of(organisation)
    if path is None:
        return None
    found = SessionPage.objects.filter(translation_key=key, path__startswith=path, alias_of=None)
    return found.select_related("locale").order_by("pk").first()


def _others(first: Locale) -> list[Locale]:
    codes = [code for code, _name in settings.LANGUAGES]
    return list(Locale.objects.filter(language_code__in=codes).exclude(pk=first.pk))


def _copied(title: str, locale: Locale) -> str:
    with translation.override(locale.language_code):
        return _("%(title)s (copy)") % {"title": title[:240]}


def _of_copy(known: Wording, title: str, locale: Locale) -> Wording:
    """What was translated of the first page, with another title."""

    def wording(path: str, text: str) -> str | None:
        if path != "title":
            return known(path, text)
        words = known(path, title)
        return _copied(words, locale) if words else None

    return wording


def _translate(page: SessionPage, locale: Locale, wording: Wording, user: Any, *, drafted: bool) -> None:
    """Keep the words; `drafted`: make the page too."""
    parent = page.get_parent().get_translation_or_none(locale)

    def with_free_address(path: str, text: str) -> str | None:
        if path != "slug":
            return wording(path, text)
        words = wording(path, text) if parent else None
        return find_available_slug(parent, words) if words else None

    with LogContext(user=user):
        source = fill_in(page, locale, with_free_address)
        if drafted and parent is not None:
            draft(source, locale, user)
