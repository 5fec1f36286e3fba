"""CDM in XML: one ``cdm``, or several in an ``ndm``, with or without a namespace."""

from __future__ import annotations

from hoshimori.formats.cdm_keywords import SECTIONS
from hoshimori.formats.cdm_statements import Statements
from hoshimori.formats.xml_tree import Element, statements_of, version_of

_GROUPS = {"data", "metadata", "relativeStateVector", "userDefinedParameters", *SECTIONS}


def xml_statements(element: Element, source: str) -> Statements:
    """Return the statements of one ``cdm``; raise `FormatError` where elements do not belong."""
    message = Statements(source, element.line)
    message.parts[-1].statements.append(version_of(element))
    for child in element.children:
        if child.name == "body":
            _take_body(message, child, source)
        elif child.name == "header":
            message.parts[-1].statements += statements_of(child, (), source)
        else:
            raise child.refuse(f"<{child.name[:40]}> inside <cdm>", source)
    return message


def _take_body(message: Statements, body: Element, source: str) -> None:
    for child in body.children:
        if child.name == "segment":
            message.begin_part(child.line)
        message.parts[-1].statements += statements_of(child, _GROUPS, source)
