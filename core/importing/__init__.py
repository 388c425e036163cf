"""Excel import in one mechanism: a definition of columns gives the template, the checked rows and the marked workbook.

An importer is a small file: it lists its columns (`Definition`), reads an upload with `read`, adds its own faults
(numbers used twice, unknown persons), keeps the rows until the user confirms, and writes them in its service.
Nothing is saved while reading.
"""

from core.importing.reading import Definition, Fault, Reading, Row, read
from core.importing.sheets import marked, template
from core.importing.values import BadCell, Column, day, identifier, narrow, one_of, parse_day, text, yes_no

__all__ = [
    "BadCell", "Column", "Definition", "Fault", "Reading", "Row", "day", "identifier", "marked", "narrow",
    "one_of", "parse_day", "read", "template", "text", "yes_no",
]  # fmt: skip
