import pytest

from participation.needs.fragments import find, parts
from participation.needs.models import Evidence

TEXT = "At night there is nothing.\nThe bus stops at eight, so I stay home."


@pytest.mark.parametrize(
    ("fragment", "place"),
    [
        ("The bus stops", (27, "The bus stops")),
        ("nothing. The bus", (18, "nothing.\nThe bus")),
        ("  “stay home” ", (56, "stay home")),
        ("the bus stops", None),
        ("The bus never stops", None),
        ("   ", None),
        ("“”", None),
    ],
)
def test_a_fragment_is_found_word_for_word_but_for_blanks_and_quotation_marks(fragment, place):
    assert find(TEXT, fragment) == place


def quote(start, words):
    return Evidence(start=start, quote=words)


def test_a_text_is_cut_at_its_quotes_and_overlaps_are_shown_once():
    first, second = quote(27, "The bus stops at eight"), quote(41, "at eight, so I stay home")
    cut = [(part.text, part.evidence) for part in parts(TEXT, [second, first])]
    assert cut == [
        ("At night there is nothing.\n", None),
        ("The bus stops at eight", first),
        (", so I stay home", second),
        (".", None),
    ]


def test_a_quote_that_no_longer_stands_in_the_text_marks_nothing():
    assert [part.text for part in parts(TEXT, [quote(27, "The tram stops")])] == [TEXT]
