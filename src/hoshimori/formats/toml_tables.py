"""Tables of a TOML file as nouns: which keys there are, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from hoshimori.formats.mistakes import Mistakes, expected_words, shown
from hoshimori.formats.toml_lines import Place
from hoshimori.formats.toml_shapes import WRONG, Shape, Wrong


@dataclass(frozen=True, slots=True)
class Row:
    """A table as far as it could be read: values by attribute; what was wrong is left out."""

    noun: type[Any]
    place: Place
    values: Mapping[str, Any]
    keys: Mapping[str, str]
    """What each attribute is called in the file."""
    is_whole: bool

    def get(self, attribute: str) -> Any:
        """Return a value; None where it could not be read."""
        return self.values.get(attribute)

    def at(self, attribute: str, *further: str | int) -> Place:
        """Return the place of a value."""
        return (*self.place, self.keys[attribute], *further)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table."""

    name: str
    shape: Shape
    note: str
    """What it means, for editors; one sentence."""
    attribute: str = ""
    """Of the noun; that of the same name where empty."""

    @property
    def of(self) -> str:
        """Return the attribute of the noun."""
        return self.attribute or self.name


@dataclass(frozen=True, slots=True)
class Table:
    """A table that becomes a noun; what a noun has a default for may be left out."""

    noun: type[Any]
    keys: tuple[Key, ...]
    tag: tuple[str, str] | None = None
    """A key and the word that it holds, where that word chose this table."""
    further: Mapping[str, Any] = field(default_factory=dict)
    """Defaults of the file where the noun has none."""

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> Row | Wrong:
        """Return what could be read."""
        if not isinstance(value, dict):
            mistakes.tell(place, f"{shown(value)}: expected a table")
            return WRONG
        known = {key.name: key for key in self.keys}
        for name in value:
            if name not in known and (self.tag is None or name != self.tag[0]):
                mistakes.tell((*place, name), f"unknown key; {expected_words(name, known)}")
        defaults = self.defaults()
        values: dict[str, Any] = {}
        for key in self.keys:
            if key.name in value:
                read = key.shape.read(value[key.name], (*place, key.name), mistakes)
                if read is not WRONG:
                    values[key.of] = read
            elif key.of in defaults:
                values[key.of] = defaults[key.of]
            else:
                mistakes.tell((*place, key.name), f"is missing: {key.note}")
        called = {key.of: key.name for key in self.keys}
        return Row(self.noun, place, values, called, len(values) == len(self.keys))

    def write(self, value: Any) -> dict[str, Any]:
        """Return the table of a noun, without what is as it would be anyway."""
        defaults = self.defaults()
        told = {} if self.tag is None else {self.tag[0]: self.tag[1]}
        for key in self.keys:
            held = getattr(value, key.of)
            if key.of not in defaults or held != defaults[key.of]:
                told[key.name] = key.shape.write(held)
        return told

    def defaults(self) -> dict[str, Any]:
        """Return the values of what may be left out."""
        stated = {f.name: f.default for f in fields(self.noun) if f.default is not MISSING}
        return stated | dict(self.further)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        defaults = self.defaults()
        tag = {} if self.tag is None else {self.tag[0]: {"const": self.tag[1]}}
        keys = {k.name: {"description": k.note, **k.shape.schema()} for k in self.keys}
        required = [*tag, *(key.name for key in self.keys if key.of not in defaults)]
        return {
            "type": "object",
            "description": (self.noun.__doc__ or "").partition("\n")[0],
            "properties": {**tag, **keys},
            "required": required,
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of some tables, chosen by the word that a key holds."""

    key: str
    tables: tuple[Table, ...]

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> Row | Wrong:
        """Return what could be read of the table that the word chooses."""
        if not isinstance(value, dict):
            mistakes.tell(place, f"{shown(value)}: expected a table")
            return WRONG
        known = {table.tag[1]: table for table in self.tables if table.tag}
        if self.key not in value:
            mistakes.tell((*place, self.key), f"is missing: expected one of {', '.join(known)}")
            return WRONG
        word = value[self.key]
        if not isinstance(word, str) or word not in known:
            problem = f"{shown(word)}: unknown {self.key}; {expected_words(str(word), known)}"
            mistakes.tell((*place, self.key), problem)
            return WRONG
        return known[word].read(value, place, mistakes)

    def write(self, value: Any) -> dict[str, Any]:
        """Return the table of a noun."""
        return next(table.write(value) for table in self.tables if table.noun is type(value))

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"oneOf": [table.schema() for table in self.tables]}


@dataclass(frozen=True, slots=True)
class ByName:
    """A table whose keys the writer chooses, each with a value of one shape."""

    of: Shape

    def read(self, value: Any, place: Place, mistakes: Mistakes) -> dict[str, Any] | Wrong:
        """Return those values that could be read."""
        if not isinstance(value, dict):
            mistakes.tell(place, f"{shown(value)}: expected a table")
            return WRONG
        read = {k: self.of.read(one, (*place, k), mistakes) for k, one in value.items()}
        return {name: one for name, one in read.items() if one is not WRONG}

    def write(self, value: Any) -> dict[str, Any]:
        """Return a table."""
        return {name: self.of.write(one) for name, one in value.items()}

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        return {"type": "object", "additionalProperties": self.of.schema()}


def noun_of(value: Any) -> Any:
    """Return the noun of a row that was read whole, with the nouns in it."""
    if isinstance(value, Row):
        return value.noun(**{name: noun_of(held) for name, held in value.values.items()})
    if isinstance(value, tuple):
        return tuple(noun_of(one) for one in value)
    return value
