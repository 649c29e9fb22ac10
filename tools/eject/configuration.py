"""A stack's Terraform JSON as files of HCL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tools.eject import hcl
from tools.eject.expressions import Expressions
from tools.eject.hcl import Statement
from tools.eject.shapes import Shape, Shapes
from tools.eject.templates import quoted
from tools.refused import Refused
from tools.terraform_json import COMMENT, labelled

FILES = {
    "terraform": "terraform.tf",
    "provider": "providers.tf",
    "variable": "variables.tf",
    "output": "outputs.tf",
}
"""Where each kind of block stands, by HashiCorp's style guide; all others are in main.tf.

https://developer.hashicorp.com/terraform/language/style#file-names (read 2026-11)
"""

_MAIN = "main.tf"
_FIRST = ("count", "for_each", "provider")
_LAST = ("depends_on",)
_JSON_BY_MEANING = {"assume_role_policy", "container_definitions", "policy"}
"""Arguments of which the AWS provider compares the JSON, not the text."""

_DEPLOY = re.compile(r"\b(?:npx )?cdktf deploy ([\w-]+)")


def files(content: Mapping[str, Any], shapes: Shapes) -> dict[str, str]:
    """The text of each file, before `terraform fmt`.

    Raises:
        Refused: there is a kind of block that is not known here.
    """
    statements: dict[str, list[Statement]] = {}
    bodies = _Bodies(shapes)
    for kind, value in content.items():
        if kind != COMMENT:
            statements.setdefault(FILES.get(kind, _MAIN), []).extend(bodies.top(kind, value))
    return {name: hcl.written(each) for name, each in statements.items() if each}


class _Bodies(NamedTuple):
    shapes: Shapes

    def top(self, kind: str, value: Any) -> Iterator[Statement]:
        shape = self.shapes.of(kind)
        if shape is None:
            cure = "leave it out of the stack, and write it by hand"
            raise Refused(f"the block '{kind}' has no known way into HCL; {cure}")
        for labels, body in labelled(value, shape.labels):
            yield self._block(kind, labels, body, self.shapes.of(kind, labels) or shape)

    def _block(
        self, kind: str, labels: Sequence[str], body: Mapping[str, Any], shape: Shape
    ) -> Statement:
        return hcl.block(kind, [quoted([label]) for label in labels], self._statements(body, shape))

    def _statements(self, body: Mapping[str, Any], shape: Shape) -> Iterator[Statement]:
        """Arguments, then blocks, each in the order that they have; dependencies last."""
        arguments = [name for name in body if name != COMMENT and not shape.of_block(name)]
        first = [name for name in _FIRST if name in arguments]
        last = [name for name in _LAST if name in arguments]
        middle = [name for name in arguments if name not in (*first, *last)]
        for name in (*first, *middle):
            yield self._argument(name, body[name], shape)
        for name, value in body.items():
            yield from self._blocks(name, value, shape)
        for name in last:
            yield self._argument(name, body[name], shape)

    def _argument(self, name: str, value: Any, shape: Shape) -> Statement:
        if name == "error_message" and isinstance(value, str):
            value = _DEPLOY.sub(r"cd ../\1 && terraform init && terraform apply", value)
        expressions = Expressions(self.shapes.is_string)
        by_meaning = bool(shape.schema) and name in _JSON_BY_MEANING
        strings = shape.of_argument(name)
        return hcl.argument(name, expressions.of(value, strings, json_by_meaning=by_meaning))

    def _blocks(self, name: str, value: Any, shape: Shape) -> Iterator[Statement]:
        inner = shape.of_block(name)
        if inner is None:
            return
        for labels, body in labelled(value, inner.labels):
            of_label = shape.of_dynamic(labels[0]) if name == "dynamic" else inner
            yield self._block(name, labels, body, of_label)
