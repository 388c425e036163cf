"""The zip file, written in one pass: a file is read in pieces, never held as a whole.

Files are stored, not compressed again (PDF, Word and photos are compressed already), with one fixed time: the same
documents give the same bytes, whatever the clock or the version of the compression library.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import IO

from django.core.files.storage import default_storage

from core.errors import DomainError
from reports.archive.contents import Entry

MOMENT = (1980, 1, 1, 0, 0, 0)  # the first one a zip file knows
PIECE = 256 * 1024
SUMS = "SHA256SUMS.txt"


def write(out: IO[bytes], root: str, entries: Sequence[Entry], index: Mapping[str, bytes],
          progress: Callable[[str, int, int], None]) -> None:  # fmt: skip
    """The package: index and checksums, then every entry. Raises DomainError when a file is not what was recorded."""
    known = {name: hashlib.sha256(body).hexdigest() for name, body in index.items()}
    known |= {each.path: each.file.sha256 for each in entries}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, body in {SUMS: sums(known), **index}.items():
            archive.writestr(entry(f"{root}/{name}", len(body)), body)
        for number, each in enumerate(entries, 1):
            progress("正在打包", number, len(entries))
            copy(archive, root, each)


def entry(path: str, size: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(path, MOMENT)
    made.create_system, made.external_attr, made.file_size = 3, 0o100644 << 16, size
    return made


def copy(archive: zipfile.ZipFile, root: str, each: Entry) -> None:
    seen = hashlib.sha256()
    try:
        with default_storage.open(each.file.storage_name) as source, \
             archive.open(entry(f"{root}/{each.path}", each.file.size), "w") as target:  # fmt: skip
            while piece := source.read(PIECE):
                seen.update(piece)
                target.write(piece)
    except FileNotFoundError:
        raise DomainError(f"《{each.title}》的文件在存储中找不到，请系统管理员从备份恢复后再归档。") from None
    if seen.hexdigest() != each.file.sha256:
        raise DomainError(f"《{each.title}》的文件与登记的校验码不一致，请系统管理员检查存储后再归档。")


def sums(known: Mapping[str, str]) -> bytes:
    """As sha256sum writes and checks them: digest, two blanks, path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(known.items())).encode()
