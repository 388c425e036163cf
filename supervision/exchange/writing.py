"""Dispatched assignments as a file for a government's own handling system. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from supervision.exchange import FORMAT

LISTS = {"assignments": "assignment", "proposers": "proposer"}


def written(head: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], form: str) -> bytes:
    """The whole file. `head` says who made it and when."""
    whole = {"format": FORMAT, **head, "assignments": list(rows)}
    return as_json(whole) if form == "json" else as_xml(whole)


def as_json(whole: Mapping[str, Any]) -> bytes:
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def as_xml(whole: Mapping[str, Any]) -> bytes:
    """Plain texts of the head as attributes, everything else as elements."""
    head = {name: str(value) for name, value in whole.items() if isinstance(value, str)}
    root = ElementTree.Element("exchange", head)
    for row in whole["assignments"]:
        fill(ElementTree.SubElement(root, "assignment"), row)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def fill(node: ElementTree.Element, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        child = ElementTree.SubElement(node, name)
        if isinstance(value, Mapping):
            fill(child, value)
        elif isinstance(value, list):
            for each in value:
                ElementTree.SubElement(child, LISTS[name]).text = str(each)
        else:
            child.text = "" if value is None else str(value)
