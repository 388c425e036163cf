"""WeasyPrint with less work for the same bytes: what none of our documents uses is left out, what is asked again and
again is remembered. `tests/pdf/test_lean.py` compares the bytes with those of the untouched library.

All of it holds for one version of WeasyPrint; another one runs as it is, slower, until each function named here was
looked at.
"""

from __future__ import annotations

import copy
import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.css
import weasyprint.draw.text
from weasyprint import CSS, HTML
from weasyprint.css.functions import check_math
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, background, block, column, flex, grid, inline, page, percent, table
from weasyprint.layout import float as floats
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

WRITTEN_FOR = "70.0"
UNUSED = {"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
LIST_ITEM = re.compile(r"<li[\s>]")
PSEUDO = 3  # where a compiled selector keeps the name of its pseudo-element
ORDER = 2  # and where its place among the rules of a sheet

_original_find_stylesheets = weasyprint.css.find_stylesheets
_original_resolve_percentages = percent.resolve_percentages
_original_avoid_collisions = floats.avoid_collisions
_original_layout_box_backgrounds = background.layout_box_backgrounds
_original_to_bytes = pydyf._to_bytes
_original_is_in_normal_flow = boxes.Box.is_in_normal_flow
_original_setup = line_break.Layout.setup
_original_deactivate = line_break.Layout.deactivate
_original_reactivate = line_break.Layout.reactivate


def install() -> None:
    """Put the shorter ways in place; doing it twice changes nothing."""
    if weasyprint.__version__ != WRITTEN_FOR:
        return
    weasyprint.css.find_stylesheets = find_stylesheets
    for module in (absolute, block, column, flex, floats, grid, inline, page, percent, table):
        module.resolve_percentages = resolve_percentages
    block.avoid_collisions = inline.avoid_collisions = floats.avoid_collisions = avoid_collisions
    background.layout_box_backgrounds = layout_box_backgrounds
    boxes.Box.is_in_normal_flow = is_in_normal_flow
    pydyf._to_bytes = to_bytes
    line_break.Layout.setup = setup


def keep_lines() -> None:
    """Lines stay shaped until they are drawn: a tenth of the time, at three kilobytes a line. For chapters."""
    if weasyprint.__version__ != WRITTEN_FOR:
        return
    line_break.Layout.deactivate = _stay
    line_break.Layout.reactivate = _reactivate
    weasyprint.draw.text.pango = _Pango()


# --- style sheets -----------------------------------------------------------------------------------------------------


class Source(HTML):
    """A document's text; one with lists gets the whole sheet.

    Six rules of WeasyPrint's own sheet are for pseudo-elements of every element (footnote calls, list markers): each
    costs a style of its own for each cell of a table.
    """

    def __init__(self, string: str, fetcher: Any) -> None:
        self._has_lists = bool(LIST_ITEM.search(string))
        super().__init__(string=string, base_url=None, url_fetcher=fetcher)

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        sheets = super()._ua_stylesheets(forms)
        return sheets if self._has_lists else [_without_unused(sheet) for sheet in sheets]


def _without_unused(sheet: Any) -> Any:
    lean = copy.copy(sheet)
    lean.matcher = copy.copy(sheet.matcher)
    lean.matcher.other_selectors = [each for each in sheet.matcher.other_selectors if each[PSEUDO] not in UNUSED]
    return lean


@contextmanager
def rare_collections() -> Iterator[None]:
    """Layout makes millions of boxes that live to the end; looking through them for garbage costs a tenth."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def find_stylesheets(*arguments: Any) -> Iterator[Any]:
    """As the original, with the rules of all sheets in one: each element is matched once instead of once for each."""
    sheets = list(_original_find_stylesheets(*arguments))
    if not sheets or any(each.layers for each in sheets):
        yield from sheets
        return
    joined = copy.copy(sheets[0])
    joined.matcher = _joined([each.matcher for each in sheets])
    yield joined


def _joined(matchers: Iterable[Any]) -> Any:
    """One matcher with the rules of all in their order."""
    whole = type(next(iter(matchers)))()
    for matcher in matchers:
        for name in ("id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors"):
            for key, entries in getattr(matcher, name).items():
                getattr(whole, name).setdefault(key, []).extend(_moved(entries, whole.order))
        for name in ("lang_attr_selectors", "other_selectors"):
            getattr(whole, name).extend(_moved(getattr(matcher, name), whole.order))
        whole.order += matcher.order
    return whole


def _moved(entries: Iterable[tuple], by: int) -> list[tuple]:
    return [(*entry[:ORDER], entry[ORDER] + by, *entry[ORDER + 1 :]) for entry in entries]


class RememberedSheets:
    """Chapters of a volume have the same sheets: each is parsed once. Takes the place of `CSS` in a child."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}

    def install(self) -> None:
        weasyprint.css.CSS = self

    def __call__(self, *, url: str = "", page_rules: list, **options: Any) -> Any:
        if not url:
            return CSS(page_rules=page_rules, **options)
        if url not in self.known:
            self.known[url] = CSS(url=url, **{**options, "page_rules": [], "layers": []})
        known = self.known[url]
        page_rules += known.page_rules
        found = copy.copy(known)
        found.page_rules = page_rules
        return found


# --- boxes ------------------------------------------------------------------------------------------------------------

LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """As the original; lengths of a style without percentages are looked up once and not for each of its boxes."""
    if not isinstance(box, boxes.Box):  # the place of one that is positioned: its attributes are another's
        _original_resolve_percentages(box, containing_block)
        return
    style = box.style
    try:
        fixed, borders = style.fixed_lengths
    except AttributeError:
        fixed, borders = style.fixed_lengths = _fixed_lengths(style)
    if fixed is None or isinstance(box, boxes.PageBox):
        _original_resolve_percentages(box, containing_block)
        return
    known = box.__dict__
    known.update(fixed)
    if style["border_collapse"] == "collapse":
        for name, width in borders.items():  # conflicts between borders have been decided before
            if name not in known and not hasattr(box, name):
                known[name] = width
    else:
        known.update(borders)


def _fixed_lengths(style: Any) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Used lengths and border widths, no lengths for a style where they depend on the box around."""
    fixed = {name: _fixed(style[name]) for name in LENGTHS}
    if style["box_sizing"] != "content-box" or ... in fixed.values():
        return None, {}
    for name in ("min_width", "min_height"):
        fixed[name] = 0 if fixed[name] == "auto" else fixed[name]
    return fixed, {name: style[name] for name in BORDERS}


def _fixed(value: Any) -> Any:
    """Pixels, "auto" or None; the ellipsis for what has to be worked out."""
    if value is None or value == "auto":
        return value
    return ... if check_math(value) or value.unit.lower() != "px" else value.value


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple:
    """As the original; where nothing floats a line has nothing to collide with."""
    if context.excluded_shapes or not isinstance(box, boxes.LineBox) or containing_block.style["direction"] != "ltr":
        return _original_avoid_collisions(context, box, containing_block, outer)
    left = containing_block.content_box_x()
    right = left + containing_block.width
    if outer:
        return left, box.position_y, right - left
    left, right = left + box.margin_left, right - box.margin_right
    return left - box.margin_left, box.border_box_y() - box.margin_top, right - left


def is_in_normal_flow(box: Any) -> bool:
    """As the original, the usual case first."""
    style = box.style
    if style["float"] == "none" and style["position"] in ("static", "relative"):
        return True
    return _original_is_in_normal_flow(box)


CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
SQUARE = dict.fromkeys(CORNERS, (0, 0))


def layout_box_backgrounds(page: Any, box: Any, images: Any, layout_children: bool = True, style: Any = None) -> None:
    """As the original; a style with nothing behind its boxes is looked at once and not for each of them."""
    real = layout_children and box is not page and isinstance(box, boxes.Box)
    if style is not None or not real or not _nothing_behind(box.style):
        _original_layout_box_backgrounds(page, box, images, layout_children, style)
        return
    box.__dict__.update(SQUARE)
    for child in box.all_children():
        layout_box_backgrounds(page, child, images)
    box.background = None


def _nothing_behind(style: Any) -> bool:
    try:
        return style.nothing_behind
    except AttributeError:
        style.nothing_behind = (
            all((0, "px") in style[corner] for corner in CORNERS)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and style["visibility"] != "hidden"
            and not any(value for _, value in style["background_image"])
            and get_color(style, "background_color").alpha == 0
            and not style["box_shadow"]
        )
    return style.nothing_behind


# --- lines ------------------------------------------------------------------------------------------------------------

PARAGRAPH_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def setup(layout: Any, style: Any) -> None:
    """As the original; Pango's context and the description of the font are made once for each style."""
    if style["text_decoration_line"] != "none":
        _original_setup(layout, style)
        return
    try:
        language, context, description, features = style.pango_facts
    except AttributeError:
        language, context, description, features = style.pango_facts = _pango_facts(style)
    layout.style, layout.first_line_direction, layout.language = style, 0, language
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, description)
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    if features is not None:
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, features)
        pango.pango_layout_set_attributes(layout.layout, attributes)


def _pango_facts(style: Any) -> tuple[Any, Any, Any, Any]:
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    name = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    if name:
        pointer, _kept = unicode_to_char_p(name)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    return language, context, get_font_description(style), _features(style)


def _features(style: Any) -> Any:
    kinds = ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")
    variants = (style[f"font_variant_{kind}"] for kind in kinds)
    chosen = font_features(style["font_kerning"], *variants, style["font_feature_settings"])
    if not chosen:
        return None
    words = ",".join(f"{key} {value}" for key, value in chosen.items()).encode()
    known = style.font_config.font_features
    if words not in known:
        known[words] = pango.pango_attr_font_features_new(words)
    return known[words]


def _stay(layout: Any) -> None:
    """The line is drawn from the layout that measured it."""


def _reactivate(layout: Any, style: Any) -> None:
    """Nothing when the line is the one that was measured; else as the original."""
    if layout.style is style and not layout.justification_spacing and not PARAGRAPH_ENDS.search(layout.text):
        if pango.pango_layout_get_line_readonly(layout.layout, 1) != ffi.NULL:
            pango.pango_layout_set_width(layout.layout, -1)
        return
    _original_reactivate(layout, style)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)


class _Pango:
    """Pango as the drawing of text sees it: the mode it sets makes Pango shape the line once more."""

    def __getattr__(self, name: str) -> Any:
        found = getattr(pango, name)
        setattr(self, name, found)
        return found

    def pango_layout_set_single_paragraph_mode(self, layout: Any, wanted: bool) -> None:
        """`_reactivate` sets it where it makes a difference."""


# --- writing ----------------------------------------------------------------------------------------------------------


def to_bytes(item: Any) -> bytes:
    """As the original, what a page is mostly made of first."""
    kind = type(item)
    if kind is str:
        return item.encode("ascii")
    if kind is float and not item.is_integer():
        return f"{item:f}".rstrip("0").encode("ascii")
    return item if kind is bytes else _original_to_bytes(item)
