"""Text files in any of the encodings that XML names, as UTF-8.

Accepted: UTF-8 with or without a mark; UTF-16 and UCS-4 (UTF-32), big or little end first, with a
mark or, for XML, recognised by their first character.

Source: XML 1.0 (fifth edition), appendix F.
"""

from __future__ import annotations

import codecs
import re

from hoshimori.errors import FormatError

_MARKS = {  # UTF-32 first: its little-endian mark begins with that of UTF-16
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF16_LE: "utf-16",
    b"\0\0\0<": "utf-32-be",
    b"<\0\0\0": "utf-32-le",
    b"\0<": "utf-16-be",
    b"<\0": "utf-16-le",
}
_DECLARED = re.compile(r"""(<\?xml[^>]*?)encoding=(?:"[^"]*"|'[^']*')""")


def as_utf8(data: bytes, source: str) -> bytes:
    """Return the bytes as UTF-8 without a mark; raise `FormatError` where they are damaged."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if encoding is None:
        return data
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormatError(f"damaged {encoding.upper()} ({error.reason})", source=source) from error
    return _DECLARED.sub(r"\1", text, count=1).encode("utf-8", "replace")


def excerpt(head: bytes) -> str:
    """Return the beginning of a text, fit to be shown in a message."""
    words = head.decode("utf-8", "replace").split()
    text = "".join(c if c.isprintable() else "?" for c in " ".join(words))
    return f"{text[:80]!r}"
