"""From real catalogues to signed dossiers, verified on another machine profile.

For each of seven well-known cases: ``hoshimori brief`` on whole catalogues gives a signed dossier
with its papers; ``hoshimori verify`` then runs as another user would: other thread count, other
locale, other time zone, other home, no network needed. Counted are the facts, the findings that
came out again, and the processor time of both commands.

Run: ``python benchmarks/accuracy_dossiers.py [DATA_FOLDER] [NAME …]``
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from measuring import keep

from hoshimori.dossier.opening import unpack
from hoshimori.workflows.dossier_items import ASSESSMENT

REPORTS = "reports.toml"
"""Stands for the file of what was said publicly of SJ-21."""

PROGRAM = Path(sys.executable).with_name("hoshimori")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A dossier that is asked for, and the label that its assessment should bear."""

    name: str
    label: str
    asked: tuple[str, ...]


def _catalogues(*names: str) -> tuple[str, ...]:
    return tuple(part for name in names for part in ("--catalogue", name))


_BELT_2025 = _catalogues(
    "catalogue/snapshots/spacetrack_2025-03-03.3le.gz",
    "catalogue/snapshots/spacetrack_2025-03-31.3le.gz",
)
WANTED = (
    Wanted(
        "Cosmos 1408",
        "BREAKUP_UNKNOWN",
        (
            *_catalogues(
                "events/snapshots/catalogue_2021-11-09.3le.gz",
                "events/snapshots/catalogue_2021-12-22.3le.gz",
            ),
            *("--assets", "25544", "--about", "13552"),
        ),
    ),
    Wanted(
        "Luch-5X near Intelsat 39",
        "GEO_LOITER",
        (*_BELT_2025, "--assets", "44476", "--about", "44476,55841", "--days", "5"),
    ),
    Wanted(
        "SJ-21 and Compass G2",
        "RPO_COOPERATIVE",  # dual use: the reports say whose object it is, elements cannot
        (
            *_catalogues("events/rpo_actors_history.tle.gz"),
            *("--assets", "34779", "--about", "34779,49330"),
            *("--reports", REPORTS),
        ),
    ),
    Wanted(
        "Iridium 33 and Cosmos 2251",
        "COLLISION_ACCIDENT",
        (
            *_catalogues(
                "events/snapshots/catalogue_2008-10-11.3le.gz",
                "events/snapshots/catalogue_2009-05-31.3le.gz",
            ),
            *("--assets", "25544", "--about", "22675,24946"),
        ),
    ),
    Wanted(
        "MEV-2 docked to Intelsat 10-02",
        "RPO_COOPERATIVE",
        (*_BELT_2025, "--assets", "28358", "--about", "28358,46113"),
    ),
    Wanted(
        "A Starlink satellite near the station",
        "CONJUNCTION_ROUTINE",
        (
            *_catalogues(
                "catalogue/celestrak_groups_2026-05/stations.parquet",
                "catalogue/celestrak_groups_2026-05/starlink.parquet",
            ),
            *("--assets", "25544,48274", "--about", "25544,68772"),
        ),
    ),
    Wanted(
        "Dallas, October 2022",
        "RFI",
        (
            *("--integrity", "gnss/gpsjam_north_america_2022-10-01_2022-11-15.parquet"),
            *("--as-of", "2022-10-20T00:00:00Z"),
        ),
    ),
)


def main() -> None:
    words = sys.argv[1:]
    data = Path(words[0] if words else os.environ.get("HOSHIMORI_DATA", "../shared/data"))
    names = words[1:]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _key(home)
        _reports(home)
        figures = [
            _measured(one, data.resolve(), home)
            for one in WANTED
            if not names or any(name in one.name for name in names)
        ]
    if names:
        print(json.dumps(figures, indent=2))
    else:
        keep("accuracy_dossiers", figures)


def _key(home: Path) -> None:
    made = _run(home, ("keys", "new", str(home / "own.key"), "--organisation", "JPN-TEST"), home)
    (home / "trust.toml").write_text(made.stdout, encoding="utf-8")


def _reports(home: Path) -> None:
    cases = Path(__file__).with_name("cases") / "servicing.toml"
    tree = tomllib.loads(cases.read_text(encoding="utf-8"))
    (case,) = (one for one in tree["case"] if one["id"] == "sj-21-g2")
    rows = [{**report, "marking": "TLP:CLEAR"} for report in case["report"]]
    text = json.dumps({"report": rows}, default=lambda moment: moment.isoformat())
    (home / REPORTS).write_text(text, encoding="utf-8")


def _measured(wanted: Wanted, data: Path, home: Path) -> dict[str, Any]:
    file = home / "dossier.zip"
    print(wanted.name, file=sys.stderr)
    own = tuple(str(home / REPORTS) if part == REPORTS else part for part in wanted.asked)
    asked = ("brief", *own, "--key", str(home / "own.key"), "--output", str(file))
    before = _cpu_s()
    _run(home, asked, data)
    composed = _cpu_s()
    checked = ("verify", str(file), "--trust", str(home / "trust.toml"), "--json")
    verified = json.loads(_run(home, checked, home, **_OTHER_PROFILE).stdout)
    papers = sorted(path.name for path in home.glob("*.pdf"))
    again = verified["rerun"]
    return {
        "name": wanted.name,
        "label": _label(file),
        "expected_label": wanted.label,
        "facts": again["facts"],
        "findings": again["findings"],
        "findings_reproduced": again["reproduced"],
        "assessment_same": again["assessment_same"],
        "intact": verified["intact"],
        "signatures_enough": verified["policy_met"],
        "papers": papers,
        "file_mib": file.stat().st_size / 2**20,
        "compose_from_catalogues_cpu_s": composed - before,
        "verify_cpu_s": _cpu_s() - composed,
    }


_OTHER_PROFILE = {
    "TZ": "Asia/Tokyo",
    "LC_ALL": "ja_JP.UTF-8",
    "NUMBA_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "7",
}


def _run(
    home: Path, arguments: tuple[str, ...], folder: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    own = {"XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    done = subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=os.environ | own | variables,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr}")
    return done


def _label(file: Path) -> str:
    items = unpack(file.read_bytes()).items
    (assessed,) = (item.content for item in items if item.kind == ASSESSMENT)
    return str(cast("dict[str, Any]", assessed)["label"])


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
