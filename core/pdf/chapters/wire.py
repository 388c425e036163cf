"""Messages between a volume's parent and its children: a JSON head and a body of bytes, each with its length."""

from __future__ import annotations

import hashlib
import json
import struct
from typing import IO, Any

LENGTHS = struct.Struct(">II")


def send(pipe: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    said = json.dumps(head, ensure_ascii=False).encode()
    pipe.write(LENGTHS.pack(len(said), len(body)) + said + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message, or None when the other side is gone."""
    lengths = pipe.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head_length, body_length = LENGTHS.unpack(lengths)
    said, body = pipe.read(head_length), pipe.read(body_length)
    if len(said) < head_length or len(body) < body_length:
        return None
    return json.loads(said), body


def file_name(url: str, suffix: str) -> str:
    """Under which name the parent puts what a chapter reads into the children's folder."""
    return hashlib.sha256(url.encode()).hexdigest() + suffix
