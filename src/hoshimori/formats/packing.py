"""Packed files, recognised by their first bytes and unpacked within limits.

Accepted: gzip (also several members one after another), bzip2, xz and lzma, zip (stored or
deflated, any number of members), and one inside the other up to three deep.  What is damaged,
encrypted or unpacks to more than the limit is refused with `FormatError`; nothing is ever written
to disk.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from hoshimori.errors import FormatError

LARGEST_UNPACKED_BYTES = 4_000_000_000
"""More than the whole published history of element sets of a year in CSV."""

_GZIP = b"\x1f\x8b"
_BZIP2 = b"BZh"
_LZMA = (b"\xfd7zXZ\0", b"]\0\0")
_LZMA_MEMORY_BYTES = 256_000_000
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DEEPEST = 3
_MOST_MEMBERS = 10_000
_PIECE = 1 << 20
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
    ValueError, KeyError, IndexError, OverflowError,
)  # fmt: skip


def is_packed(data: bytes) -> bool:
    """Tell whether the bytes are a packed file."""
    return data.startswith((_GZIP, _BZIP2, *_LZMA, *_ZIP))


def unpacked(
    data: bytes, *, source: str, limit_bytes: int = LARGEST_UNPACKED_BYTES
) -> Iterator[tuple[str, bytes]]:
    """Give name and bytes of every file inside; a file that is not packed gives itself.

    Raises `FormatError` where something cannot be unpacked or is larger than the limit.
    """
    budget = _Budget(source, limit_bytes)
    yield from _unpacked(data, source, budget, 0)


class _Budget:
    """Counts what has been unpacked, so that a small file cannot become an endless one."""

    def __init__(self, source: str, limit_bytes: int) -> None:
        self.source = source
        self.limit_bytes = limit_bytes
        self.left_bytes = limit_bytes

    def spend(self, size: int) -> None:
        self.left_bytes -= size
        if self.left_bytes < 0:
            raise FormatError(
                f"unpacks to more than {self.limit_bytes:,} bytes: unpack and split it first",
                source=self.source,
            )


def _unpacked(data: bytes, source: str, budget: _Budget, depth: int) -> Iterator[tuple[str, bytes]]:
    if not is_packed(data):
        yield source, data
        return
    if depth == _DEEPEST:
        raise FormatError(f"packed more than {_DEEPEST} times over", source=source)
    if data.startswith(_GZIP):
        yield from _unpacked(_gunzipped(data, source, budget), source, budget, depth + 1)
        return
    if data.startswith((_BZIP2, *_LZMA)):
        yield from _unpacked(_decompressed(data, source, budget), source, budget, depth + 1)
        return
    for name, member in _members(data, source, budget):
        yield from _unpacked(member, f"{source}/{name}", budget, depth + 1)


def _gunzipped(data: bytes, source: str, budget: _Budget) -> bytes:
    pieces = []
    rest = data
    while rest.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            while not stream.eof:
                piece = stream.decompress(rest, _PIECE)
                rest = stream.unconsumed_tail
                budget.spend(len(piece))
                pieces.append(piece)
                if not piece and not rest and not stream.eof:
                    raise FormatError("the gzip file is cut short: fetch it again", source=source)
        except zlib.error as error:
            raise FormatError(f"a damaged gzip file ({error})", source=source) from error
        rest = stream.unused_data.lstrip(b"\0")
    if rest:
        raise FormatError("bytes after the end of the gzip file", source=source)
    return b"".join(pieces)


def _decompressed(data: bytes, source: str, budget: _Budget) -> bytes:
    """Unpack bzip2, xz or lzma."""
    name = "bzip2" if data.startswith(_BZIP2) else "xz"
    stream: bz2.BZ2Decompressor | lzma.LZMADecompressor = (
        bz2.BZ2Decompressor()
        if name == "bzip2"
        else lzma.LZMADecompressor(memlimit=_LZMA_MEMORY_BYTES)
    )
    pieces, rest = [], data
    try:
        while not stream.eof:
            piece = stream.decompress(rest, _PIECE)
            rest = b""
            budget.spend(len(piece))
            pieces.append(piece)
            if stream.needs_input and not stream.eof:
                raise FormatError(f"the {name} file is cut short: fetch it again", source=source)
    except (lzma.LZMAError, OSError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(f"a damaged {name} file ({error})", source=source) from error
    if stream.unused_data.strip(b"\0"):
        raise FormatError(f"bytes after the end of the {name} file", source=source)
    return b"".join(pieces)


def _members(data: bytes, source: str, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > _MOST_MEMBERS:
                raise FormatError(f"a zip file of more than {_MOST_MEMBERS:,}", source=source)
            for info in infos:
                yield info.filename, _member(archive, info, budget)
    except FormatError:
        raise
    except _ZIP_ERRORS as error:
        raise FormatError(f"a damaged or encrypted zip file ({error})", source=source) from error


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    pieces = []
    with archive.open(info) as stream:
        while piece := stream.read(_PIECE):
            budget.spend(len(piece))
            pieces.append(piece)
    return b"".join(pieces)
