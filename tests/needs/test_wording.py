import pytest

from participation.needs.wording import name_in, solution_in


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Ouderen willen een computercursus", "computercursus"),
        ("People want an app", "app"),
        ("Er moet een evenement komen", "evenement"),
        ("Jongeren willen elkaar 's avonds zien", ""),
        ("People want to fall asleep happy", ""),
        ("Een trap naar het water", ""),
    ],
)
def test_a_sentence_that_names_a_solution_is_noticed(sentence, word):
    assert solution_in(sentence) == word


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ik heet Fatima en woon hier", "Ik heet Fatima"),
        ("dat zei mevrouw van der Berg", "mevrouw van der Berg"),
        ("My name is Joe", "My name is Joe"),
        ("Mevrouw zei dat Lelystad leuk is", ""),
        ("de Jumbo in Lelystad", ""),
    ],
)
def test_an_announced_name_is_noticed(text, name):
    assert name_in(text) == name
