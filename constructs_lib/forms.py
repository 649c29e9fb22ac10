"""How the value of an argument becomes AWS's JSON, and how it is read back from there.

`render` also notes in `named` which argument stands behind each place of the JSON, so that what is
wrong with the JSON is said of what the user wrote. A value that does not have the form (a list
where a mapping belongs, AWS's own JSON instead of a class) goes through as it is: the check of
shape says what is wrong with it, if anything is. `parse` gives back what `render` takes, or raises
`NotThisForm` where only AWS's own JSON can say it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from constructs_lib.arguments import Arguments
from constructs_lib.errors import Problem
from constructs_lib.findings import Path

Named = dict[Path, str]


class NotThisForm(Exception):
    """AWS's JSON holds something that this form has no words for."""


class Form:
    """A value that is the same in Python and in AWS's JSON. `type` is what a reader is told."""

    def __init__(self, type: str) -> None:
        self.type = type

    def render(self, value: Any, at: Path, argument: str, named: Named) -> Any:
        return _plain(value)

    def parse(self, value: Any) -> Any:
        return value

    def problems(self, argument: str, value: Any) -> Iterator[Problem]:
        """What is wrong with a flag or a list that has no place in AWS's JSON.

        What has a place there is checked there.
        """
        if self.type == "bool" and type(value) is not bool:
            yield Problem(argument, "must be True or False", value, "choose one")
        if self.type.startswith("list of ") and not is_list(value):
            yield Problem(argument, "must be a list", value, "write it in square brackets")
        elif self.type == "list of str":
            for index, item in enumerate(value):
                if not isinstance(item, str):
                    place, cure = f"{argument}[{index}]", "write it in quotes"
                    yield Problem(place, "must be a string", item, cure)


class Structure(Form):
    """One instance of a class of arguments."""

    def __init__(self, of: type[Arguments]) -> None:
        super().__init__(of.__name__)
        self.of = of

    def render(self, value: Any, at: Path, argument: str, named: Named) -> Any:
        if isinstance(value, self.of):
            return render(value, at, f"{argument}.", named)
        if isinstance(value, Arguments):
            return value  # of another class, which no check takes
        return _plain(value)

    def parse(self, value: Any) -> Any:
        return parse(self.of, value)


class ListOf(Form):
    """A list whose items all have one form."""

    def __init__(self, item: Form) -> None:
        super().__init__(f"list of {item.type}")
        self.item = item

    def render(self, value: Any, at: Path, argument: str, named: Named) -> Any:
        if not is_list(value):
            return _plain(value)
        items = []
        for index, item in enumerate(value):
            place, name = (*at, index), f"{argument}[{index}]"
            named[place] = name
            items.append(self.item.render(item, place, name, named))
        return items

    def parse(self, value: Any) -> Any:
        return [self.item.parse(item) for item in value]


class Pairs(Form):
    """A mapping, or a list of pairs where one key may stand twice; in AWS's JSON, a list."""

    def __init__(self, key: str, value: str, says: str) -> None:
        super().__init__(says)
        self.key = key
        self.value = value

    def render(self, value: Any, at: Path, argument: str, named: Named) -> Any:
        by_name = isinstance(value, Mapping)
        if by_name:
            value = list(value.items())
        if not is_list(value):
            return _plain(value)
        items = []
        for index, item in enumerate(value):
            place = (*at, index)
            if isinstance(item, tuple) and len(item) == 2:
                name, content = item
                pair = f"{argument}[{name!r}]" if by_name else f"{argument}[{index}]"
                named |= dict.fromkeys((place, (*place, self.key), (*place, self.value)), pair)
                items.append({self.key: _plain(name), self.value: _plain(content)})
            else:
                named[place] = f"{argument}[{index}]"
                items.append(_plain(item))
        return items

    def parse(self, value: Any) -> Any:
        pairs = []
        for item in value:
            if not isinstance(item, Mapping) or set(item) != {self.key, self.value}:
                raise NotThisForm
            pairs.append((item[self.key], item[self.value]))
        mapping = dict(pairs)
        return mapping if len(mapping) == len(pairs) else pairs


class Within(Form):
    """A single value that AWS wraps in an object of one key, beside constants."""

    def __init__(self, key: str, type: str, constants: Mapping[str, str] | None = None) -> None:
        super().__init__(type)
        self.key = key
        self.constants = dict(constants or {})

    def render(self, value: Any, at: Path, argument: str, named: Named) -> Any:
        if isinstance(value, Mapping):
            return _plain(value)
        named |= {(*at, self.key): argument}
        return {self.key: _plain(value), **self.constants}

    def parse(self, value: Any) -> Any:
        if set(value) != {self.key, *self.constants}:
            raise NotThisForm
        if any(value[name] != constant for name, constant in self.constants.items()):
            raise NotThisForm
        return value[self.key]


def render(
    arguments: Arguments,
    at: Path,
    prefix: str,
    named: Named,
    only: Collection[str] | None = None,
) -> dict[str, Any]:
    """The AWS JSON of the arguments that were given and have a place in it; None is left out.

    `only` limits it to some arguments, by name.
    """
    json: dict[str, Any] = {}
    if only is None:  # a sentence may send to one that was not given
        declared = arguments.declared.values()
        named |= {(*at, each.aws): prefix + each.name for each in declared if each.aws}
    for name, value in arguments.given.items():
        known = type(arguments).declared.get(name)
        if known is None or not known.aws or (only is not None and name not in only):
            continue
        place = (*at, known.aws)
        named[place] = f"{prefix}{name}"
        if value is None:
            continue
        form = known.form or _AS_IT_IS
        json[known.aws] = form.render(value, place, f"{prefix}{name}", named)
    return json


def parse(of: type[Arguments], json: Any) -> Any:
    """The arguments that render to `json`; what they have no words for stays AWS's JSON."""
    if not isinstance(json, Mapping):
        return json
    by_aws = {known.aws: known for known in of.declared.values() if known.aws}
    if not set(json) <= set(by_aws):
        return json
    given = {}
    for known in by_aws.values():
        if known.aws not in json:
            continue
        try:
            given[known.name] = (known.form or _AS_IT_IS).parse(json[known.aws])
        except NotThisForm:
            given[known.name] = json[known.aws]
    return of(**given)


def is_list(value: Any) -> bool:
    """Whether the value becomes a list of JSON."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _plain(value: Any) -> Any:
    """Tuples as lists, mappings as dicts, all the way down: JSON has no others."""
    if isinstance(value, Arguments):
        return render(value, (), "", {})
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if is_list(value):
        return [_plain(item) for item in value]
    return value


_AS_IT_IS = Form("any")
STRING = Form("str")
INTEGER = Form("int")
BOOLEAN = Form("bool")
STRINGS = Form("list of str")
INTEGERS = Form("list of int")
STRING_MAP = Form("mapping of str to str")
