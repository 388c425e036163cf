"""Drawn pictures that stand for photos: landscapes for visits outside, a table with people for meetings."""

from __future__ import annotations

import io
from math import sin
from random import Random

from PIL import Image, ImageDraw

SIZE = (1200, 800)
OUTSIDE = frozenset({"inspection", "research", "outreach", "study_tour", "visit_household", "welfare"})
SKIES = ((214, 229, 240), (232, 226, 210), (205, 222, 228), (238, 221, 205))
HILLS = ((126, 158, 140), (96, 134, 116), (72, 110, 92), (120, 140, 160))
COATS = ((61, 84, 118), (112, 72, 66), (84, 98, 80), (96, 88, 104), (140, 110, 70), (58, 92, 96))


def draw(kind: str, chance: Random) -> bytes:
    """A JPEG; the same chance draws the same picture."""
    picture = Image.new("RGB", SIZE, chance.choice(SKIES))
    pen = ImageDraw.Draw(picture)
    if kind in OUTSIDE:
        landscape(pen, chance)
    else:
        meeting(pen, chance)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=82)
    return buffer.getvalue()


def landscape(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    """Sun, three ridges, a field with rows and some people on the path."""
    width, height = SIZE
    x, y = chance.randint(150, 1000), chance.randint(90, 200)
    pen.ellipse((x - 55, y - 55, x + 55, y + 55), fill=(247, 236, 205))
    for depth in range(3):
        ridge(pen, 300 + 90 * depth, HILLS[(depth + chance.randint(0, 1)) % len(HILLS)], chance)
    pen.rectangle((0, 600, width, height), fill=(168, 176, 118))
    for row in range(9):
        pen.line((row * 150 - 100, height, 480 + row * 30, 600), fill=(142, 152, 98), width=5)
    for place in range(chance.randint(4, 7)):
        person(pen, 220 + place * 120 + chance.randint(-18, 18), 590 + chance.randint(0, 30), 0.8, chance)


def ridge(pen: ImageDraw.ImageDraw, level: int, colour: tuple[int, int, int], chance: Random) -> None:
    wave, shift = chance.uniform(0.004, 0.009), chance.uniform(0, 6)
    points = [(x, level + 55 * sin(x * wave + shift) + 18 * sin(x * wave * 3)) for x in range(0, SIZE[0] + 20, 20)]
    pen.polygon([(0, SIZE[1]), *points, (SIZE[0], SIZE[1])], fill=colour)


def meeting(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    """A room with a window, a board, people behind a long table with papers."""
    width, height = SIZE
    pen.rectangle((0, 0, width, height), fill=(236, 231, 222))
    for left in (90, 900):
        pen.rectangle((left, 110, left + 210, 330), fill=(203, 221, 232), outline=(150, 140, 126), width=8)
        pen.line((left + 105, 110, left + 105, 330), fill=(150, 140, 126), width=6)
    pen.rectangle((400, 90, 800, 300), fill=(250, 249, 245), outline=(128, 116, 100), width=8)
    for row in range(4):
        pen.line((440, 140 + row * 36, 440 + chance.randint(180, 310), 140 + row * 36), fill=(168, 160, 150), width=7)
    for place in range(7):
        person(pen, 150 + place * 150 + chance.randint(-12, 12), 470, 1.5, chance)
    pen.polygon([(70, 520), (1130, 520), (width, 720), (0, 720)], fill=(156, 118, 84))
    pen.rectangle((0, 720, width, height), fill=(128, 94, 66))
    for place in range(7):
        left = 130 + place * 145
        pen.polygon([(left, 560), (left + 70, 560), (left + 62, 610), (left - 8, 610)], fill=(247, 246, 240))


def person(pen: ImageDraw.ImageDraw, x: int, y: int, scale: float, chance: Random) -> None:
    head, body = 22 * scale, 62 * scale
    pen.rounded_rectangle((x - body / 2, y, x + body / 2, y + body * 1.5), radius=16 * scale, fill=chance.choice(COATS))
    pen.ellipse((x - head, y - head * 1.9, x + head, y + head * 0.1), fill=(226, 192, 164))
    pen.pieslice((x - head, y - head * 1.9, x + head, y + head * 0.1), 180, 360, fill=(54, 46, 42))


def captions(kind: str, title: str) -> list[str]:
    """What is written below the pictures of one activity."""
    if kind in OUTSIDE:
        return [f"{title}现场", "委员与群众交谈", "察看现场情况"]
    return [f"{title}会场", "委员发言", "分组讨论"]
