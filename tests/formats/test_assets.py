"""Asset lists in TOML and CSV."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.assets import read_assets
from hoshimori.model.assets import Asset, Importance

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "japan_us_public.toml"


def test_the_example_lists_about_fifty_satellites_with_owner_and_mission() -> None:
    assets = read_assets(EXAMPLE.read_bytes(), source="example")
    assert 45 <= len(assets) <= 60
    assert all(asset.name and asset.owner and asset.mission for asset in assets)
    assert {25544, 42917, 44476} <= {asset.norad_id for asset in assets}


def test_csv_and_toml_say_the_same() -> None:
    as_csv = b"norad_id,name,importance,can_manoeuvre\n25544,ISS,vital,true\n100000,SARAMAGO,,\n"
    as_toml = (
        b'[[asset]]\nnorad_id = 25544\nname = "ISS"\nimportance = "vital"\ncan_manoeuvre = true\n'
        b'[[asset]]\nnorad_id = 100000\nname = "SARAMAGO"\n'
    )
    expected = (
        Asset(25544, "ISS", importance=Importance.VITAL, can_manoeuvre=True),
        Asset(100000, "SARAMAGO"),
    )
    assert read_assets(as_csv, source="a.csv") == expected
    assert read_assets(as_toml, source="a.toml") == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("norad_id\n25544\nabc\n", "a:3:norad_id"),
        ("norad_id,name\n25544\n", "1 cells, expected 2"),
        ("[[asset]]\nnorad_id = 0\n", "a:1:norad_id: 0: expected 1 to 999999999"),
        ("[[asset]]\nnorad_id = 5\nimportance = 'high'\n", "routine, important, vital"),
        ("[[asset]]\nnorad_id = 5\ncolour = 'red'\n", "a:1:colour: unknown field"),
        ("[[asset]]\nname = 'ISS'\n", "every asset needs its catalogue number"),
        ("[[asset]]\nnorad_id = 5\n[[asset]]\nnorad_id = 5\n", "5 is listed twice"),
        ("[settings]\nx = 1\n", "no [[asset]] found"),
        ("\x00\x01", "neither TOML"),
        ("", "no [[asset]] found"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_assets(text.encode(), source="a")
    assert said in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_give_assets_or_a_format_error(data: bytes) -> None:
    with contextlib.suppress(FormatError):
        read_assets(data, source="a")


@given(st.text(alphabet="norad_id,=[]ast\n0123456789'\"#x", max_size=120))
def test_nearly_right_text_gives_assets_or_a_format_error(text: str) -> None:
    with contextlib.suppress(FormatError):
        read_assets(text.encode(), source="a")
