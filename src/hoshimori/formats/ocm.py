"""Orbit Comprehensive Messages in KVN and XML, version 3.0, read into nouns.

Messages that call themselves 2.0, as drafts did, are read too.  Kinds of elements that are not in
`ocm_keywords` are taken as written; those that are have a fixed number of values, and units that
contradict the standard's are refused.  Where frame, centre or kind is not stated the standard's
default holds: ICRF3, EARTH, CARTPV.  Sections other than trajectories, covariances and manoeuvres
are carried along as text.

Source: CCSDS 502.0-B-3, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from hoshimori.formats.kvn import kvn_blocks
from hoshimori.formats.ocm_keywords import METADATA, METADATA_UNITS
from hoshimori.formats.ocm_tables import covariance_of, manoeuvre_of, trajectory_of
from hoshimori.formats.packing import LARGEST_UNPACKED_BYTES, unpacked
from hoshimori.formats.statements import (
    LATER_HEADER,
    Block,
    Row,
    Values,
    header_keywords,
    header_of,
)
from hoshimori.formats.xml_tree import (
    Element,
    header_and_parts,
    is_xml,
    statement_of,
    xml_messages,
)
from hoshimori.model.orbit_comprehensive import OrbitComprehensive, TextBlock

VERSIONS = ("2.0", "3.0")
SECTIONS = ("META", "TRAJ", "PHYS", "COV", "MAN", "PERT", "OD", "USER")
TABLES = ("TRAJ", "COV", "MAN")
_HEADER = (*header_keywords("OCM"), *LATER_HEADER)
_TOLD = (
    "TIME_SYSTEM", "EPOCH_TZERO", "OBJECT_NAME", "INTERNATIONAL_DESIGNATOR", "CATALOG_NAME",
    "OBJECT_DESIGNATOR",
)  # fmt: skip


def read_ocm(
    data: bytes, *, source: str, limit_bytes: int = LARGEST_UNPACKED_BYTES
) -> tuple[OrbitComprehensive, ...]:
    """Return the messages of a file, in its order; gzip and zip are unpacked.

    Raises `FormatError` with source, line and field where the file is not an OCM.
    """
    return tuple(
        comprehensive_of(blocks)
        for name, member in unpacked(data, source=source, limit_bytes=limit_bytes)
        for blocks in _messages(member, name)
    )


def _messages(data: bytes, source: str) -> Iterator[list[Block]]:
    if is_xml(data):
        for element in xml_messages(data, source, "ocm"):
            yield ocm_blocks(element, source)
    else:
        yield from kvn_blocks(data, source, "CCSDS_OCM_VERS", SECTIONS, TABLES)


def ocm_blocks(element: Element, source: str) -> list[Block]:
    """Return the blocks of one ``ocm``; raise `FormatError` where elements do not belong."""
    header, parts = header_and_parts(element, source)
    blocks = [header]
    for part in parts:
        if part.name == "metadata":
            blocks.append(_section("META", part, source))
        else:
            blocks += [_section(section.name.upper(), section, source) for section in part.children]
    return blocks


def _section(name: str, element: Element, source: str) -> Block:
    if name not in SECTIONS:
        raise element.refuse("is no section of an OCM", source)
    block = Block(name, source, element.line)
    for child in element.children:
        statement = statement_of(child, source)
        if name in TABLES and child.name == f"{name.lower()}Line":
            block.rows.append(Row(tuple(statement.value.split()), child.line))
        else:
            block.statements.append(statement)
    return block


def comprehensive_of(blocks: list[Block]) -> OrbitComprehensive:
    """Return what one message says; raise `FormatError` where it breaks the rules."""
    first, *others = blocks
    header = header_of(first.values(_HEADER, header_keywords("OCM")), "OCM", VERSIONS)
    if not others or others[0].name != "META":
        (others or blocks)[0].refuse("expected the metadata after the header")
    for block in others[1:]:
        if block.name == "META":
            block.refuse("metadata are there twice: expected once")
    values = _metadata(others[0])
    t_zero = values.moment("EPOCH_TZERO")
    sections = {name: [b for b in others if b.name == name] for name in SECTIONS}
    texts = [block for block in others[1:] if block.name not in TABLES]
    return OrbitComprehensive(
        header=header,
        time_system=values.time_system(),
        t_zero=t_zero,
        object_name=values.text("OBJECT_NAME"),
        international_designator=values.text("INTERNATIONAL_DESIGNATOR"),
        catalogue=values.text("CATALOG_NAME"),
        designator=values.text("OBJECT_DESIGNATOR"),
        trajectories=tuple(trajectory_of(b, t_zero) for b in sections["TRAJ"]),
        covariances=tuple(covariance_of(b, t_zero) for b in sections["COV"] if b.rows),
        manoeuvres=tuple(manoeuvre_of(b, t_zero) for b in sections["MAN"]),
        sections=tuple(TextBlock(block.name, block.entries()) for block in texts),
        further=values.further(_TOLD),
        comments=tuple(comment for block in blocks for comment in block.comments()),
    )


def _metadata(block: Block) -> Values:
    values = block.values(METADATA, ("TIME_SYSTEM", "EPOCH_TZERO"))
    for keyword, unit in METADATA_UNITS.items():
        values.maybe(keyword, unit)
    return values
