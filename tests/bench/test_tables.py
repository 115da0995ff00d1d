"""The targets of the benchmark: what counts as met."""

import pytest

from bench import tables

MET = {
    "faults": 0,
    "ack_p95": 0.02,
    "screen_p95": 0.3,
    "others_p95": 0.5,
    "us_per_frame": 30.0,
    "kb_each": 20.0,
    "last_back": 2.0,
    "join_p95": 0.5,
}
BY_SERVER = {
    "app-sqlite": MET,
    "app-postgres-1": MET,
    "websockets": {"us_per_frame": 20.0, "kb_each": 10.0},
    "socketio": {"ack_p95": 0.02},
}


def verdicts(people=1000, server="app-sqlite", by_server=BY_SERVER, **changed):
    by_server = {**by_server, server: {**MET, **changed}}
    return [row[-1] for row in tables.targets_table(people, server, by_server)[1:]]


@pytest.mark.parametrize("people", [1000, 3000])
def test_exactly_at_the_limit_is_met(people):
    assert verdicts(people) == ["yes"] * 8


@pytest.mark.parametrize(("key", "place"), [(key, place) for place, key in enumerate(MET)])
def test_just_over_the_limit_is_not_met(key, place):
    found = verdicts(**{key: MET[key] + 1 if key == "faults" else MET[key] * 1.01})
    assert [place for place, met in enumerate(found) if met == "NO"] == [place]


@pytest.mark.parametrize("key", MET)
def test_what_was_not_measured_is_not_met(key):
    assert verdicts(**{key: None}).count("NO") == 1


def test_without_the_others_nobody_can_say():
    alone = {"app-sqlite": MET}
    assert [place for place, met in enumerate(verdicts(by_server=alone)) if met == "?"] == [1, 4, 5]


def test_a_slow_rival_is_no_excuse():
    slow = {**BY_SERVER, "socketio": {"ack_p95": 5.0}}
    assert verdicts(by_server=slow, ack_p95=0.101)[1] == "NO"
    assert verdicts(3000, by_server=slow, ack_p95=0.151)[1] == "NO"


def test_postgresql_may_cost_a_third_more_but_lose_nothing():
    assert verdicts(server="app-postgres-1", ack_p95=0.026, screen_p95=0.39) == ["yes"] * 8
    assert verdicts(server="app-postgres-1", screen_p95=0.391)[2] == "NO"
    assert verdicts(server="app-postgres-1", faults=1)[0] == "NO"


def test_the_worst_run_counts_for_faults_and_the_median_for_the_rest():
    runs = [{"lost": lost, "faults": lost, "ack_p95": p95} for lost, p95 in [(0, 3.0), (1, 1.0), (0, 2.0)]]
    assert tables.summary(runs) == {"lost": 1, "faults": 1, "ack_p95": 2.0}


def test_a_run_that_failed_leaves_no_good_figures():
    found = tables.summary([{"ack_p95": 1.0, "faults": 0}, {}])
    assert found["ack_p95"] is None
