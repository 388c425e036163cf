"""Which font prints which role of an official document, and the font configuration that makes it so.

CSS names roles ("Liaison FangSong", …), never fonts. A generated fontconfig file maps each role to a chain:
licensed fonts the office dropped into a folder, then the free Fandol fonts, then Noto and LXGW WenKai for the
characters that are missing there. Folders come from the setting FONT_DIRS (a sub-folder `office` of each goes
first), then the system's. The configuration knows no other file, so a machine's own font settings cannot
change a document.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings
from fontTools.ttLib import TTCollection, TTFont, TTLibError
from weasyprint.text.ffi import ffi, harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration

SYSTEM_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
SUFFIXES = {".otf", ".ttf", ".ttc"}
FAMILY_NAME_IDS = {1, 16}
REGULAR, BOLD = 400, 700
FONTCONFIG = "libfontconfig.so.1"  # already loaded by WeasyPrint
RARE = ("Noto Serif CJK SC", "LXGW WenKai", "Noto Sans CJK SC")

# Its digits are bold and sans-serif; Song's are half a character wide, so that two of them keep the grid.
WITHOUT_LATIN = {"FandolFang R"}
BOLD_EDIT = '<edit name="weight" mode="assign"><const>bold</const></edit>'
NO_LATIN_EDIT = (
    '<edit name="charset" mode="assign"><minus><name>charset</name>'
    "<charset><range><int>0x21</int><int>0x7e</int></range></charset></minus></edit>"
)


@dataclass(frozen=True)
class Role:
    """A part of the page: `licensed` matches families that offices buy, `free` are the stand-ins."""

    family: str
    label: str
    licensed: re.Pattern[str]
    free: tuple[str, ...]
    bold: bool = False


def _role(family: str, label: str, licensed: str, *free: str, bold: bool = False) -> Role:
    return Role(family, label, re.compile(licensed, re.IGNORECASE), free, bold)


ROLES = (
    _role(
        "Liaison Song Title",
        "标题（小标宋）",
        r"小标宋|XiaoBiaoSong",
        "FandolSong",
        "Noto Serif CJK SC",
        bold=True,
    ),
    _role(
        "Liaison FangSong",
        "正文（仿宋）",
        r"^(方正|华文)?仿宋|^(FZ|ST)?FangSong",
        "FandolFang R",
        "FandolSong",
        "LXGW WenKai Light",
    ),
    _role(
        "Liaison Kai",
        "二级标题（楷体）",
        r"^(方正|华文)?楷体|^(FZ|ST)?Kai(Ti)?\b",
        "FandolKai",
        "LXGW WenKai",
    ),
    _role("Liaison Hei", "一级标题（黑体）", r"^(方正)?黑体|^SimHei|^FZHei", "FandolHei", "Noto Sans CJK SC"),
    _role(
        "Liaison Song",
        "页码（宋体）",
        r"^(方正书)?宋体|^SimSun$|^FZShuSong",
        "FandolSong",
        "Noto Serif CJK SC",
    ),
)


@dataclass(frozen=True)
class FontRole:
    """The font a role got.

    `source`: "licensed" (the office's own), "free", "fallback" (a font not made for the role) or "missing".
    """

    role: str
    label: str
    file: str
    source: str


@dataclass(frozen=True)
class FontFile:
    """One face found in a folder."""

    path: Path
    families: frozenset[str]
    weight: int
    mislabelled: bool  # a bold face that calls itself regular, as Fandol's do


# --- what a role gets ---------------------------------------------------------------------------


def self_check() -> list[FontRole]:
    """Which font each role got on this machine. See also `uses_harfbuzz_subset`."""
    return [_check(role) for role in ROLES]


def uses_harfbuzz_subset() -> bool:
    """False: writing a PDF takes ten times longer because the package libharfbuzz-subset0 is missing."""
    return harfbuzz_subset is not None


def _check(role: Role) -> FontRole:
    for family in chain(role):
        face = _best_face(family, bold=role.bold)
        if face is not None:
            return FontRole(role.family, role.label, str(face.path), _source(role, family))
    return FontRole(role.family, role.label, "", "missing")


def _source(role: Role, family: str) -> str:
    if family == role.free[0]:
        return "free"
    return "licensed" if role.licensed.search(family) else "fallback"


def _best_face(family: str, *, bold: bool) -> FontFile | None:
    faces = [face for face in catalogue() if family in face.families]
    wanted = BOLD if bold else REGULAR
    return min(faces, key=lambda face: abs(face.weight - wanted), default=None)


def chain(role: Role) -> list[str]:
    """Family names of a role, first choice first."""
    licensed = [name for face in catalogue() for name in sorted(face.families) if role.licensed.search(name)]
    return list(dict.fromkeys([*licensed, *role.free, *RARE]))


# --- what is on the machine ---------------------------------------------------------------------


def folders() -> list[Path]:
    """Existing font folders, first choice first."""
    own = [Path(folder) for folder in getattr(settings, "FONT_DIRS", ())]
    ordered = [folder / "office" for folder in own] + own + list(SYSTEM_FOLDERS)
    return [folder for folder in ordered if folder.is_dir()]


def catalogue() -> tuple[FontFile, ...]:
    """All faces in `folders`, read again when a file comes, goes or changes."""
    found = (path for folder in folders() for path in sorted(folder.rglob("*")))
    files = dict.fromkeys(path for path in found if path.suffix.lower() in SUFFIXES)
    return _read_catalogue(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=2)
def _read_catalogue(files: tuple[tuple[Path, int], ...]) -> tuple[FontFile, ...]:
    return tuple(face for path, _ in files for face in _faces(path))


def _faces(path: Path) -> Iterator[FontFile]:
    """The faces of a file; a broken file is as good as none."""
    try:
        collection = path.suffix.lower() == ".ttc"
        fonts = TTCollection(path, lazy=True).fonts if collection else [TTFont(path, lazy=True)]
        for font in fonts:
            names = {record.toUnicode() for record in font["name"].names if record.nameID in FAMILY_NAME_IDS}
            weight, bold = font["OS/2"].usWeightClass, "bold" in path.stem.lower()
            mislabelled = bold and weight < BOLD
            yield FontFile(path, frozenset(names), BOLD if mislabelled else weight, mislabelled)
    except (TTLibError, OSError, KeyError, UnicodeDecodeError):
        return


# --- telling WeasyPrint -------------------------------------------------------------------------

_environment = threading.Lock()


def configuration() -> FontConfiguration:
    """A fresh font configuration that knows our folders and roles only."""
    with _fontconfig_file(configuration_file()):
        made = FontConfiguration()
        _make_current(made)
        return made


def configuration_file() -> str:
    """Where the generated configuration stands, for another program that shall print with the same fonts."""
    return _config_file(_config_xml())


def _make_current(made: FontConfiguration) -> None:
    """Pango replaces names after the process's current configuration, not after that of its own font map."""
    address = int(ffi.cast("uintptr_t", made._config))
    ctypes.CDLL(FONTCONFIG).FcConfigSetCurrent(ctypes.c_void_p(address))


@contextmanager
def _fontconfig_file(path: str) -> Iterator[None]:
    """Fontconfig reads its file's name from the environment only, at the moment a configuration is made."""
    with _environment:
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = path
        try:
            yield
        finally:
            os.environ.pop("FONTCONFIG_FILE")
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


def _config_file(xml: str) -> str:
    """Write the configuration once, in a folder named by its content: a font cache remembers the rules."""
    folder = _cache_folder() / hashlib.sha256(xml.encode()).hexdigest()[:16]
    path = folder / "fonts.conf"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"fonts.{os.getpid()}"
        draft.write_text(xml.replace("{cache}", escape(str(folder))), encoding="utf-8")
        draft.replace(path)
    return str(path)


def _cache_folder() -> Path:
    """Where fontconfig keeps what it read of each file: without it every process reads 150 MB of fonts."""
    var = getattr(settings, "VAR", None)
    return Path(var or tempfile.gettempdir()) / "cache" / "fontconfig"


def _config_xml() -> str:
    places = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders())
    rules = "".join(_rule(role.family, chain(role), bold=role.bold) for role in ROLES)
    body = chain(ROLES[1])
    generic = "".join(_rule(name, body) for name in ("serif", "sans-serif", "monospace"))
    repairs = "".join(_repair(face) for face in catalogue())
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
    return f"{head}<fontconfig>{places}<cachedir>{{cache}}</cachedir>{repairs}{rules}{generic}</fontconfig>"


def _rule(family: str, names: list[str], *, bold: bool = False) -> str:
    """Replace a role's name by its chain; the strong binding keeps language and style from changing it."""
    strings = "".join(f"<string>{escape(name)}</string>" for name in names)
    weight = BOLD_EDIT if bold else ""
    return (
        f'<match target="pattern"><test name="family"><string>{escape(family)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong">{strings}</edit>{weight}</match>'
    )


def _repair(face: FontFile) -> str:
    """Tell fontconfig what is wrong about a file before it is put into the cache."""
    edits = BOLD_EDIT if face.mislabelled else ""
    if face.families & WITHOUT_LATIN:
        edits += NO_LATIN_EDIT
    if not edits:
        return ""
    test = f'<test name="file"><string>{escape(str(face.path))}</string></test>'
    return f'<match target="scan">{test}{edits}</match>'
