"""Charts of Word itself (DrawingML): drawn by the program that opens the file, changed like any other of its charts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from core import spreadsheet
from core.docx import fonts
from core.docx.xml import mm
from core.pdf.blocks import Bars, Columns

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
NEVER = datetime(1980, 1, 1, tzinfo=UTC)
COLOUR = "8C1D18"  # as in the PDF
WIDTH = 156  # mm
POINTS = 12


def put(paragraph: Any, block: Bars | Columns, number: int) -> None:
    """The chart in the paragraph; `number` is its own in the document."""
    document = paragraph.part
    book = spreadsheet.sheets([spreadsheet.Sheet("数据", ["项目", unit(block)], block.rows)], created=NEVER)
    data = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), spreadsheet.XLSX, book, document.package)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, b"", document.package)
    chart._blob = drawn(block, chart.relate_to(data, f"{OFFICE}/package")).encode()
    relation = document.relate_to(chart, f"{OFFICE}/chart")
    paragraph.add_run()._r.append(anchored(block, relation, number))


def unit(block: Bars | Columns) -> str:
    return f"数量（{block.unit}）" if block.unit else "数量"


def anchored(block: Bars | Columns, relation: str, number: int) -> Any:
    """The inline drawing that stands for the chart in the text."""
    wide, high = mm(WIDTH), mm(height(block))
    return parse_xml(
        f'<w:drawing xmlns:w="{qn("w:p")[1:-2]}" xmlns:r="{OFFICE}" xmlns:wp="{DRAWING}/wordprocessingDrawing" '
        f'xmlns:a="{DRAWING}/main" xmlns:c="{DRAWING}/chart"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{number}" name={quoteattr(block.title)} '
        f"descr={quoteattr(described(block))}/><wp:cNvGraphicFramePr/><a:graphic>"
        f'<a:graphicData uri="{DRAWING}/chart"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def described(block: Bars | Columns) -> str:
    """For people who do not see it."""
    return f"{block.title}：{'，'.join(f'{label}{value}{block.unit}' for label, value in block.rows)}"


def height(block: Bars | Columns) -> float:
    """mm; bars need a little more room than in the PDF for the frame Word keeps."""
    return block.height + 6 if isinstance(block, Bars) else block.HEIGHT


# --- the chart -------------------------------------------------------------------------------------------------------
def drawn(block: Bars | Columns, data: str) -> str:
    """`data` is the relation to the workbook with the numbers."""
    lying = isinstance(block, Bars)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}">'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart>'
        f'<c:barDir val="{"bar" if lying else "col"}"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series(block)}<c:gapWidth val="{60 if lying else 80}"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"{axes(block, lying)}</c:plotArea><c:plotVisOnly val=\"1\"/></c:chart>"
        '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{letters()}<c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )  # fmt: skip


def series(block: Bars | Columns) -> str:
    last = len(block.rows) + 1
    return (
        '<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>\'1 数据\'!$B$1</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(unit(block))}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{COLOUR}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>'1 数据'!$A$2:$A${last}</c:f><c:strCache>{points(label for label, _ in block.rows)}"
        "</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>'1 数据'!$B$2:$B${last}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{points(value for _, value in block.rows)}</c:numCache>"
        "</c:numRef></c:val></c:ser>"
    )  # fmt: skip


def points(values: Any) -> str:
    given = list(values)
    rows = "".join(f'<c:pt idx="{at}"><c:v>{escape(str(value))}</c:v></c:pt>' for at, value in enumerate(given))
    return f'<c:ptCount val="{len(given)}"/>{rows}'


def axes(block: Bars | Columns, lying: bool) -> str:
    """The names stand along one side, the first one on top of lying bars; the numbers stand at the bars."""
    most = f'<c:max val="{block.most}"/>' if isinstance(block, Columns) and block.most else ""
    order = "maxMin" if lying else "minMax"
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if lying else "b"}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="nextTo"/><c:spPr><a:ln w="9000"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        '</c:spPr><c:crossAx val="2"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{most}<c:min val="0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{"t" if lying else "l"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="1"/></c:valAx>'
    )  # fmt: skip


def letters() -> str:
    face = escape(fonts.NAMES["body"][0])
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{POINTS * 100}"><a:solidFill>'
        f'<a:srgbClr val="000000"/></a:solidFill><a:latin typeface="{face}"/><a:ea typeface="{face}"/></a:defRPr>'
        '</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )  # fmt: skip
