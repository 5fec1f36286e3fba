"""Where two JSON values differ: paths with both values; numbers compare within a tolerance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hoshimori.model.reruns import Difference

_ABSENT = "(absent)"


def differences(one: Any, other: Any, *, relative: float, path: str = "") -> Iterator[Difference]:
    """Yield every place in which two JSON values differ.

    Numbers agree where they differ by at most `relative` of the larger one; zero agrees with what
    lies below `relative` itself.

    >>> [d.path for d in differences({"a": [1, 2.0]}, {"a": [1, 2.1]}, relative=1e-9)]
    ['a.1']
    """
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted({*one, *other}):
            yield from differences(
                one.get(key, _ABSENT),
                other.get(key, _ABSENT),
                relative=relative,
                path=f"{path}.{key}" if path else str(key),
            )
    elif _is_list(one) and _is_list(other) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, relative=relative, path=f"{path}.{place}".strip("."))
    elif not _agree(one, other, relative):
        yield Difference(path, _shown(one), _shown(other))


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _agree(one: Any, other: Any, relative: float) -> bool:
    if _is_number(one) and _is_number(other):
        return math.isclose(one, other, rel_tol=relative, abs_tol=relative)
    return bool(type(one) is type(other) and one == other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    text = f"{len(value)} places" if _is_list(value) else str(value)
    return text if len(text) <= 120 else f"{text[:119]}…"
