"""Who gets which pairs to judge."""

from collections import Counter

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from surveys import kinds
from surveys.forms import QuestionsForm, field_name
from surveys.kinds.base import Row
from surveys.pairs import all_pairs, pair_key, some_pairs
from surveys.structure import questions
from tests.surveys.browser import form_data
from tests.surveys.factories import block, one_section

KEYS = [f"k{number:02}" for number in range(12)]


def asked(pairs, items=4):
    options = [{"type": "item", "id": key, "value": {"label": key.upper()}} for key in KEYS[:items]]
    return next(questions(one_section(block("pairwise", pairs=pairs, items=options)), "nl"))


def drawn(question, value=None):
    form = QuestionsForm([question], values={question.key: value})
    return str(form[field_name(question)])


@pytest.mark.parametrize("size", range(3, 13))
def test_every_pair_comes_once_and_each_item_stands_first_about_as_often(size):
    pairs = all_pairs(KEYS[:size])
    assert len({pair_key(*pair) for pair in pairs}) == len(pairs) == size * (size - 1) // 2
    first = Counter(pair[0] for pair in pairs)
    assert max(first.values()) - min(first[key] for key in KEYS[:size]) <= size // 2


def test_over_all_beginnings_every_pair_is_asked_as_often():
    given = Counter(pair for start in range(66) for pair in some_pairs(KEYS, 10, start))
    assert set(given.values()) == {10}


def test_in_one_run_no_item_comes_much_more_often_than_another():
    for start in range(66):
        seen = Counter(key for pair in some_pairs(KEYS, 12, start) for key in pair)
        assert set(seen) == set(KEYS)
        assert max(seen.values()) <= 3


def test_a_form_shows_as_many_pairs_as_the_editor_says_and_those_that_were_answered():
    question = asked(3, items=8)
    value = {"k00|k01": "k00", "k06|k07": "same"}
    for _again in range(5):
        html = drawn(question, value)
        assert html.count("<fieldset") == 3
        form = QuestionsForm([question], data=form_data(html))
        assert form.is_valid()
        assert form.answers() == [(question, value)]


def test_a_form_with_an_error_elsewhere_shows_the_same_pairs_again():
    question = asked(3, items=8)
    data = form_data(drawn(question))
    shown = {str(QuestionsForm([question], data=data)[field_name(question)]) for _again in range(5)}
    assert len(shown) == 1


def test_what_wins_most_of_its_comparisons_comes_first():
    question = asked(10, items=3)
    rows = [
        Row("1", ["k00", "k01", "k01"], 3),
        Row("2", ["k01", "k02", "same"], 2),
        Row("3", ["k00", "k02", "k00"], 1),
    ]
    tally = kinds.get("pairwise").tally(question, rows)
    assert tally == {
        "wins": {"k00": 1, "k01": 3, "k02": 0},
        "same": {"k00": 0, "k01": 2, "k02": 2},
        "compared": {"k00": 4, "k01": 5, "k02": 3},
        "pairs": {"k00|k01": 3, "k01|k02": 2, "k00|k02": 1},
    }
    with translation.override("en"):
        (chart,) = kinds.get("pairwise").charts(question, tally, 3)
        assert [(bar.label, bar.text) for bar in chart.bars] == [
            ("K01", "80%"),
            ("K02", "33%"),
            ("K00", "25%"),
        ]
        assert "No preference" in render_to_string("surveys/chart.html", {"chart": chart})


def test_keys_as_long_as_an_editors_fit_in_the_name_of_a_row():
    one, other = "6d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11", "6d1f0f7e-8a0c-4c3e-9a51-1f1d5d0e2a12"
    value = {pair_key(one, other): other}
    stored = kinds.get("pairwise").split(value)
    assert [len(item) for item in stored] == [39]
    assert kinds.get("pairwise").join(stored) == value
