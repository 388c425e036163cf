"""No act, list or rule is shown to the office under its programming name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from audit import labels
from core.models import Stateful
from organisation import lists
from organisation.models import Code, Rule

LATIN = re.compile("[A-Za-z]")
#: record("thing.verb" and record(f"thing.{…}": the thing is what must have a name.
CALL = re.compile(r'record\(\s*f?"([a-z_]+)\.([a-z_]+)?')


def recorded() -> set[str]:
    sources = [path.read_text() for app in settings.APPS for path in (Path(settings.ROOT) / app).rglob("*.py")]
    found = {match for text in sources for match in CALL.findall(text)}
    return {f"{thing}.{verb or 'update'}" for thing, verb in found}


@pytest.mark.parametrize("action", sorted(recorded()))
def test_every_recorded_act_has_a_chinese_name(action):
    assert not LATIN.search(labels.label(action))


@pytest.mark.parametrize("model", [each for each in apps.get_models() if issubclass(each, Stateful)])
def test_every_transition_has_a_chinese_name(model):
    assert not LATIN.search(labels.label(f"{model._meta.model_name}.step", "步骤"))


@pytest.mark.django_db
def test_every_shipped_list_and_rule_has_a_chinese_name():
    kinds = set(Code.objects.values_list("kind", flat=True))
    keys = set(Rule.objects.values_list("key", flat=True))
    names = [lists.code_list(kind).label for kind in kinds] + [lists.rule_name(key).label for key in keys]
    assert names and not [name for name in names if LATIN.search(name)]
