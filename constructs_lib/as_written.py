"""What is wrong with AWS's JSON, in words of the entry that it came from."""

from __future__ import annotations

import re

from constructs_lib.arguments import Arguments
from constructs_lib.errors import Problem
from constructs_lib.forms import Form, Pairs, Structure
from constructs_lib.service import Service

_ITEM = re.compile(r"\[\d+\](\.[^.\[\]]+)?$")
"""The place of an item of a list, or of a member in one."""

_SIZES = ("cpu_units", "memory_mib")


def as_written(problem: Problem, service: Service) -> Problem:
    """The problem in words of what the user wrote, where AWS's JSON has another value or type."""
    argument, rule = problem.argument, problem.rule
    whole = _ITEM.sub("", argument)
    form, form_of_whole = (_form(each, service) for each in (argument, whole))
    given = service.given.get(argument)
    if isinstance(form, Pairs) and rule in ("must be a list", "must be an object"):
        return _no_pairs(argument, problem.value)
    of_item = ("must be an object", "is not known", "is required")
    if isinstance(form_of_whole, Pairs) and rule in of_item:
        return _no_pairs(whole, service.given.get(whole, problem.value))
    if rule == "must be an object":
        of = form if isinstance(form, Structure) else getattr(form_of_whole, "item", None)
        if isinstance(of, Structure):
            rule, cure = f"must be of the class {of.type}", f"write {of.type}(...)"
            return Problem(argument, rule, problem.value, cure)
    if argument in _SIZES and rule == "must be a string":
        rule, cure = "must be a number, or a string with its unit", "write 512, '1 vCPU' or '1 GB'"
        return Problem(argument, rule, given, cure)
    if argument == "port" and isinstance(problem.value, list):
        rule = "must be None where network_mode is 'none'"
        return Problem("port", rule, service.port, "write port=None, or take another network mode")
    if isinstance(given, str | int | float | Arguments):
        return problem._replace(value=given)
    return problem


def _form(argument: str, service: Service) -> Form | None:
    known = service.declared.get(argument.rpartition(".")[2])
    return known.form if known else None


def _no_pairs(argument: str, value: object) -> Problem:
    rule, cure = "must be a mapping of names to values", 'write {"NAME": "value"}'
    return Problem(argument, rule, value, cure)
