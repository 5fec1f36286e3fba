"""Scripts in TOML: read, written, and every kind of mistake with its line and field."""

from __future__ import annotations

import json
import random
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.scenario_shape import MEASURES
from hoshimori.formats.scenarios import (
    MOST_BYTES,
    read_scenario,
    scenario_of,
    scenario_schema,
    write_scenario,
)
from hoshimori.model.assessments import Label
from hoshimori.model.finding import Interval
from hoshimori.model.injects import (
    AnyInject,
    Approach,
    ApproachKind,
    Burn,
    CrossTag,
    DisturbedFlights,
    DisturbedNavigation,
    Docking,
    FlightEffect,
    Fragmentation,
    FragmentationKind,
    Lateness,
    Launch,
    Loss,
    Reentry,
    Release,
    SlowThrust,
    StatedReport,
    Storm,
    Tow,
)
from hoshimori.model.reports import Credibility, Grade, Reliability, Statement
from hoshimori.model.scenarios import (
    Cell,
    CellKind,
    Choice,
    Expected,
    Pace,
    Part,
    Question,
    QuestionKind,
    Scenario,
    SkyKind,
)

HERE = Path(__file__).parent
PAGE = (HERE / "script_page.toml").read_text(encoding="utf-8")
MISTAKES = tomllib.loads((HERE / "script_mistakes.toml").read_text(encoding="utf-8"))["mistake"]


def told(text: str) -> list[str]:
    return [str(one) for one in read_scenario(text.encode(), source="x.toml").mistakes]


def test_everything_that_a_script_says_is_read() -> None:
    script = scenario_of(PAGE.encode(), source="x.toml")
    assert (script.scenario_id, script.seed, script.sky) == ("two-cells", 7, SkyKind.ANY)
    assert script.starts_utc is None
    assert script.title == {"en": "Two cells", "ja": "二つの班"}
    assert script.objectives == ({"en": "See it.", "ja": "見つける。"},)
    assert script.pace == Pace(length_h=72.0, pauses_h=(24.0,), jumps_h=((30, 40), (50, 60)))
    asset, chaser, stage, released = script.parts
    assert asset.choice == Choice(
        height_km=Interval(450.0, 550.0, 650.0), inclination_deg=Interval(97.0, 97.75, 98.5)
    )
    assert asset.is_asset
    assert chaser.choice == Choice(near="asset")
    assert (stage.norad_id, stage.can_manoeuvre) == (22675, False)
    assert released.is_new
    assert [cell.kind for cell in script.cells] == [CellKind.WHITE, CellKind.NATIONAL]
    assert script.cells[1].partner == "NOR"
    comes, docks, tows, lets_go, says = script.injects
    assert comes == Approach(
        inject_id="comes",
        at_h=2.0,
        part="chaser",
        target="asset",
        how=ApproachKind.RENDEZVOUS,
        takes_h=10.0,
        range_km=0.0,
        stays_h=4.0,
    )
    assert docks == Docking(
        inject_id="docks", at_h=14.0, part="chaser", target="asset", lasts_h=20.0
    )
    assert isinstance(tows, Tow)
    assert tows.delta_v_rtn_m_s == (0.0, 1.5, 0.0)
    assert isinstance(lets_go, Release)
    assert lets_go.catalogued_after_h == 12.0
    assert says == StatedReport(
        inject_id="says",
        at_h=41.0,
        statement=Statement.NOTICE_GIVEN,
        parts=("chaser",),
        source="an operator",
        grade=Grade(Reliability.USUALLY, Credibility.PROBABLY_TRUE),
        text="Servicing was announced.",
        begins_h=0.0,
        is_true=False,
        for_cells=("north",),
    )
    assert script.expected == (
        Expected(
            inject_id="comes",
            findings=("proximity", "geo_neighbour"),
            within_h=24.0,
            parts=("chaser", "asset"),
            measures={"range_km": Interval(0.0, 5.0, 10.0)},
            labels=(Label.RPO_UNCONSENTED,),
        ),
    )
    who, why, when = script.questions
    assert (who.kind, who.right, who.cells) == (QuestionKind.PART, ("chaser",), ())
    assert (why.choices[1]["ja"], why.right, why.points) == ("観察", ("1",), 2.0)
    assert when.span == Interval(11.0, 12.0, 13.0)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["name"])
def test_a_mistake_is_told_with_line_field_and_what_to_do(mistake: dict[str, Any]) -> None:
    assert mistake["before"] in PAGE
    assert told(PAGE.replace(mistake["before"], mistake["after"], 1)) == mistake["told"]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ('id = "two-cells"', 'id = "two-cells', 1),
        ("seed = 7", "seed = 7\nseed = 8", 4),
        ("seed = 7", "seed = ", 3),
        ("[pace]", "[pace", 17),
        ("seed = 7", "starts_utc = 2026-13-01T00:00:00Z", 3),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(before: str, after: str, line: int) -> None:
    (mistake,) = read_scenario(PAGE.replace(before, after, 1).encode(), source="x.toml").mistakes
    assert mistake.line == line
    assert mistake.problem.startswith("not TOML: ")


def test_a_text_that_never_ends_is_told() -> None:
    (mistake,) = read_scenario(b'seed = 7\nid = """never', source="x.toml").mistakes
    assert mistake.problem.startswith("not TOML: ")
    assert mistake.line == 2


def test_what_cannot_be_a_script_at_all_is_told() -> None:
    (latin,) = read_scenario(PAGE.encode() + b"\n# \xe9", source="x.toml").mistakes
    assert str(latin).startswith("x.toml:138: byte ")
    assert str(latin).endswith("is not UTF-8: save the file as UTF-8")
    (large,) = read_scenario(b"#" * (MOST_BYTES + 1), source="x.toml").mistakes
    assert str(large) == "x.toml: 500,001 bytes: expected at most 500,000"
    (deep,) = read_scenario(b"a = " + b"[" * 100_000, source="x.toml").mistakes
    assert "deep" in deep.problem or deep.problem.startswith("not TOML")
    dots = b"seed = 1\n" + b".".join([b"a"] * 60) + b" = 1"
    (dotted,) = read_scenario(dots, source="x.toml").mistakes
    assert str(dotted) == "x.toml:2: a key of more than 50 parts: no script needs that"
    long = PAGE.replace("made up for the tests", "a" * 10_001)
    assert told(long) == ["x.toml:2:source: 10,001 characters: expected at most 10,000"]
    (digits,) = read_scenario(b"seed = " + b"9" * 5_000, source="x.toml").mistakes
    assert digits.problem.startswith("not TOML")
    hexadecimal = read_scenario(b"seed = 0x" + b"f" * 5_000, source="x.toml").mistakes
    assert any("x.toml:1:seed: a number of very many digits" in str(one) for one in hexadecimal)


def test_questions_to_nobody_are_told() -> None:
    start, end = PAGE.index("[[cell]]"), PAGE.index("[[inject]]")
    text = (PAGE[:start] + PAGE[end:]).replace('for_cells = ["north"]\n', "")
    found = [one for one in told(text) if "nobody is there to answer" in one]
    assert len(found) == 3


def test_all_mistakes_are_told_at_once_by_line() -> None:
    text = PAGE
    for mistake in ("negative range", "unknown label", "white cell missing", "no span"):
        (one,) = [m for m in MISTAKES if m["name"] == mistake]
        text = text.replace(one["before"], one["after"], 1)
    lines = [one.line for one in read_scenario(text.encode(), source="x.toml").mistakes]
    assert lines == [44, 61, 107, 130]


def test_who_wants_the_script_alone_is_told_the_first_mistake_and_how_many_more() -> None:
    text = PAGE.replace("length_h = 72", "length_h = -1").replace("range_km = 0\n", "")
    with pytest.raises(FormatError, match=r"^x.toml:18:pace.length_h: -1: .*\(and 1 more; "):
        scenario_of(text.encode(), source="x.toml")


def hints(text: str) -> list[str]:
    reading = read_scenario(text.encode(), source="x.toml", wants_hints=True)
    assert not reading.mistakes
    return [str(one) for one in reading.hints]


def test_what_is_published_after_the_end_is_hinted_at() -> None:
    assert hints(PAGE) == []
    late = PAGE.replace("catalogued_after_h = 12", "catalogued_after_h = 40")
    assert hints(late) == []  # nothing is to be found of it
    wanted = '[[expected]]\ninject = "lets-go"\nfindings = ["separation"]\nwithin_h = 24\n\n'
    late = late.replace("[[expected]]\n", f"{wanted}[[expected]]\n", 1)
    (hint,) = hints(late)
    assert hint == (
        "x.toml:87:inject[4].catalogued_after_h: "
        "catalogued at 80 h, and the exercise ends at 72 h: nobody can find it"
    )
    assert hints(late.replace("catalogued_after_h = 40", "catalogued_after_h = 31")) == []


def test_what_begins_hours_before_the_end_is_hinted_at() -> None:
    nothing = '[[expected]]\ninject = "{}"\nfindings = ["manoeuvre"]\nwithin_h = 24\n'
    late = PAGE.replace("at_h = 20\n", "at_h = 33\n").replace("lasts_h = 20", "lasts_h = 50")
    late = late.replace("at_h = 33\n", "at_h = 63\n") + nothing.format("tows")
    (hint,) = hints(late)
    assert hint.startswith("x.toml:75:inject[3].at_h: the exercise ends at 72 h: element sets")


def test_an_emitter_that_hardly_anybody_flies_past_is_hinted_at() -> None:
    emitter = """
[[inject]]
id = "air"
kind = "flights"
at_h = 60
latitude_deg = 55
longitude_deg = 10
how = "jammed"
reach_km = 200
lasts_h = 0.1
flights_an_hour = 20
[[expected]]
inject = "air"
findings = ["interference"]
within_h = 6
"""
    assert [one.partition(": ")[0].rpartition(".")[2] for one in hints(PAGE + emitter)] == [
        "lasts_h",
        "flights_an_hour",
    ]
    assert hints(PAGE + emitter.partition("[[expected]]")[0]) == []


def test_a_hidden_part_that_cells_would_read_of_is_hinted_at() -> None:
    ahead = '[read_ahead]\nen = "Watch the {}."\nja = "見守る。"\n\n[[objective]]\n'
    told = [hints(PAGE.replace("[[objective]]\n", ahead.format(n), 1)) for n in ("asset", "Chaser")]
    assert told == [
        [],
        ["x.toml:14:read_ahead.en: names the part chaser: cells may read this before play"],
    ]


def test_at_least_thirty_kinds_of_mistake_are_told() -> None:
    assert len({mistake["name"] for mistake in MISTAKES}) >= 90
    assert all(mistake["told"] for mistake in MISTAKES)


def test_measures_are_numbers_of_findings() -> None:
    assert "range_km" in MEASURES["proximity"]
    assert "delta_v_m_s" in MEASURES["manoeuvre"]
    assert "share" in MEASURES["interference"]
    assert "finding_id" not in set().union(*MEASURES.values())


# Any script that holds together.

JAPANESE = st.text("あいうえお漢字、。 abc123", min_size=1).map(lambda text: f"訳{text}".strip())
PLAIN = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=' \n\t"\\'), max_size=30
).map(lambda text: f"x{text}x")
TEXTS = st.builds(lambda en, ja: {"en": en, "ja": ja}, PLAIN, JAPANESE)
POSITIVE = st.floats(0.5, 20.0)
VELOCITY = st.tuples(st.floats(-9, 9), st.floats(0.125, 9), st.floats(-9, 9))
SPANS = st.lists(st.floats(100.0, 180.0), min_size=3, max_size=3).map(
    lambda edges: Interval(*sorted(edges))
)


@st.composite
def injects_of(draw: st.DrawFn, number: int, parts: list[Part]) -> list[AnyInject]:
    """Draw what happens to parts of its own, so that no two stories are in each other's way."""
    part, other, new = (f"{name}-{number}" for name in ("one", "two", "new"))
    parts.append(Part(name=part, choice=Choice(height_km=draw(SPANS), quiet=draw(st.booleans()))))
    parts.append(Part(name=other, norad_id=number + 1, can_manoeuvre=draw(st.booleans())))
    inject_id, at_h, long_h = f"i{number}", draw(st.floats(-100.0, 20.0)), draw(POSITIVE)
    begin: dict[str, Any] = {"inject_id": inject_id, "at_h": at_h}
    how = draw(st.sampled_from([ApproachKind.RENDEZVOUS, ApproachKind.INSPECT]))
    grade = Grade(draw(st.sampled_from(Reliability)), draw(st.sampled_from(Credibility)))
    makers: list[Any] = [
        lambda: [Burn(**begin, part=part, delta_v_rtn_m_s=draw(VELOCITY))],
        lambda: [SlowThrust(**begin, part=part, acceleration_m_s2=1e-4, lasts_h=long_h)],
        lambda: [
            Approach(
                **begin, part=part, target=other, how=how, takes_h=long_h, range_km=draw(POSITIVE)
            ),
            Docking(inject_id=f"d{number}", at_h=at_h + long_h, part=part, target=other),
            Tow(
                inject_id=f"t{number}",
                at_h=at_h + long_h + 1.0,
                part=part,
                target=other,
                delta_v_rtn_m_s=draw(VELOCITY),
            ),
        ],
        lambda: [
            Release(
                **begin,
                part=part,
                released=new,
                delta_v_rtn_m_s=draw(VELOCITY),
                catalogued_after_h=long_h,
            )
        ],
        lambda: [Fragmentation(**begin, part=part, how=FragmentationKind.STRUCK, pieces=9)],
        lambda: [
            Fragmentation(**begin, part=part, how=FragmentationKind.COLLISION, other=new),
        ],
        lambda: [Loss(**begin, part=part, lasts_h=draw(st.none() | POSITIVE))],
        lambda: [Reentry(**begin, part=part, lasts_h=long_h)],
        lambda: [
            Launch(
                **begin,
                launched=new,
                into_plane_of=part,
                plane_offset_deg=1.0,
                height_km=500.0,
                catalogued_after_h=long_h,
            )
        ],
        lambda: [CrossTag(**begin, part=part, other=other, lasts_h=long_h)],
        lambda: [Lateness(**begin, parts=(part, other), late_h=long_h, lasts_h=3.0)],
        lambda: [
            DisturbedNavigation(
                **begin, latitude_deg=55.0, longitude_deg=-20.0, radius_km=9.0, share=0.5, lasts_h=1
            )
        ],
        lambda: [
            DisturbedFlights(
                **begin,
                latitude_deg=55.0,
                longitude_deg=-20.0,
                how=FlightEffect.DISPLACED,
                reach_km=90.0,
                lasts_h=1.5,
                shown_latitude_deg=50.0,
                shown_longitude_deg=0.0,
            )
        ],
        lambda: [
            StatedReport(
                **begin,
                statement=draw(st.sampled_from(Statement)),
                parts=draw(st.sampled_from([(), (part,), (part, other)])),
                source=draw(PLAIN),
                grade=grade,
                text=draw(PLAIN),
                begins_h=at_h - draw(st.floats(0.0, 10.0)),
                is_true=draw(st.booleans()),
                for_cells=draw(st.sampled_from([(), ("east",)])),
            )
        ],
        lambda: [Storm(**begin, kp=7.5, f107=180.0, lasts_h=long_h)],
    ]
    made: list[AnyInject] = draw(st.sampled_from(makers))()
    brought = (Release, Launch)
    if any(
        isinstance(one, brought) or (isinstance(one, Fragmentation) and one.other) for one in made
    ):
        parts.append(Part(name=new))
    return made


@st.composite
def questions_of(draw: st.DrawFn, number: int) -> Question:
    kind = draw(st.sampled_from(QuestionKind))
    asked_h = draw(st.floats(0.0, 40.0))
    has_span = kind in (QuestionKind.NUMBER, QuestionKind.TIME)
    is_choice = kind is QuestionKind.CHOICE
    right = {QuestionKind.CHOICE: ("2",), QuestionKind.PART: ("one-0",)}.get(kind, ())
    return Question(
        question_id=f"q{number}",
        cells=draw(st.sampled_from([(), ("east",)])),
        asked_h=asked_h,
        due_h=asked_h + draw(POSITIVE),
        kind=kind,
        text=draw(TEXTS),
        choices=tuple(draw(st.lists(TEXTS, min_size=2, max_size=3))) if is_choice else (),
        right=right,
        span=draw(SPANS) if has_span else None,
        points=draw(POSITIVE),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    parts: list[Part] = []
    stories = [draw(injects_of(n, parts)) for n in range(draw(st.integers(1, 4)))]
    injects = sorted((one for story in stories for one in story), key=lambda one: one.at_h)
    task = draw(TEXTS)
    expected = Expected(
        inject_id=injects[0].inject_id,
        findings=("proximity", "manoeuvre"),
        within_h=draw(POSITIVE),
        measures={"range_km": draw(SPANS)} if draw(st.booleans()) else {},
        labels=tuple(draw(st.lists(st.sampled_from(Label), max_size=2))),
    )
    return Scenario(
        scenario_id="made",
        title=draw(TEXTS),
        story=draw(TEXTS),
        read_ahead=draw(st.none() | TEXTS),
        objectives=tuple(draw(st.lists(TEXTS, min_size=1, max_size=3))),
        source=draw(PLAIN),
        seed=draw(st.integers(0, 2**32 - 1)),
        sky=draw(st.sampled_from(SkyKind)),
        pace=Pace(
            length_h=100.0, speed=draw(POSITIVE), pauses_h=(1.0, 7.5), jumps_h=((90.0, 95.5),)
        ),
        starts_utc=draw(
            st.none()
            | st.datetimes(datetime(1960, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
        ),
        parts=tuple(parts),
        cells=(
            Cell(name="white", kind=CellKind.WHITE, task=task),
            Cell(name="east", kind=CellKind.NATIONAL, partner="JPN", task=task),
        ),
        injects=tuple(injects),
        expected=(expected,),
        questions=tuple(draw(questions_of(n)) for n in range(draw(st.integers(0, 3)))),
    )


@given(scenarios())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_is_written_is_read_as_the_same_script(script: Scenario) -> None:
    written = write_scenario(script)
    reading = read_scenario(written, source="x.toml")
    assert reading.mistakes == ()
    assert reading.scenario == script
    assert write_scenario(script) == written


@given(scenarios())
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_schema_takes_what_is_read(script: Scenario) -> None:
    assert_fits_schema(write_scenario(script))


def assert_fits_schema(data: bytes) -> None:
    document = json.loads(json.dumps(tomllib.loads(data.decode()), default=lambda m: m.isoformat()))
    jsonschema_rs.validator_for(scenario_schema()).validate(document)


def test_the_schema_refuses_mistakes_of_one_value() -> None:
    assert_fits_schema(PAGE.encode())
    for name in ("unknown key", "negative range", "unknown label", "no Japanese text"):
        (one,) = [m for m in MISTAKES if m["name"] == name]
        with pytest.raises(jsonschema_rs.ValidationError):
            assert_fits_schema(PAGE.replace(one["before"], one["after"], 1).encode())


def test_damaged_scripts_are_told_and_never_crash() -> None:
    """The slice of the fuzzing that every run of the tests does; the rest is by hand."""
    rng = random.Random(20261128)
    sound = PAGE.encode()
    for _ in range(300):
        damaged = bytearray(sound)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(damaged))
            match rng.randrange(4):
                case 0:
                    damaged[at] = rng.randrange(256)
                case 1:
                    del damaged[at : at + rng.randrange(1, 40)]
                case 2:
                    damaged[at:at] = rng.choice(
                        [b"[[", b'"""', b"= {", b"\n[part]\n", b"-inf", b"0"]
                    )
                case _:
                    start = rng.randrange(len(damaged))
                    damaged[at:at] = damaged[start : start + rng.randrange(60)]
        reading = read_scenario(bytes(damaged), source="x.toml")
        assert (reading.scenario is None) == bool(reading.mistakes)
        lines = damaged.count(b"\n") + 1
        assert all(one.line is not None and 1 <= one.line <= lines for one in reading.mistakes)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    assert read_scenario(data, source="x.toml").mistakes
