"""The house as text: its files, and how many lines of code they hold."""

import ast
import io
import tokenize
from pathlib import Path

HOUSE = Path(__file__).parents[2]
ROOMS = ("panel", "sandbox", "bench", "tests")
LEFT_OUT = ("panel/db/migrations/",)

_SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}
_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(path: Path) -> str:
    """Return the path as the house says it: `panel/web/profile.py`."""
    return path.relative_to(HOUSE).as_posix()


def python_files(*rooms: str) -> list[Path]:
    """Return every Python file of these rooms, migrations left out."""
    found = (path for room in rooms for path in (HOUSE / room).rglob("*.py"))
    return sorted(path for path in found if not name_of(path).startswith(LEFT_OUT))


def templates() -> list[Path]:
    return sorted((HOUSE / "templates").rglob("*.*"))


def module_of(path: Path) -> str:
    """Return the dotted name under which Python knows this file."""
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def code_lines(text: str) -> set[int]:
    """Return the numbers of the lines that hold code: no blanks, comments, docstrings."""
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    blank = {number for number, line in enumerate(text.splitlines(), 1) if not line.strip()}
    return lines - blank - _docstring_lines(ast.parse(text))


def _docstring_lines(tree: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, _WITH_DOCSTRING) and ast.get_docstring(node, clean=False) is not None:
            lines.update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return lines
