"""Ids and codes that people read out and type."""

import pytest

from participation.core import ids


def test_codes_have_the_promised_length_and_letters():
    public, receipt = ids.new_public_id(), ids.new_receipt_code()
    assert (len(public), len(receipt)) == (12, 13)
    assert set(public.upper()) | set(receipt) <= set(ids.ALPHABET)


def test_no_letters_that_people_mix_up():
    assert set("01ILOU") & set(ids.ALPHABET) == set()


def test_a_receipt_code_has_more_than_sixty_bits():
    assert len(ids.ALPHABET) ** 13 > 2**60


def test_codes_differ():
    assert len({ids.new_receipt_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "typed", ["abcd-efgh-jkmnp", " ABCD EFGH JKMNP ", "ABCD.EFGH.JKMNP", "ABCDEFGHJKMNP"]
)
def test_a_typed_code_is_read_as_it_was_made(typed):
    assert ids.normalise_code(typed) == "ABCDEFGHJKMNP"


def test_a_printed_code_is_grouped():
    assert ids.group_code("ABCDEFGHJKMNP") == "ABCD-EFGH-JKMNP"


def test_what_is_printed_is_read_back():
    code = ids.new_receipt_code()
    assert ids.normalise_code(ids.group_code(code)) == code
