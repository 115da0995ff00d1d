"""Residents' text goes in plain and comes out harmless."""

import re

import pytest
from django.core.exceptions import ValidationError

from participation.core.text import MAX_LENGTH, clean_text, render

# From the OWASP filter evasion list and from DOMPurify's tests, with some of our own.
ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" style="x:expression(alert(1))">',
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='></object>",
    "<a href='javascript:alert(1)'>click</a>",
    "<a href='java\nscript:alert(1)'>click</a>",
    "<a href='&#106;avascript:alert(1)'>click</a>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://example.org",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "http://example.org/'onmouseover='alert(1)",
    'http://example.org/"onmouseover="alert(1)',
    "http://example.org/<script>alert(1)</script>",
    "http://example.org/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<base href='http://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<form action='http://evil.example'><input name=password></form>",
    "<b onclick=alert(1)>bold</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u2028<script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "<a href=\"http://evil.example\" target=_blank onclick='x()'>http://good.example</a>",
    "＜script＞alert(1)＜/script＞",
]
TAG = re.compile(r"<[^>]*>")
ALLOWED_TAG = re.compile(r'<br>|</a>|<a href="https?://[^"<>\s]*" rel="nofollow ugc noopener">')


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_becomes_text(attack):
    shown = str(render(attack))
    assert [tag for tag in TAG.findall(shown) if not ALLOWED_TAG.fullmatch(tag)] == []
    assert "<" not in TAG.sub("", shown)


def test_every_letter_of_an_attack_is_still_to_be_read():
    assert str(render("<b>1 < 2 & 3</b>")) == "&lt;b&gt;1 &lt; 2 &amp; 3&lt;/b&gt;"


def test_lines_stay_lines():
    assert str(render("one\ntwo\n\nthree")) == "one<br>two<br><br>three"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "See https://lelystad.nl/?a=1&b.",
            'See <a href="https://lelystad.nl/?a=1&amp;b" rel="nofollow ugc noopener">https://lelystad.nl/?a=1&amp;b</a>.',
        ),
        (
            "www.example.org",
            '<a href="http://www.example.org" rel="nofollow ugc noopener">www.example.org</a>',
        ),
        (
            "(https://a.nl/L_(stad))",
            '(<a href="https://a.nl/L_(stad)" rel="nofollow ugc noopener">https://a.nl/L_(stad)</a>)',
        ),
        ("mail jan@example.org", "mail jan@example.org"),
        ("ftp://example.org/file", "ftp://example.org/file"),
        ("b.v.nl, 10.30u en lelystad.nl", "b.v.nl, 10.30u en lelystad.nl"),
        ("We gaan om 10.30 naar 't strand", "We gaan om 10.30 naar &#x27;t strand"),
    ],
)
def test_links_are_found_and_nothing_else(text, html):
    assert str(render(text)).replace("&#39;", "&#x27;").replace("'t", "&#x27;t") == html


def test_no_more_than_the_longest_text_is_ever_shown():
    assert len(str(render("a" * (MAX_LENGTH + 100)))) == MAX_LENGTH


@pytest.mark.parametrize(
    "evil", ["http://" + "a." * 2400, "(" * 4900, "http://(" * 600, "<" * 4900, "www.a(" * 800, "&" * 5000]
)
def test_texts_made_to_be_slow_are_shown_whole(evil):
    """A regular expression that backtracks would take minutes: the run's own limit would stop it."""
    assert TAG.sub("", str(render(evil))) != ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  plain  ", "plain"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("e\u0301e\u0301n", "\u00e9\u00e9n"),
        ("tab\tstays", "tab\tstays"),
        ("👩‍👩‍👧 🇳🇱", "👩‍👩‍👧 🇳🇱"),
        ("", ""),
    ],
)
def test_text_is_kept_in_one_form(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize("evil", ["a\x00b", "a\x1bb", "a\x7fb", "a\ud800b", "\udfff"])
def test_characters_that_cannot_be_kept_are_refused(evil):
    with pytest.raises(ValidationError) as caught:
        clean_text(evil)
    assert caught.value.code == "invalid"


def test_the_longest_text_fits_and_one_more_does_not():
    assert clean_text("a" * 10, max_length=10) == "a" * 10
    with pytest.raises(ValidationError) as caught:
        clean_text("a" * 11, max_length=10)
    assert caught.value.code == "max_length"


def test_length_is_counted_after_composing():
    assert clean_text("e\u0301" * 10, max_length=10) == "\u00e9" * 10
