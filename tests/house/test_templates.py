"""Templates are plain: nothing inline, nothing unescaped, nothing unused."""

import re

import pytest

from tests.house.source import name_of, python_files, templates

BAD = {
    r"\|\s*safe\b": "|safe",
    r"\bautoescape\s+false": "autoescape false",
    r"<style\b": "an inline style sheet",
    r"\sstyle\s*=": "a style attribute",
    r"<script\b(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")": "an inline script",
    r"\son[a-z]+\s*=\s*[\"']": "an inline handler",
    r"(?:href|src|action)\s*=\s*[\"']\s*javascript:": "a javascript: address",
}
IMPORTED = re.compile(r"{%-?\s*from\s+\S+\s+import\s+(.+?)(?:\s+with(?:out)?\s+context)?\s*-?%}")
MODULE = re.compile(r"{%-?\s*import\s+\S+\s+as\s+(\w+)")


def inline(text: str) -> list[str]:
    """Say what a template holds that the browser must not obey or that is not escaped."""
    spoken = re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)
    return [said for pattern, said in BAD.items() if re.search(pattern, spoken, re.IGNORECASE)]


def unused(text: str) -> list[str]:
    """Return the macros that a template imports and does not use."""
    names = [
        one.split(" as ")[-1].strip() for line in IMPORTED.findall(text) for one in line.split(",")
    ]
    rest = MODULE.sub("", IMPORTED.sub("", text))
    return [n for n in names + MODULE.findall(text) if not re.search(rf"\b{n}\b", rest)]


@pytest.mark.parametrize(
    "text, said",
    [
        ("{{ name|safe }}", "|safe"),
        ("{% autoescape false %}", "autoescape false"),
        ("<style>p {}</style>", "an inline style sheet"),
        ('<p style="color: red">', "a style attribute"),
        ("<script>go()</script>", "an inline script"),
        ('<p onclick="go()">', "an inline handler"),
        ('<a href="javascript:go()">', "a javascript: address"),
    ],
)
def test_it_finds_what_is_inline(text, said):
    assert inline(text) == [said]


@pytest.mark.parametrize(
    "text", ['{% from "a.html" import field, b %}{{ b() }}', '{% import "a.html" as field %}']
)
def test_it_finds_an_unused_import(text):
    assert unused(text) == ["field"]


def test_it_lets_a_good_template_pass():
    good = '{% from "a" import b as c %}<script src="/x.js" defer></script>{{ c("on = x") }}'
    assert inline(good) + unused(good) == []


def test_templates_hold_nothing_inline():
    pages = [path for path in templates() if path.suffix == ".html"]
    assert {
        name_of(path): inline(path.read_text()) for path in pages if inline(path.read_text())
    } == {}


def test_templates_import_only_what_they_use():
    assert {
        name_of(path): unused(path.read_text()) for path in templates() if unused(path.read_text())
    } == {}


def test_no_code_marks_text_as_safe_by_hand():
    marked = [name_of(p) for p in python_files("panel") if "Markup(" in p.read_text()]
    assert marked == []
