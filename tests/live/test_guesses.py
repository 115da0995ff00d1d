"""Codes guessed in bulk, with a clock of our own."""

import pytest

from participation.live.guesses import Guesses

HALL, OTHER = "198.51.100.7", "203.0.113.7"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def guesses(clock):
    return Guesses(clock)


def many(guesses, address=HALL, count=60):
    return [guesses.wrong(address) for _each in range(count)]


def test_after_sixty_wrong_codes_in_a_minute_a_place_waits_for_its_turn(guesses, clock):
    assert not any(many(guesses))
    assert guesses.wrong(HALL)
    turns = [guesses.turn(HALL, str(code)) for code in range(5)]
    assert turns == [1.0, 2.0, 3.0, 4.0, None]
    assert guesses.turn(HALL, "2") == 3.0  # who try the same code share its turn
    clock.now += 3.5
    assert guesses.turn(HALL, "5") == 1.5


def test_a_code_that_is_tried_again_does_not_stand_behind_the_guesses(guesses, clock):
    many(guesses)
    for code in range(4):
        guesses.turn(HALL, str(code))
    assert guesses.turn(HALL, "123456") is None
    assert [guesses.turn(HALL, "123456") for _each in range(40)] == [
        0.0
    ] * 40  # who try the same code share its turn
    assert guesses.turn(HALL, "200001") is None
    assert guesses.turn(HALL, "200001") == 1.0
    assert guesses.turn(HALL, "200002") is None


def test_another_place_notices_nothing(guesses):
    many(guesses)
    assert guesses.turn(OTHER, "123456") == 0.0
    assert guesses.turn("198.51.100.200", "123456") == 1.0  # the same hall


def test_a_code_somebody_came_in_with_is_open_to_a_thousand_from_there(guesses):
    guesses.right(HALL, "123456")
    many(guesses)
    assert {guesses.turn(HALL, "123456") for _each in range(1000)} == {0.0}
    assert guesses.is_free(HALL, "123456")
    assert not guesses.is_free(HALL, "654321")
    assert guesses.turn(HALL, "654321") == 1.0


def test_a_minute_later_it_is_forgotten(guesses, clock):
    many(guesses)
    clock.now += 60
    assert guesses.turn(HALL, "123456") == 0.0
    assert not guesses.wrong(HALL)


def test_wrong_codes_spread_over_time_slow_down_nobody(guesses, clock):
    for _each in range(300):
        assert not guesses.wrong(HALL)
        clock.now += 1.01
    assert guesses.turn(HALL, "123456") == 0.0


def test_its_memory_has_an_end(guesses):
    for number in range(12_000):
        guesses.right(f"10.{number // 250}.{number % 250}.1", "123456")
    for code in range(200):
        guesses.right(HALL, str(code))
    assert len(guesses._ranges) == 10_000
    assert len(guesses._ranges["198.51.100.0/24"].right) == 50
