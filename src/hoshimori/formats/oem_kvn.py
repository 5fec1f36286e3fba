"""OEM in KVN: header, then metadata, states and covariances of each segment.

Comments stand at the beginning of a section; between states they are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hoshimori.errors import FormatError
from hoshimori.formats.kvn import kvn_lines, statement_in
from hoshimori.formats.oem_segments import Row, Segment
from hoshimori.formats.statements import COMMENT, HEADER, Block

_MARKS = {
    "META_START": (("header", "states", "after"), "metadata"),
    "META_STOP": (("metadata",), "states"),
    "COVARIANCE_START": (("states",), "covariances"),
    "COVARIANCE_STOP": (("covariances",), "after"),
}
"""Which marks may come in which section, and which section they begin."""


def read_kvn(data: bytes, source: str) -> tuple[Block, list[Segment]]:
    """Return the header and the segments; raise `FormatError` where a line does not belong."""
    document = _Document(source, Block(HEADER, source, 1))
    for number, text in kvn_lines(data, source):
        document.take(text.split(), text, number)
    document.finish()
    return document.header, document.segments


@dataclass(slots=True)
class _Document:
    """What has been read so far."""

    source: str
    header: Block
    section: str = "header"
    segments: list[Segment] = field(default_factory=list)
    line: int = 1

    def take(self, words: list[str], text: str, line: int) -> None:
        self.line = line
        if words[0] == COMMENT:
            self._check_comment()
        elif len(words) == 1 and words[0] in _MARKS:
            self._turn(words[0])
        elif self.section in ("header", "metadata"):
            block = self.header if self.section == "header" else self.segments[-1].metadata
            block.statements.append(statement_in(text, self.source, self.line))
        elif self.section == "states":
            self.segments[-1].states.append(Row(words[0], words[1:], line))
        elif self.section == "covariances":
            self._take_covariance(words, text)
        else:
            self._refuse(f"{text.strip()[:40]!r}: expected META_START")

    def _check_comment(self) -> None:
        if self.section == "header" and not self.header.statements:
            self._refuse("a comment before CCSDS_OEM_VERS: expected after it")
        if self.section == "metadata" and self.segments[-1].metadata.statements:
            self._refuse("a comment within the metadata: expected at their beginning")
        if self.section == "states" and self.segments[-1].states:
            self._refuse("a comment after the first state: expected before it")

    def finish(self) -> None:
        if not self.segments or self.section in ("metadata", "covariances"):
            self._refuse("the OEM breaks off here")
        self._close_covariance()

    def _turn(self, mark: str) -> None:
        before, after = _MARKS[mark]
        if self.section not in before:
            self._refuse(f"{mark} does not belong here")
        if self.section == "covariances":
            self._close_covariance()
        self.section = after
        if mark == "META_START":
            self.segments.append(Segment(Block("META", self.source, self.line)))

    def _take_covariance(self, words: list[str], text: str) -> None:
        """Take one row of the lower triangle, or what comes before the first row."""
        found = self.segments[-1].covariances
        if "=" in text:
            statement = statement_in(text, self.source, self.line)
            if statement.keyword == "EPOCH":
                self._close_covariance()
                found.append(Row(statement.value, [], self.line))
            elif statement.keyword == "COV_REF_FRAME" and found and not found[-1].numbers:
                found[-1] = found[-1]._replace(frame=statement.value)
            else:
                self._refuse(f"{text.strip()[:40]!r}: expected EPOCH, COV_REF_FRAME or numbers")
            return
        if not found:
            self._refuse("expected EPOCH before a covariance")
        done = len(found[-1].numbers)
        expected = round((8 * done + 1) ** 0.5 + 1) // 2
        if len(words) != expected or done >= 21:
            self._refuse(f"{len(words)} numbers in row {expected} of a lower triangle of six rows")
        found[-1] = found[-1]._replace(numbers=[*found[-1].numbers, *words])

    def _close_covariance(self) -> None:
        found = self.segments[-1].covariances
        if found and len(found[-1].numbers) != 21:
            self._refuse("a covariance with gaps: expected the 21 numbers of a lower triangle")

    def _refuse(self, problem: str) -> None:
        raise FormatError(problem, source=self.source, line=self.line, field=self.section)
