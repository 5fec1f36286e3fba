"""One JSON value, one sequence of bytes: the JSON Canonicalization Scheme (RFC 8785).

Written out because a dossier of ten thousand items is canonicalised whenever it is opened; the
tests compare it with the package ``rfc8785``, which takes more than twice as long.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any, NoReturn

from hoshimori.errors import FormatError
from hoshimori.model.dossiers import JsonValue

_LARGEST_INTEGER = 2**53 - 1
_LONG_INTEGER = re.compile(rb"(?<![\d.])\d{16}")


def canonical_json(value: JsonValue, place: str = "") -> bytes:
    """Return a value in canonical JSON (UTF-8).

    Raises:
        FormatError: an integer beyond 2^53 - 1, a number that is not finite, a text that is not
            Unicode, a key that is no text, nesting too deep, or something that is no JSON.

    >>> canonical_json({"b": 1.0, "a": [1e21, None]})
    b'{"a":[1e+21,null],"b":1}'
    """
    try:
        return _text_of(value).encode()
    except RecursionError as error:
        raise FormatError("is nested too deeply", source=place) from error
    except (ValueError, TypeError) as error:
        raise FormatError(f"has no canonical JSON: {error}", source=place) from error


def read_canonical(text: bytes, place: str = "") -> Any:
    """Return the value of canonical JSON.

    Raises:
        FormatError: the bytes are not JSON, or not in the canonical form.
    """
    # Canonical JSON writes floats below 1e21 without exponent: they must come back as floats.
    hook = _integer if _LONG_INTEGER.search(text) else None
    try:
        value = json.loads(text.decode(), parse_int=hook, parse_constant=_refuse)
    except RecursionError as error:
        raise FormatError("is nested too deeply", source=place) from error
    except ValueError as error:
        raise FormatError(f"is not JSON: {error}", source=place) from error
    if canonical_json(value, place) != text:
        raise FormatError("is not in canonical form (RFC 8785)", source=place)
    return value


def _text_of(value: Any) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float):
        return _float_text(value)
    if value is None or isinstance(value, bool):
        return "null" if value is None else ("true" if value else "false")
    if isinstance(value, int):
        if abs(value) > _LARGEST_INTEGER:
            raise ValueError(f"{value} is beyond the integers of JSON")
        return int.__repr__(value)
    if isinstance(value, Mapping):
        pairs = [f"{encode_basestring(key)}:{_text_of(value[key])}" for key in _ordered(value)]
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text_of, value)) + "]"
    raise TypeError(f"{type(value).__name__} is no kind of JSON")


def _ordered(value: Mapping[str, Any]) -> list[str]:
    # By UTF-16 code units; below the surrogates that is the order of Python's texts.
    if "".join(value).isascii():
        return sorted(value)
    return sorted(value, key=lambda key: key.encode("utf-16-be"))


def _float_text(value: float) -> str:
    """Return a number as ECMAScript writes it (ECMA-262, Number::toString)."""
    if value == 0.0:
        return "0"
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number of JSON")
    text = float.__repr__(value)
    if "e" not in text:
        return text.removesuffix(".0")
    # Python changes to exponents earlier than ECMAScript does, at 1e16 and below 1e-4.
    mantissa, exponent = text.split("e")
    sign = "-" if mantissa[0] == "-" else ""
    whole, _, rest = mantissa.lstrip("-").partition(".")
    digits, power = whole + rest, int(exponent)
    if 0 < power < 21:
        return sign + digits.ljust(power + 1, "0")
    if -7 < power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{digits}"
    return f"{mantissa}e{power:+d}"


def _integer(digits: str) -> int | float:
    # No canonical number is longer; Python refuses to read the longest ones.
    number = int(digits) if len(digits) < 25 else _LARGEST_INTEGER + 1
    return number if abs(number) <= _LARGEST_INTEGER else float(digits)


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON number")
