"""Which font a role gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from fontTools import subset

from core.pdf import fonts
from core.pdf.blocks import Paragraph

from .conftest import make

TEXT = "政协委员联络办公室年度工作总结正文"


@pytest.fixture
def office_font(tmp_path, settings):
    """A licensed FangSong in the office's folder: a few glyphs of the free one under the other name."""
    source = next(face.path for face in fonts.catalogue() if "FandolFang R" in face.families)
    options = subset.Options(name_IDs=["*"])
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=TEXT)
    subsetter.subset(font)
    for record in font["name"].names:
        record.string = "仿宋_GB2312" if record.isUnicode() else "FangSong_GB2312"
    (tmp_path / "office").mkdir()
    font.save(tmp_path / "office" / "office.ttf")
    settings.FONT_DIRS, settings.VAR = [tmp_path, *settings.FONT_DIRS], tmp_path
    return tmp_path / "office" / "office.ttf"


def test_every_role_has_a_font_made_for_it():
    assert {role.source for role in fonts.self_check()} <= {"free", "licensed"}


def test_title_is_bold_and_the_others_are_not():
    files = {role.role: Path(role.file).stem for role in fonts.self_check()}
    assert [role for role, file in files.items() if "Bold" in file] == ["Liaison Song Title"]


def test_fonts_are_subset_quickly():
    assert fonts.uses_harfbuzz_subset(), "apt-get install libharfbuzz-subset0"


def test_office_font_comes_first(office_font):
    found = {role.role: role for role in fonts.self_check()}["Liaison FangSong"]
    assert (found.file, found.source) == (str(office_font), "licensed")
    names = make([Paragraph("正文")]).fonts
    import subprocess

    print(subprocess.run(["fc-scan", str(office_font)], capture_output=True, text=True).stdout)
    assert any("GB2312" in name for name in names), names


def test_self_check_names_what_is_missing(monkeypatch):
    monkeypatch.setattr(fonts, "folders", list)
    assert {role.source for role in fonts.self_check()} == {"missing"}


def test_broken_file_is_passed_over(tmp_path, settings):
    (tmp_path / "broken.otf").write_bytes(b"OTTO nothing")
    settings.FONT_DIRS = [tmp_path, *settings.FONT_DIRS]
    assert {role.source for role in fonts.self_check()} <= {"free", "licensed"}


def test_catalogue_reads_what_the_settings_name():
    own = [Path(folder) for folder in settings.FONT_DIRS]
    assert any(face.path.is_relative_to(folder) for face in fonts.catalogue() for folder in own)
