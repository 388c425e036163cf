"""Is a package what the portal made? By its own checksums, and by those in the database."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import DomainError
from core.files import digest_of
from core.models import StoredFile
from reports.archive.packing import PIECE, SUMS
from reports.models import Archive

#: Part of the package, but no document the database knows.
INDEX = frozenset({"目录.pdf", "目录.xlsx"})


@dataclass
class Finding:
    """What is wrong, a sentence each; `files` were looked at; `archive` the row this very package belongs to."""

    files: int = 0
    archive: Archive | None = None
    wrong: list[str] = field(default_factory=list)


def check(path: Path) -> Finding:
    """Reads every byte. Raises DomainError for what is no package at all."""
    with path.open("rb") as handle:
        digest = digest_of(handle)
    found = Finding(archive=Archive.objects.filter(file__sha256=digest).select_related("file", "office").first())
    try:
        with zipfile.ZipFile(path) as archive:
            compare(archive, found)
    except (zipfile.BadZipFile, OSError, UnicodeDecodeError):
        raise DomainError("这不是完好的归档包：压缩文件已损坏，或不是压缩文件。") from None
    return found


def compare(archive: zipfile.ZipFile, found: Finding) -> None:
    names = [each.filename for each in archive.infolist() if not each.is_dir()]
    lists = [name for name in names if name.count("/") == 1 and name.endswith(f"/{SUMS}")]
    if len(lists) != 1 or len(names) != len(set(names)):
        raise DomainError(f"这不是归档包：里面没有唯一的校验码清单 {SUMS}。")
    root = lists[0].removesuffix(SUMS)
    said = read_sums(archive.read(lists[0]).decode())
    here = {name.removeprefix(root) for name in names if name != lists[0]}
    found.wrong += [f"缺少文件：{name}" for name in sorted(said.keys() - here)]
    found.wrong += [f"多出文件：{name}" for name in sorted(here - said.keys())]
    present = sorted(here & said.keys())
    found.files = len(present)
    found.wrong += [f"内容已改变：{name}" for name in present if digest_in(archive, root + name) != said[name]]
    found.wrong += unknown(said)


def read_sums(text: str) -> dict[str, str]:
    return {path: digest for digest, _, path in (line.partition("  ") for line in text.splitlines() if line)}


def digest_in(archive: zipfile.ZipFile, name: str) -> str:
    seen = hashlib.sha256()
    with archive.open(name) as handle:
        while piece := handle.read(PIECE):
            seen.update(piece)
    return seen.hexdigest()


def unknown(said: dict[str, str]) -> list[str]:
    """Documents the database has never seen: exchanged together with their checksum."""
    wanted = {path: digest for path, digest in said.items() if path not in INDEX}
    known = set(StoredFile.objects.filter(sha256__in=set(wanted.values())).values_list("sha256", flat=True))
    return [f"平台没有这份文件：{path}" for path, digest in sorted(wanted.items()) if digest not in known]
