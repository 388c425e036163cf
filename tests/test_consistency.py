"""Laws about the code base itself (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template import engines

ROOT = Path(settings.ROOT)
OWN = [*settings.APPS, "liaison", "script", "bench"]
SOURCES = [path for folder in OWN for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FILE_LIMIT, FUNCTION_LIMIT, TEMPLATE_LIMIT = 600, 60, 150


def names(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


def functions(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_file_and_no_function_outgrows_its_limit():
    files = [path for path in SOURCES if path.read_text().count("\n") > FILE_LIMIT]
    long = [name for path in SOURCES for name, length in functions(path) if length > FUNCTION_LIMIT]
    templates = [path for path in TEMPLATES if path.read_text().count("\n") > TEMPLATE_LIMIT]
    assert (names(files), long, names(templates)) == ([], [], [])


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_no_template_has_inline_style_or_script(path):
    text = path.read_text()
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert not [each for each in inline if "documents" not in path.parts]


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_every_template_compiles_and_is_used(path):
    name = str(path.relative_to(ROOT / "templates"))
    engines["django"].get_template(name)
    django_finds = re.match(r"(4|5)\d\d(_csrf)?\.html|bootstrap5/|django/|documents/", name)
    assert django_finds or name in everything_written(), f"{name} is not used anywhere"


def everything_written(cache=[]):  # noqa: B006
    """All sources and templates as one text, read once."""
    if not cache:
        cache.append("".join(path.read_text() for path in [*SOURCES, *TEMPLATES]))
    return cache[0]


def test_no_template_marks_text_as_safe():
    guilty = [path for path in TEMPLATES if re.search(r"\|\s*safe\b|autoescape off", path.read_text())]
    assert names(guilty) == []


def test_the_layers_hold():
    checked = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_state_field_has_a_check_constraint():
    """A state the code does not know can not be stored, whoever writes it."""
    from core.models import Stateful

    stateful = [model for model in apps.get_models() if issubclass(model, Stateful)]
    unchecked = [
        model.__name__
        for model in stateful
        if not any(each.name.endswith("_state_declared") for each in model._meta.constraints)
    ]
    assert stateful and not unchecked


def test_database_names_fit_every_engine_of_the_family():
    """Some PostgreSQL-family engines cut names after 30 characters (domain.md XC-02)."""
    long = [
        each.name
        for label in settings.APPS
        for model in apps.get_app_config(label).get_models()
        for each in [*model._meta.constraints, *model._meta.indexes]
        if len(each.name) > 30
    ]
    assert long == []


SERVICES = [path for path in SOURCES if path.name == "services.py" or "services" in path.parts]


def test_writes_name_who_does_it():
    """In a public service `by` is a keyword, so that no call can mix up actor and object."""
    loose = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in SERVICES
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and is_write(node) and any(arg.arg == "by" for arg in node.args.args)
    ]
    assert SERVICES and loose == []


def is_write(node: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(each) for each in node.decorator_list)


def test_services_know_no_requests_no_forms_and_no_tasks():
    forbidden = re.compile(r"^(from|import) (django\.(http|forms|shortcuts)|celery|\w+\.(tasks|forms|views))\b", re.M)
    guilty = [path for path in SERVICES if forbidden.search(path.read_text())]
    assert names(guilty) == []
