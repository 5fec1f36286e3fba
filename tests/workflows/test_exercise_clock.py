"""The clock of an exercise goes faster than the wall's, stops where it must, never goes back."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.model.live_exercises import ExerciseMoment
from hoshimori.workflows.exercise_clock import ExerciseClock

START = datetime(2026, 1, 1, tzinfo=UTC)
FAR = START + timedelta(days=365)


class Wall:
    """The clock on the wall."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def made(speed: float = 60.0, *, is_paused: bool = False) -> tuple[ExerciseClock, Wall]:
    wall = Wall()
    moment = ExerciseMoment(START, speed, is_paused)
    return ExerciseClock(moment, START, steady=wall), wall


def minutes(clock: ExerciseClock) -> float:
    return (clock.now_utc() - START) / timedelta(minutes=1)


def test_it_stands_until_it_is_let_go_and_never_goes_past_what_is_due() -> None:
    clock, wall = made()
    wall.now_s += 50.0
    assert minutes(clock) == 0.0
    clock.let_until(START + timedelta(minutes=5))
    assert minutes(clock) == 0.0  # what passed before is not made up for
    wall.now_s += 2.0
    assert minutes(clock) == 2.0
    assert not clock.waits
    wall.now_s += 60.0
    assert minutes(clock) == 5.0
    assert clock.waits
    assert clock.now_utc() == START + timedelta(minutes=5)


def test_pause_speed_and_end() -> None:
    clock, wall = made()
    clock.let_until(FAR)
    wall.now_s += 1.0
    clock.pause()
    wall.now_s += 100.0
    assert minutes(clock) == 1.0
    clock.set_speed(600.0)
    clock.go_on()
    wall.now_s += 1.0
    assert minutes(clock) == 11.0
    with clock.held() as moment:
        wall.now_s += 5.0
        assert clock.now_utc() == moment
    wall.now_s += 1.0
    assert minutes(clock) == 21.0
    clock.end()
    wall.now_s += 9.0
    assert minutes(clock) == 21.0
    assert clock.moment() == ExerciseMoment(clock.now_utc(), 600.0, False, True)


def test_a_jump_goes_forward_alone_and_waits_there() -> None:
    clock, wall = made()
    clock.let_until(FAR)
    clock.jump(START + timedelta(minutes=30))
    wall.now_s += 5.0
    assert minutes(clock) == 30.0
    clock.jump(START)
    assert minutes(clock) == 30.0
    assert clock.steady_s() == 1800.0


def test_whoever_waits_looks_again_soon() -> None:
    clock, _ = made(is_paused=True)
    clock.wait_s(1e9, threading.Event())
    woken = threading.Event()
    woken.set()
    clock.wait_s(1e9, woken)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["pass", "pause", "go on", "speed", "jump", "let"]), st.floats(0.0, 1e4)
        ),
        max_size=30,
    )
)
def test_it_never_goes_back(steps: list[tuple[str, float]]) -> None:
    clock, wall = made()
    last, steady = clock.now_utc(), clock.steady_s()
    for what, number in steps:
        match what:
            case "pass":
                wall.now_s += number
            case "pause":
                clock.pause()
            case "go on":
                clock.go_on()
            case "speed":
                clock.set_speed(number + 0.1)
            case "jump":
                clock.jump(START + timedelta(seconds=number))
            case _:
                clock.let_until(START + timedelta(seconds=number))
        assert clock.now_utc() >= last
        assert clock.steady_s() >= steady
        last, steady = clock.now_utc(), clock.steady_s()
