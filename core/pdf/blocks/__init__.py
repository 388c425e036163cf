"""What a document is made of: reports compose a list of these blocks and nothing else.

Each block knows its template; documents/composed.html prints a list of them, `core.docx.writers` writes them, and
`core.pdf.codec` keeps them. Measures are shares of the text block, never points: the sheet decides those.
"""

from __future__ import annotations

from core.pdf.blocks.charts import Bars, Columns
from core.pdf.blocks.ends import Annex, Colophon, Present, Signers
from core.pdf.blocks.heads import Head, Letterhead, Masthead, MinutesHead, SheetHead
from core.pdf.blocks.numbering import chinese_number, heading_number, number_headings
from core.pdf.blocks.people import Person
from core.pdf.blocks.tables import Column, Grid, Progress, ProgressTable, Table
from core.pdf.blocks.text import (
    Attachments,
    Copies,
    Figure,
    Heading,
    Paragraph,
    Remark,
    Run,
    Signature,
    paragraphs,
)
from core.pdf.blocks.volume import Code, Contents, Cover, Index, PageBreak, Picture

__all__ = [
    "Annex", "Attachments", "Bars", "Block", "Code", "Colophon", "Column", "Columns", "Contents", "Copies", "Cover",
    "Figure", "Grid", "Head", "Heading", "Index", "Letterhead", "Masthead", "MinutesHead", "PageBreak", "Paragraph",
    "Person", "Picture", "Present", "Progress", "ProgressTable", "Remark", "Run", "SheetHead", "Signature", "Signers",
    "Table", "chinese_number", "heading_number", "number_headings", "paragraphs",
]  # fmt: skip

Block = (
    Heading | Paragraph | Table | ProgressTable | Bars | Columns | Picture | Attachments | Signature | Remark | Copies
    | Code | Grid | Contents | Index | Cover | PageBreak | Annex | Colophon | Present
    | Signers | Person
)  # fmt: skip
