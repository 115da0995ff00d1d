import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms import theming
from cms.models import OrganisationTheme
from tests.cms import factories as make

BLUE = "--basis-color-action-1-inverse-bg-default: #0b4f8a;\n--basis-color-action-2-color-default: #0b4f8a;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("--a-b: #123456;", {"--a-b": "#123456"}),
        ("  --a-b: 1px\n\n--c-d: var(--a-b);", {"--a-b": "1px", "--c-d": "var(--a-b)"}),
        ("/* ours */\n--a-b: rgb(1 2 3);", {"--a-b": "rgb(1 2 3)"}),
        ('--font: "Noto Sans", sans-serif;', {"--font": '"Noto Sans", sans-serif'}),
        ("", {}),
    ],
)
def test_lines_are_names_and_values(text, expected):
    assert theming.read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "color: red;",
        ".page { --a: 1px; }",
        "--a: url(https://evil.example/x.png);",
        "--a: URL('x');",
        "--a: u\\72l(x);",
        "@import 'x';",
        "--a: red; } body { display: none",
        "--a: red; --b: blue;",
        "--a: expression(alert(1));",
        "--a: image-set('x' 1x);",
        "--a: attr(data-x);",
        "--a: </style><script>;",
        "--a: (1px;",
        '--a: "open;',
        "--a:;",
        "--A: red;",
        "--a: red /* hidden",
    ],
)
def test_whatever_is_no_custom_property_is_refused(text):
    with pytest.raises(ValidationError):
        theming.read(text)


def test_a_theme_has_an_end():
    with pytest.raises(ValidationError):
        theming.read("--a-b: 1px;\n" * 2000)


def test_the_line_that_is_wrong_is_named():
    with pytest.raises(ValidationError, match="3"):
        theming.read("/* one\ntwo */\ncolor: red;")


def test_contrast_is_wcag_s():
    """WCAG's own ends, and #767676 on white, the lightest grey that passes 4.5."""
    assert theming.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert theming.contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("#abc", (170, 187, 204)), ("#0b4f8a", (11, 79, 138)), ("rgb(1, 2, 3)", (1, 2, 3)), ("teal", None)],
)
def test_colours_are_read(value, expected):
    assert theming.parse(value) == expected


def test_the_house_theme_itself_can_be_read_well():
    assert theming.too_pale({}) == []


def test_pale_words_on_a_button_are_refused():
    (problem,) = theming.too_pale({"--basis-color-action-1-inverse-bg-default": "#cccccc"})
    assert "woorden op knoppen" in problem


def test_a_colour_is_followed_through_references():
    properties = {
        "--basis-color-action-1-inverse-bg-default": "var(--brand)",
        "--brand": "#cccccc",
    }
    assert len(theming.too_pale(properties)) == 1


def test_references_in_a_circle_end():
    properties = {
        "--basis-color-action-1-inverse-bg-default": "var(--a)",
        "--a": "var(--b)",
        "--b": "var(--a)",
    }
    assert len(theming.too_pale(properties)) == 1


def test_a_colour_we_can_t_read_is_not_trusted():
    assert "niet controleren" in theming.too_pale({"--basis-color-action-1-inverse-bg-default": "teal"})[0]


@pytest.fixture
def theme(house):
    theme = OrganisationTheme.for_site(house.site)
    theme.properties = BLUE
    theme.full_clean()
    theme.save()
    return theme


def test_the_site_wears_its_own_theme(house, theme, client):
    html = client.get("/nl/").content.decode()
    address = f"/theme/{house.public_id}.css?v={theme.fingerprint}"
    assert f'<link rel="stylesheet" href="{address}">' in html
    assert f"theme-{house.public_id}" in html
    css = client.get(address)
    assert css.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age=31536000" in css.headers["Cache-Control"]
    assert css.content.decode().startswith(f".oogst-theme.theme-{house.public_id} {{")
    assert "--basis-color-action-1-inverse-bg-default: #0b4f8a;" in css.content.decode()


def test_another_theme_has_another_address(theme):
    before = theme.fingerprint
    theme.properties = BLUE.replace("#0b4f8a", "#0b4f8b")
    assert theme.fingerprint != before


def test_the_neighbour_does_not_wear_it(theme, other_house):
    html = Client(SERVER_NAME="buur.example").get("/nl/").content.decode()
    assert "/theme/" not in html.replace("/static/theme/", "")


def test_a_site_without_a_theme_has_no_style_sheet_for_it(house, client):
    assert client.get(f"/theme/{house.public_id}.css").status_code == 404
    assert "/theme/" not in client.get("/nl/").content.decode().replace("/static/theme/", "")


@pytest.mark.django_db
def test_a_theme_that_can_t_be_read_well_is_not_saved(house):
    theme = OrganisationTheme.for_site(house.site)
    theme.properties = "--basis-color-action-1-inverse-bg-default: #cccccc;"
    with pytest.raises(ValidationError, match="woorden op knoppen"):
        theme.full_clean()


def test_the_logo_is_on_every_page(house, theme, client):
    theme.logo = make.picture(house)
    theme.save()
    assert 'class="oogst-brand__logo"' in client.get("/nl/").content.decode()
