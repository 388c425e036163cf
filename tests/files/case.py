"""One file of the corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile


@dataclass(frozen=True)
class Case:
    """`says` is a part of the sentence with which the file is refused, empty where any sentence will do."""

    label: str
    name: str
    build: Callable[[], bytes]
    says: str = ""

    def upload(self) -> SimpleUploadedFile:
        return SimpleUploadedFile(self.name, self.build())

    def __str__(self) -> str:
        return self.label
