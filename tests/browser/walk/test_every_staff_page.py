"""Every page of staff, one after the other, and the style guide."""

from . import pages
from .walking import DESKTOP, PHONE, for_everybody, walk


def test_staff_pages_are_for_everybody_on_a_phone_in_dutch_in_the_dark(town, walker):
    page = walker("nl", PHONE, dark=True, is_staff=True)
    assert walk(page, town, pages.staff(town, "nl"), for_everybody) == {}


def test_staff_pages_are_for_everybody_on_a_desktop_in_english(town, walker):
    page = walker("en", DESKTOP, is_staff=True)
    assert walk(page, town, pages.one_of_each(pages.staff(town, "en")), for_everybody) == {}


def test_the_style_guide_is_for_everybody(town, walker):
    assert walk(walker("nl", PHONE), town, pages.style_guide(), for_everybody) == {}
