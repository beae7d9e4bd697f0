"""Parts of a page: brought in cheaply, and drawn once where they always look the same."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from types import FunctionType
from typing import Any

from flask import Flask
from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro, Undefined
from markupsafe import Markup, _escape_inner, escape

KEPT = 1000
# What a template calls most: its parts, parts that are drawn once, and functions.
PARTS = {Macro, type(lru_cache(len)), FunctionType}
# How the commonest values are written. Undefined is what follows an `if` without an `else`;
# `_escape_inner` is what `escape` calls for a string, in the version that requirements.txt names.
AS_TEXT: dict[type, Callable[[Any], str]] = {
    str: _escape_inner, Markup: str.__str__, Undefined: str, int: str,
}  # fmt: skip


class Drawing(Context):
    """A template at work. It calls a part straight away.

    Jinja first asks in five ways whether what is called wants to know the template. No part
    does, and a function says so itself.
    """

    def call(
        self, called: Callable[..., Any], /, *given: Any,
        _loop_vars: Any = None, _block_vars: Any = None, **named: Any,
    ) -> Any:  # fmt: skip
        """Call it with what the template gives, and with its variables only where Jinja must."""
        if type(called) in PARTS and not hasattr(called, "jinja_pass_arg"):
            return called(*given, **named)
        return super().call(called, *given, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)


class Written(CodeGenerator):
    """A template as Python, in which `escaped` stands where Jinja writes `escape`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Part(Template):
    """A template that gives its parts to others."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        # All know the same names: it need not look which the other has beside them.
        return super()._get_default_module()


class Parts(Environment):
    """Where templates come from. All of them know the same names, which are all there at the start.

    Jinja lets each look them up in the environment's as they are at that moment; copied once
    for each template, they cost a page with ten parts a twentieth less.
    """

    context_class = Drawing
    code_generator_class = Written
    template_class = Part

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self._found: dict[str, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: Any = None
    ) -> Template:
        """Return a template. Once found it stays, but for whoever works on it."""
        if isinstance(name, Template) or globals or self.auto_reload:
            return super().get_template(name, parent, globals)
        if name not in self._found:
            self._found[name] = super().get_template(name, parent)
        return self._found[name]

    @staticmethod
    def escaped(value: Any) -> str:
        """Return what stands in the page for a value: as `escape` says it, but as plain text.

        To mark a piece of a page as markup, only to join it with the next, costs more than
        to escape it.
        """
        return AS_TEXT.get(type(value), escape)(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names that a template knows."""
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    """Let a template draw one of its parts once."""
    app.add_template_global(once)


def once(part: Callable[..., Markup]) -> Callable[..., Markup]:
    """Return a part that remembers how it looks for the values it was given, KEPT of them.

    Only for a part that shows nothing but these values: no request, no clock, no one's rights.
    """
    # Text and markup of the same letters are not the same: only one of them is escaped.
    kept: Callable[..., Any] = lru_cache(KEPT, typed=True)(part)
    return kept
