"""$filter: conditions on rows, read once and asked of each row."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.graph.refusals import bad_query
from sandbox.moments import read_instant
from sandbox.wishes import property_id

Row = Callable[[str], Any]  # the value of a path such as start/dateTime
Scope = dict[str, Any]  # "" is the row, others are the variables of any() and all()
Ask = Callable[[Scope], Any]


class PropertyId(str):
    """The id of an extended property: compared in its one spelling."""

    __slots__ = ()


_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<moment>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)"
    r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_@][\w./@]*)|(?P<sign>[(),:]))"
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a is not None and b is not None and a > b,
    "ge": lambda a, b: a is not None and b is not None and a >= b,
    "lt": lambda a, b: a is not None and b is not None and a < b,
    "le": lambda a, b: a is not None and b is not None and a <= b,
}
_FUNCTIONS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda a, b: b in a,
    "startswith": lambda a, b: a.startswith(b),
    "endswith": lambda a, b: a.endswith(b),
}
_CONSTANTS = {"true": True, "false": False, "null": None}


def read_filter(text: str) -> Callable[[Row], bool]:
    """The condition of a $filter. GraphError 400 if it cannot be read."""
    reader = _Reader(_tokens(text))
    ask = reader.any_of()
    if reader.tokens:
        raise bad_query(f"Syntax error in $filter near '{reader.tokens[0]}'.")
    return lambda row: bool(ask({"": row}))


def _tokens(text: str) -> list[str]:
    tokens, place = [], 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None:
            raise bad_query(f"Syntax error in $filter at position {place}.")
        tokens.append(found.group().strip())
        place = found.end()
    return tokens


class _Reader:
    """Recursive descent over the tokens; each method reads one kind of expression."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.variables: set[str] = set()

    def any_of(self) -> Ask:
        parts = [self.all_of()]
        while self.skip("or"):
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else lambda scope: any(one(scope) for one in parts)

    def all_of(self) -> Ask:
        parts = [self.condition()]
        while self.skip("and"):
            parts.append(self.condition())
        return parts[0] if len(parts) == 1 else lambda scope: all(one(scope) for one in parts)

    def condition(self) -> Ask:
        if self.skip("not"):
            inner = self.condition()
            return lambda scope: not inner(scope)
        if self.skip("("):
            inner = self.any_of()
            self.need(")")
            return inner
        return self.comparison()

    def comparison(self) -> Ask:
        left = self.operand()
        word = self.tokens[0].lower() if self.tokens else ""
        if word not in _COMPARE:
            return left
        self.tokens.pop(0)
        right, compare = self.operand(), _COMPARE[word]
        return lambda scope: _judged(compare, *_alike(left(scope), right(scope)))

    def operand(self) -> Ask:
        if not self.tokens:
            raise bad_query("Syntax error in $filter: it ends too early.")
        token = self.tokens.pop(0)
        if token[0] == "'":
            value: Any = token[1:-1].replace("''", "'")
            return lambda scope: value
        if token.lower() in _CONSTANTS:
            constant = _CONSTANTS[token.lower()]
            return lambda scope: constant
        if token[0].isdigit() or token[0] == "-":
            number = token if "-" in token[1:] else float(token)
            return lambda scope: number
        if self.tokens[:1] == ["("]:
            return self.call(token)
        return self.path(token)

    def path(self, token: str) -> Ask:
        if not (token[0].isalpha() or token[0] in "_@"):
            raise bad_query(f"Syntax error in $filter near '{token}'.")
        variable, _, rest = token.partition("/")
        if variable in self.variables:
            return lambda scope: walk(scope[variable], rest)
        return lambda scope: scope[""](token)

    def call(self, name: str) -> Ask:
        self.need("(")
        path, _, last = name.rpartition("/")
        if path and last.lower() in ("any", "all"):
            return self.each(path, any if last.lower() == "any" else all)
        arguments = [self.any_of()]
        while self.skip(","):
            arguments.append(self.any_of())
        self.need(")")
        if name.lower() in ("tolower", "toupper") and len(arguments) == 1:
            return arguments[0]
        function = _FUNCTIONS.get(name.lower())
        if function is None or len(arguments) != 2:
            raise bad_query(f"The function '{name}' is not known to $filter.")
        first, second = arguments
        return lambda scope: function(*_texts(first(scope), second(scope)))

    def each(self, path: str, judge: Callable[[Any], bool]) -> Ask:
        variable = self.tokens.pop(0) if self.tokens else ""
        self.need(":")
        self.variables.add(variable)
        inner = self.any_of()
        self.variables.discard(variable)
        self.need(")")
        rows = self.path(path)
        return lambda scope: judge(
            inner({**scope, variable: element}) for element in rows(scope) or ()
        )

    def skip(self, token: str) -> bool:
        if self.tokens and self.tokens[0].lower() == token:
            self.tokens.pop(0)
            return True
        return False

    def need(self, token: str) -> None:
        if not self.skip(token):
            raise bad_query(f"Syntax error in $filter: '{token}' is missing.")


def walk(value: Any, path: str) -> Any:
    """The value at a path below a JSON object."""
    for part in path.split("/") if path else ():
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _judged(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    try:
        return compare(left, right)
    except TypeError:
        raise bad_query("A $filter compares things of different types.") from None


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Both sides as they compare: moments as moments, text without regard to case."""
    if isinstance(right, datetime) and not isinstance(left, datetime):
        return _alike(right, left)[::-1]
    if isinstance(left, datetime):
        try:
            return left, read_instant(str(right))
        except ValueError:
            raise bad_query(f"'{right}' is not a moment.") from None
    if isinstance(left, PropertyId):
        return str(left), property_id(right)
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold(), right.casefold()
    return left, right


def _texts(left: Any, right: Any) -> tuple[str, str]:
    return str(left or "").casefold(), str(right or "").casefold()
