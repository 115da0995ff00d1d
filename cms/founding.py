"""The pages a new organisation begins with."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Page, Site
from wagtail.rich_text import RichText

from participation.organisations.models import Organisation

from .models import HomePage, NewsIndexPage, OrganisationPage, StandardPage

TEXTS = Path(__file__).parent / "texts"


def sweep() -> None:
    """Remove what Wagtail brings along: its welcome page and site, and groups that may edit every tree."""
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page").first()
    if welcome is not None:
        Site.objects.filter(root_page=welcome, organisation=None).delete()
        if not Site.objects.filter(root_page=welcome).exists() and welcome.is_leaf():
            welcome.delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()


def locales() -> list[Locale]:
    """All languages of the house, the first is the one pages are written in."""
    return [Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES]


def make_collection(organisation: Organisation) -> Collection:
    return Collection.get_first_root_node().add_child(name=organisation.name)


def make_pages(organisation: Organisation) -> list[HomePage]:
    """The holding page, and for each language a home page with its standard pages. Gives the home pages."""
    source, *others = locales()
    root = Page.get_first_root_node()
    top = root.add_child(
        instance=OrganisationPage(title=organisation.name, slug=organisation.slug, locale=source, live=False)
    )
    homes = [_make_home(top, organisation, source)]
    for locale in others:
        homes.append(_translate_tree(homes[0], organisation, locale))
    return homes


def _make_home(top: Page, organisation: Organisation, locale: Locale) -> HomePage:
    home = HomePage(slug=locale.language_code, locale=locale)
    _word_home(home, organisation, locale)
    top.add_child(instance=home)
    for position, page in enumerate(_standard_pages()):
        page.locale = locale
        _word_page(page, position, locale)
        home.add_child(instance=page)
        page.save_revision().publish()
    home.save_revision().publish()
    return home


def _translate_tree(source: HomePage, organisation: Organisation, locale: Locale) -> HomePage:
    # `copy_for_translation` wants the parent to be translated; this parent holds all languages.
    home = source.copy(
        update_attrs={"locale": locale, "slug": locale.language_code},
        reset_translation_key=False,
        copy_revisions=False,
        log_action=None,
    )
    _word_home(home, organisation, locale)
    home.save_revision().publish()
    for position, page in enumerate(source.get_children().specific()):
        page = page.copy_for_translation(locale)
        _word_page(page, position, locale)
        page.save_revision().publish()
    return home


def _standard_pages() -> list[Page]:
    return [
        NewsIndexPage(show_in_menus=True),
        StandardPage(show_in_footer=True),
        StandardPage(show_in_footer=True),
    ]


def _word_home(home: HomePage, organisation: Organisation, locale: Locale) -> None:
    with translation.override(locale.language_code):
        home.title = home.draft_title = organisation.name
        home.promise = _("What do you need in your town?")
        home.lead = _("Tell us in a minute. You hear what we do with it.")


def _word_page(page: Page, position: int, locale: Locale) -> None:
    with translation.override(locale.language_code):
        name, title = (
            ("news", _("News")),
            ("privacy", _("Privacy")),
            ("accessibility", _("Accessibility")),
        )[position]
    page.title = page.draft_title = title
    page.slug = slugify(title)
    text = TEXTS / f"{name}.{locale.language_code}.html"
    if text.exists():
        page.body = [("text", RichText(text.read_text()))]
