"""Every public function with its parameters, found by their signatures: none can be forgotten."""

import inspect
import re

import backcare_widgets
from backcare_widgets import Log, adherence, charts


def functions():
    """Return what a cell can call, by the name it is called by."""
    found = {}
    for prefix, names, owner in (
        ("", backcare_widgets.__all__, backcare_widgets),
        ("Log.", vars(Log), Log),
        ("adherence.", adherence.__all__, adherence),
        ("charts.", charts.__all__, charts),
    ):
        for name in names:
            value = getattr(owner, name)
            if not name.startswith("_") and inspect.isroutine(value):
                found[prefix + name] = value
    return found


def parameters(annotated=""):
    """Return "function.parameter" of all whose annotation has a match of `annotated`."""
    return {
        f"{name}.{parameter.name}"
        for name, function in functions().items()
        for parameter in inspect.signature(function).parameters.values()
        if parameter.name != "self" and re.search(annotated, str(parameter.annotation))
    }
