"""Workbooks that must be refused with one sentence, and what builds good ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Any

from openpyxl import Workbook

from tests.files.case import Case

HEAD = ("委员编号*", "姓名*", "性别*", "出生日期", "手机")
GOOD = ("A001", "张青山", "男", "1975-03-01", "13912345678")
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
XML = b'<?xml version="1.0" encoding="UTF-8"?>'
SPREADSHEET = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def rows(*lines: Sequence[Any], title: str = "填写") -> bytes:
    """A workbook with the given rows on one sheet."""
    book = Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(list(line))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def good() -> bytes:
    return rows(HEAD, GOOD)


def repacked(change: Callable[[str, bytes], bytes | None], extra: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """The good workbook with each part passed through `change` (None drops it) and further parts added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
        for name, data in extra:
            target.writestr(name, data)
    return buffer.getvalue()


def same(name: str, data: bytes) -> bytes:
    return data


def with_part(part: str, content: bytes) -> bytes:
    return repacked(lambda name, data: content if name == part else data)


def without(part: str) -> bytes:
    return repacked(lambda name, data: None if name == part else data)


def with_extra(name: str, data: bytes = b"x") -> bytes:
    return repacked(same, [(name, data)])


def cell_xml(attributes: bytes, value: bytes) -> bytes:
    """A sheet of one cell."""
    return sheet_xml(b'<row r="1"><c ' + attributes + b"><v>" + value + b"</v></c></row>")


def sheet_xml(inner: bytes, before: bytes = b"") -> bytes:
    return with_part(
        SHEET, XML + before + b"<worksheet " + SPREADSHEET + b"><sheetData>" + inner + b"</sheetData></worksheet>"
    )


def billion_laughs() -> bytes:
    entities = b'<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(8)
    )
    return sheet_xml(b'<row r="1"><c r="A1" t="str"><v>&i;</v></c></row>', b"<!DOCTYPE x [" + entities + b"]>")


def outside_entity() -> bytes:
    return sheet_xml(b'<row r="1"><c r="A1" t="str"><v>&e;</v></c></row>',
                     b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')  # fmt: skip


def bomb() -> bytes:
    """A few KB that unpack to 40 MB."""
    return with_extra("xl/media/image1.bin", bytes(40 * 1024 * 1024))


def dense_bomb() -> bytes:
    """Packed like any document, so that the gate's ratio lets it pass, but 26 MB in all."""
    noise = Random(1).randbytes(200_000)
    return repacked(same, [(f"xl/media/{n}.bin", noise + bytes(1024 * 1024 - len(noise))) for n in range(26)])


def many_entries() -> bytes:
    return repacked(same, [(f"x/{number}", b"") for number in range(600)])


def lying_size() -> bytes:
    """The directory says the sheet is shorter than it is."""
    data = bytearray(good())
    at = data.rfind(SHEET.encode()) - 46
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def newer_zip() -> bytes:
    """An entry that asks for a zip version no reader knows."""
    data = bytearray(good())
    at = data.rfind(SHEET.encode()) - 46
    struct.pack_into("<H", data, at + 6, 999)
    return bytes(data)


def locked_entry() -> bytes:
    """The sheet is marked as encrypted with a zip password."""
    data = bytearray(good())
    directory = data.rfind(SHEET.encode()) - 46
    struct.pack_into("<H", data, directory + 8, struct.unpack_from("<H", data, directory + 8)[0] | 1)
    local = struct.unpack_from("<I", data, directory + 42)[0]
    struct.pack_into("<H", data, local + 6, 1)
    return bytes(data)


def flipped() -> bytes:
    """The packed sheet is damaged in the middle."""
    data = bytearray(good())
    at = data.find(SHEET.encode()) + len(SHEET) + 30
    data[at : at + 8] = b"\x00" * 8
    return bytes(data)


def nested() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("inner.xlsx", good())
    return buffer.getvalue()


def docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def far_row() -> bytes:
    cell = b'<row r="30000"><c r="A30000" t="str"><v>x</v></c></row>'
    head = b"".join(b'<c r="%c1" t="str"><v>%s</v></c>' % (65 + n, label.encode()) for n, label in enumerate(HEAD))
    middle = b"".join(b'<row r="%d"><c r="A%d" t="str"><v>x</v></c></row>' % (n, n) for n in range(20001, 20003))
    return sheet_xml(b'<row r="1">' + head + b"</row>" + middle + cell)


def too_many_rows() -> bytes:
    return rows(HEAD, *((f"B{number}", "张青山", "男") for number in range(5001)))


def random_bytes() -> bytes:
    return zlib.compress(bytes(range(256)) * 20)


BROKEN = [
    Case("empty", "名册.xlsx", lambda: b"", "空文件"),
    Case("random bytes", "名册.xlsx", random_bytes, "已损坏"),
    Case("truncated", "名册.xlsx", lambda: good()[: len(good()) // 2], "已损坏"),
    Case("only the zip's tail", "名册.xlsx", lambda: good()[-22:], "请重新保存"),
    Case("damaged sheet", "名册.xlsx", flipped, "读不出来"),
    Case("a program renamed", "名册.xlsx", lambda: b"MZ" + bytes(2000), "已损坏"),
    Case("html renamed", "名册.xlsx", lambda: b"<table><tr><td>1</td></tr></table>", "已损坏"),
    Case("csv renamed", "名册.xlsx", lambda: "委员编号,姓名\nA1,张".encode("gbk"), "已损坏"),
    Case("old xls", "名册.xls", lambda: OLE, "旧格式"),
    Case("old xls renamed", "名册.xlsx", lambda: OLE, "密码"),
    Case("docx renamed", "名册.xlsx", docx, "内容不是"),
    Case("zip in a zip", "名册.xlsx", nested, "内容不是"),
    Case("no sheet part", "名册.xlsx", lambda: without(SHEET), ""),
    Case("no content types", "名册.xlsx", lambda: without("[Content_Types].xml"), "读不出来"),
    Case("no relationships", "名册.xlsx", lambda: without("xl/_rels/workbook.xml.rels"), "读不出来"),
    Case("workbook is no xml", "名册.xlsx", lambda: with_part(BOOK, b"not xml"), "读不出来"),
    Case("sheet is no xml", "名册.xlsx", lambda: with_part(SHEET, b"not xml"), "读不出来"),
    Case("sheet cut off", "名册.xlsx", lambda: with_part(SHEET, XML + b"<worksheet><sheetData><row>"), "读不出来"),
    Case("impossible cell", "名册.xlsx", lambda: cell_xml(b'r="??"', b"1"), "读不出来"),
    Case("number that is none", "名册.xlsx", lambda: cell_xml(b'r="A1"', b"1x"), "读不出来"),
    Case("string that is missing", "名册.xlsx", lambda: cell_xml(b'r="A1" t="s"', b"99"), ""),
    Case("no sheets in the book", "名册.xlsx",
         lambda: with_part(BOOK, XML + b"<workbook " + SPREADSHEET + b"><sheets/></workbook>"), ""),
]  # fmt: skip
HOSTILE = [
    Case("entity bomb", "名册.xlsx", billion_laughs, "读不出来"),
    Case("outside entity", "名册.xlsx", outside_entity, "读不出来"),
    Case("zip bomb", "名册.xlsx", bomb, "解压后过大"),
    Case("too much inside", "名册.xlsx", dense_bomb, "内容太多"),
    Case("600 entries", "名册.xlsx", many_entries, "结构异常"),
    Case("path out of the archive", "名册.xlsx", lambda: with_extra("../../evil.txt"), "结构异常"),
    Case("absolute path", "名册.xlsx", lambda: with_extra("/etc/evil"), "结构异常"),
    Case("macro", "名册.xlsx", lambda: with_extra("xl/vbaProject.bin"), "宏"),
    Case("macro file name", "名册.xlsm", good, "只接收"),
    Case("outside links", "名册.xlsx", lambda: with_extra("xl/externalLinks/externalLink1.xml"), "外部链接"),
    Case("size that lies", "名册.xlsx", lying_size, "读不出来"),
    Case("unknown zip version", "名册.xlsx", newer_zip, "已损坏"),
    Case("zip password", "名册.xlsx", locked_entry, "读不出来"),
    Case("far away rows", "名册.xlsx", far_row, "太长"),
    Case("no extension", "名册", good, "只接收"),
    Case("path in the name", "../../名册.csv", good, "只接收"),
]  # fmt: skip
UNSUITABLE = [
    Case("no head", "名册.xlsx", lambda: rows(GOOD), "表头不对"),
    Case("one required column missing", "名册.xlsx", lambda: rows(HEAD[:2], GOOD[:2]), "缺少“性别”列"),
    Case("a column twice", "名册.xlsx", lambda: rows((*HEAD, "姓名"), (*GOOD, "x")), "出现了两次"),
    Case("head only", "名册.xlsx", lambda: rows(HEAD), "没有要导入的内容"),
    Case("sample row only", "名册.xlsx", lambda: rows(HEAD, ("示例 A001", "张青山", "男")), "没有要导入的内容"),
    Case("too many rows", "名册.xlsx", too_many_rows, "最多导入 5000 行"),
    Case("nothing at all", "名册.xlsx", lambda: rows(), "表头不对"),
]  # fmt: skip
REFUSED = BROKEN + HOSTILE + UNSUITABLE
