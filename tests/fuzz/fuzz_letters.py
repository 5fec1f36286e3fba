"""Coverage-guided fuzzing of letters and bundles: what is none is refused, nothing else comes out.

By hand, with the dependency group ``fuzz`` (Python up to the newest that atheris supports)::

    python tests/fuzz/fuzz_letters.py CORPUS_FOLDER -max_total_time=300

The folder is filled with letters, a head and a file of partners where it is empty. The first byte
says what the others are read as; letters and heads are read as what their origin signs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["hoshimori"]):
    from hoshimori.dossier.canonical import canonical_json, read_canonical
    from hoshimori.dossier.signed_json import SignedKind, open_signed
    from hoshimori.errors import FormatError
    from hoshimori.formats.bundles import head_from, head_value, split_bundle
    from hoshimori.formats.letters import letter_from, letter_value
    from hoshimori.formats.partners import read_partners, write_partners

from tests.formats.test_bundles import VALUE
from tests.made_letters import EVERY_CONTENT, made_letter, made_partner, made_partners


def read_anything(data: bytes) -> None:
    """Read the bytes; what was read is written as the same bytes."""
    kind, rest = data[:1], data[1:]
    try:
        if kind == b"L":
            value = read_canonical(rest)
            assert letter_value(letter_from(value)) == value
        elif kind == b"H":
            value = read_canonical(rest)
            assert canonical_json(head_value(head_from(value))) == rest
        elif kind == b"P":
            partners = read_partners(rest, "fuzz")
            assert read_partners(write_partners(partners), "fuzz") == partners
        elif kind == b"S":
            open_signed(rest, SignedKind.LETTER, "fuzz")
        else:
            split_bundle(data, "fuzz")
    except FormatError:
        return


def main() -> None:
    folder = Path(next((a for a in sys.argv[1:] if not a.startswith("-")), "fuzz-corpus"))
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        for content in EVERY_CONTENT:
            name = type(content).__name__
            (folder / name).write_bytes(b"L" + canonical_json(letter_value(made_letter(content))))
        (folder / "head").write_bytes(b"H" + canonical_json(VALUE))
        whole = write_partners(made_partners("JPN", made_partner("USA")))
        (folder / "partners").write_bytes(b"P" + whole)
    atheris.Setup(sys.argv, read_anything)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
