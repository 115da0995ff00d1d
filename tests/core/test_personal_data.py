import pytest

from participation.core.personal_data import find, is_bsn


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mail me at ans.de-vries+x@example.co.uk please", [("email", "ans.de-vries+x@example.co.uk")]),
        ("Bel 06 12 34 56 78.", [("phone", "06 12 34 56 78")]),
        ("Bel 0612345678", [("phone", "0612345678")]),
        ("Bel 06-12345678", [("phone", "06-12345678")]),
        ("Bel 0320-123456", [("phone", "0320-123456")]),
        ("Bel +31 6 12345678", [("phone", "+31 6 12345678")]),
        ("Bel +31 (0)320 123456", [("phone", "+31 (0)320 123456")]),
        ("Bel 0031612345678", [("phone", "0031612345678")]),
        ("Mijn BSN is 111222333", [("bsn", "111222333")]),
        ("BSN 1112.22.333 of 1112 22 333", [("bsn", "1112.22.333"), ("bsn", "1112 22 333")]),
        ("NL91 ABNA 0417 1643 00", [("iban", "NL91 ABNA 0417 1643 00")]),
        ("NL91ABNA0417164300", [("iban", "NL91ABNA0417164300")]),
        ("Ik woon op 8232 AB", [("address", "8232 AB")]),
        ("Ik woon in de Stationsstraat 12b", [("address", "Stationsstraat 12b")]),
        ("Laan van Meerdervoort 300", [("address", "Laan van Meerdervoort 300")]),
        ("a@b.nl en 0612345678", [("email", "a@b.nl"), ("phone", "0612345678")]),
        ("0612345678 of a@b.nl of 0612345678", [("phone", "0612345678"), ("email", "a@b.nl")]),
    ],
)
def test_it_finds_what_looks_personal_in_reading_order(text, found):
    assert [(item.kind, item.text) for item in find(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Meer bankjes op het plein",
        "In 2026 kwamen er 83.123 mensen",
        "Het kost € 1.250,00 per jaar",
        "Van 10.00 tot 12.30 uur, 12 mensen",
        "Het nummer 123456789 is geen BSN",
        "000000000",
        "Op 12-03-2026 om 19.30 uur",
        "Op het plein 200 bomen planten en in 1945 SS",
        "Een weg van 30 km per uur",
        "@gemeente doe iets",
    ],
)
def test_it_leaves_ordinary_sentences_alone(text):
    assert find(text) == []


@pytest.mark.parametrize(
    ("number", "valid"), [("111222333", True), ("123456782", True), ("123456789", False)]
)
def test_the_elfproef(number, valid):
    assert is_bsn(number) is valid
