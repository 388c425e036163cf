"""Tables of the similarity index: a copy of each received text, and the numbers it is found by."""

from __future__ import annotations

from django.db import models


class Text(models.Model):
    """One record of a source (`similar.sources`) as it was last handed in. Derived: it can be built anew at any time.

    Who may read it is asked of the source at every look, never of this row. `dated`: the day it was handed in.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    dated = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="similar_text_once")]

    def __str__(self) -> str:
        return self.title


class Gram(models.Model):
    """A text contains this pair of characters, or this fingerprint of a passage, as `similar.grams.number` gives it."""

    pk = models.CompositePrimaryKey("value", "text_id")
    value = models.IntegerField()
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="grams")

    def __str__(self) -> str:
        return f"{self.value} in {self.text_id}"


class Census(models.Model):
    """How often what occurs: the newest row counts. `counts`: pair, character or fingerprint → number of texts; the
    rare ones are left out.
    """

    texts = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.texts} texts, {len(self.counts)} common pairs"
