"""The look: what templates and style sheets promise each other."""

import gzip
import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from participation.core import styleguide
from participation.core.templatetags import oogst

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
# Wagtail's admin has its own icons and variables (`--w-...`).
OURS = [path for path in TEMPLATES if "wagtailadmin" not in path.parts]
STATIC = settings.BASE_DIR / "static"
USES = [re.compile(r"\{% icon ['\"]([\w-]+)['\"]"), re.compile(r"icon(?:_end)?=['\"]([\w-]+)['\"]")]


class Question(forms.Form):
    email = forms.EmailField(help_text="We only use it once.")
    age = forms.ChoiceField(choices=[("a", "Young"), ("b", "Old")], widget=forms.RadioSelect)
    note = forms.CharField(required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def ids(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def render(source: str, **context: object) -> str:
    return Template("{% load oogst %}" + source).render(Context(context))


@pytest.mark.parametrize("name", ["base.html", "base_bare.html", "base_staff.html"])
def test_a_base_template_renders_with_no_context_at_all(name):
    html = render_to_string(name)

    assert '<main id="main"' in html
    assert 'class="utrecht-root voorbeeld-theme oogst-theme' in html


def test_an_organisations_theme_class_turns_the_dark_mode_off():
    html = render_to_string("base.html", {"theme_class": "town-theme", "theme_css_url": "/media/town.css"})

    assert "oogst-theme oogst-theme--fixed town-theme" in html
    assert '<link rel="stylesheet" href="/media/town.css">' in html


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_the_content_security_policy_refuses(path: Path):
    source = path.read_text()

    assert not re.search(r"\sstyle=", source)
    assert not re.search(r"\son\w+=", source)
    if "mails" not in path.parts:  # no policy reaches a mail, and mail programs need the styles inside
        assert "<style" not in source
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source)
    assert not re.search(r"(src|href)=\"(https?:)?//", source)


def test_every_icon_a_template_names_is_in_the_sprite():
    sprite = ids((STATIC / "icons" / "sprite.svg").read_text())
    named = {name for path in OURS for use in USES for name in use.findall(path.read_text())}

    assert named
    assert named - sprite == set()


def test_every_variable_our_style_sheets_use_is_defined():
    sheets = {path: path.read_text() for path in STATIC.rglob("*.css")}
    defined = {name for css in sheets.values() for name in re.findall(r"(--[\w-]+)\s*:", css)}
    own = "\n".join(css for path, css in sheets.items() if "vendor" not in path.parts)
    used = set(re.findall(r"var\((--(?!w-)[\w-]+)\)", own))

    assert used - defined == set()


def test_icon_is_decoration_and_points_into_the_sprite():
    html = render('{% icon "check" %}')

    assert 'aria-hidden="true"' in html
    assert 'href="/static/icons/sprite.svg#check"' in html


def test_icon_escapes_its_name():
    assert "<script>" not in oogst.icon("<script>")


@pytest.mark.parametrize(
    ("share", "text", "length"),
    [(0, "0%", "0.0%"), (0.412, "41%", "41.2%"), (1, "100%", "100.0%"), (1.2, "120%", "100.0%")],
)
def test_a_share_becomes_text_and_an_svg_length(share, text, length):
    assert (oogst.percent(share), oogst.svg_percent(share)) == (text, length)


def test_no_share_is_no_text_and_no_length():
    assert (oogst.percent(None), oogst.svg_percent(None)) == ("", "0.0%")


def test_page_numbers_leave_out_the_middle():
    numbers = oogst.page_numbers(Paginator(range(100), 5), 10)

    assert [str(number) for number in numbers] == ["1", "…", "9", "10", "11", "…", "20"]


def test_pagination_keeps_the_other_parameters():
    request = RequestFactory().get("/ideas/", {"status": "new", "page": "2"})
    page = Paginator(range(30), 10).page(2)

    html = render_to_string("components/pagination.html", {"page": page}, request)

    assert 'href="?status=new&amp;page=3"' in html


def test_a_field_with_an_error_names_its_help_and_its_error():
    html = str(Question({"email": "no address", "age": "a"})["email"].as_field_group())

    assert 'aria-invalid="true"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html).group(1).split()  # type: ignore[union-attr]
    assert described == ["id_email_helptext", "id_email_error"]
    assert set(described) <= ids(html)


def test_options_are_a_fieldset_with_a_legend():
    html = Question()["age"].as_field_group()

    assert re.search(r"<fieldset.*<legend[^>]*>Age</legend>", html, re.S)
    assert html.count('type="radio"') == 2


def test_only_an_optional_field_says_so():
    form = Question()

    assert "oogst-optional" in form["note"].as_field_group()
    assert "oogst-optional" not in form["email"].as_field_group()


def test_a_hidden_field_carries_no_class():
    assert 'type="hidden" name="key" id="id_key"' in str(Question())


def test_the_error_summary_links_to_controls_that_exist():
    form = Question({})
    html = render_to_string("components/error_summary.html", {"form": form})
    targets = re.findall(r'href="#([^"]+)"', html)

    assert targets == ["id_email", "id_age_0"]
    assert set(targets) <= ids(str(form))


def test_a_form_without_errors_has_no_summary():
    assert render_to_string("components/error_summary.html", {"form": Question()}).strip() == ""


def test_the_bar_chart_shows_lengths_numbers_and_the_total():
    rows = [{"label": "Yes", "n": 3, "share": 0.75}, {"label": "No", "n": 1, "share": 0.25}]

    html = render_to_string("components/bar_chart.html", {"title": "Agree?", "rows": rows, "total": 4})

    assert re.findall(r'oogst-bar__fill" width="([^"]+)"', html) == ["75.0%", "25.0%"]
    assert re.findall(r'<th scope="row">(\w+)</th><td[^>]*>(\d)</td>', html) == [("Yes", "3"), ("No", "1")]


@pytest.mark.parametrize("part", styleguide.PARTS)
def test_every_style_page_renders(part, rf):
    assert styleguide.styleguide(rf.get("/styleguide/"), part).status_code == 200


# --- Weight -----------------------------------------------------------------------------------------

WEIGHTS = re.findall(
    r"^\| `(static/[^`]+)` \| ([\d.]+) \|$", (settings.BASE_DIR / "docs/look.md").read_text(), re.MULTILINE
)


def kilobytes(name: str) -> float:
    """As a browser fetches it: fonts are compressed already."""
    content = (settings.BASE_DIR / name).read_bytes()
    return len(content if name.endswith(".woff2") else gzip.compress(content, 9)) / 1000


@pytest.mark.parametrize(("name", "documented"), WEIGHTS)
def test_a_part_of_the_first_page_weighs_what_the_document_says(name, documented):
    assert kilobytes(name) == pytest.approx(float(documented), rel=0.1, abs=0.1)


def test_a_first_visit_stays_far_below_a_hundred_kilobytes():
    assert len(WEIGHTS) == 8
    assert sum(kilobytes(name) for name, _documented in WEIGHTS) < 80
