"""An undefined variable in one of our own templates is an error; in a library's template it stays silent."""

from __future__ import annotations

import inspect

from django.template import engines


class UndefinedVariable(Exception):
    pass


class Marker(str):
    """Django formats `string_if_invalid % variable` when it meets an undefined one."""

    def __bool__(self) -> bool:
        return True  # Django skips an empty marker

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        origin = template_of_caller()
        if "site-packages" in origin:
            return ""
        raise UndefinedVariable(f"{variable} in {origin}")


def template_of_caller() -> str:
    for frame in inspect.stack()[2:8]:
        context = frame.frame.f_locals.get("context")
        template = getattr(getattr(context, "render_context", None), "template", None)
        if template is not None:
            return str(template.origin)
    return "unknown template"


def install() -> None:
    import django

    django.setup()
    engines["django"].engine.string_if_invalid = Marker("")
