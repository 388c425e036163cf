"""Reads the text of a plan into sections, targets and scheduled items: `read(text)`.

Pure: no database, no requests. `lines` mends the text into paragraphs, `headings` and `outline` take it apart,
`targets`, `items` and `entries` read what stands in each section; the words they know are data (`words.toml`). Every
character that is no white space ends up in a heading, in a section's body or in what is left over; targets and items
are readings of passages, which stay in the body.
"""

from plans.reading.reader import read
from plans.reading.results import ItemReading, Reading, Section, Span, TargetReading

__all__ = ["ItemReading", "Reading", "Section", "Span", "TargetReading", "read"]
