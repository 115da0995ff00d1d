"""Giving a page its words in another language, through wagtail-localize as a translator would."""

from collections.abc import Callable
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

# (path of the text in the page, the text) -> the same in the other language, or None when nobody wrote it
Wording = Callable[[str, str], str | None]


def fill_in(page: Page, locale: Locale, wording: Wording) -> TranslationSource:
    """Keep the translated words beside the page. They are there when somebody translates it."""
    source, _made = TranslationSource.update_or_create_from_instance(page)
    for segment in source.stringsegment_set.select_related("string", "context"):
        words = wording(segment.context.path, segment.string.data)
        if words is not None:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": words, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
            )
    return source


def draft(source: TranslationSource, locale: Locale, user: Any) -> None:
    """The page in that language, not published; what nobody translated stays in the first language."""
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
    # Publishing here would wait for the commit, with what wagtail-localize knew of the page before it got children.
    translation.save_target(user=user, publish=False)


def known_words(page: Page, locale: Locale) -> Wording:
    """What was translated of this page: for a copy of it, which has the same blocks."""
    rows = StringTranslation.objects.filter(
        locale=locale, context__object_id=page.translation_key, has_error=False
    ).values_list("context__path", "translation_of__data", "data")
    known = {(path, text): words for path, text, words in rows}
    return lambda path, text: known.get((path, text))


def words_of(dictionary: dict[str, str], title: str) -> Wording:
    """From a list of sentences; the address is made of the title."""
    return lambda path, text: slugify(title)[:50].rstrip("-") if path == "slug" else dictionary.get(text)
