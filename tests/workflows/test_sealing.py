"""Dossier files: new salts every time, written whole, signed in their place or beside it."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from hoshimori.dossier import zip_members
from hoshimori.dossier.opening import unpack
from hoshimori.errors import FormatError, SettingsError
from hoshimori.workflows import sealing as workflow
from hoshimori.workflows.sealing import new_salts, read_dossier_file, seal, sign_file, write_whole
from hoshimori.workflows.verify import load_trust, verify_seal


def test_every_sealing_draws_new_salts(sealing: Any) -> None:
    made = sealing.dossier(sealing.facts(5))
    one, other = seal(made), seal(made)
    assert one != other
    assert unpack(one).items == unpack(other).items
    assert len(set(new_salts(100))) == 100


def test_a_file_is_signed_in_its_place_or_beside_it(tmp_path: Path, sealing: Any) -> None:
    path, beside = tmp_path / "d.zip", tmp_path / "signed.zip"
    write_whole(path, sealing.packed(sealing.facts(2)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    before = path.read_bytes()
    assert sign_file(path, sealing.key_of(1), beside) == beside
    assert path.read_bytes() == before
    assert sign_file(path, sealing.key_of(1)) == path
    assert path.read_bytes() == beside.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d.zip", "signed.zip"]
    trust = sealing.trust_in(sealing.partner(sealing.key_of(1), "JPN"))
    assert verify_seal(read_dossier_file(path), trust, sealing.CHECKED).policy_met


def test_what_is_no_dossier_stays_as_it_is(tmp_path: Path, sealing: Any) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(b"no dossier")
    with pytest.raises(FormatError, match=r"d\.zip:file: unreadable"):
        sign_file(path, sealing.key_of(1))
    assert path.read_bytes() == b"no dossier"


def test_files_that_cannot_be_read_or_written(
    tmp_path: Path, sealing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        read_dossier_file(tmp_path / "no.zip")
    with pytest.raises(SettingsError, match="No such file"):
        write_whole(tmp_path / "no" / "d.zip", b"")
    with pytest.raises(SettingsError, match="No such file"):
        load_trust(tmp_path / "no.toml")
    assert load_trust(None).keys == ()
    path = tmp_path / "d.zip"
    path.write_bytes(b"12345")
    monkeypatch.setattr(workflow, "MOST_BYTES", 4)
    with pytest.raises(FormatError, match="more than 4 bytes"):
        read_dossier_file(path)
    assert zip_members.MOST_BYTES > 4


def test_a_file_that_cannot_take_its_place_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "d.zip"
    place.mkdir()
    with pytest.raises(SettingsError, match="directory"):
        write_whole(place, b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["d.zip"]
