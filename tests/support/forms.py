"""A form as a browser without JavaScript fills it in and sends it."""

from tests.support.pages import Tag, label_of


class Form:
    """One form of a page; its fields are filled by the words of their labels."""

    def __init__(self, tag: Tag, page: Tag, button: Tag) -> None:
        self._page, self._button = page, button
        self._fields = [one for one in page.walk() if self._belongs(one, tag)]
        self.action = button.attrs.get("formaction") or tag.attrs.get("action", "")
        self.method = (button.attrs.get("formmethod") or tag.attrs.get("method", "get")).upper()

    @staticmethod
    def _belongs(one: Tag, form: Tag) -> bool:
        if one.name not in ("input", "select", "textarea") or not one.attrs.get("name"):
            return False
        if "form" in one.attrs:
            return one.attrs["form"] == form.attrs.get("id")
        return any(one is inner for inner in form.walk())

    def data(self, typed: dict[str, object]) -> list[tuple[str, str]]:
        """Return the pairs that the browser would send, with `typed` by label or by name."""
        left = dict(typed)
        pairs = [pair for one in self._fields for pair in self._pairs(one, left)]
        assert not left, f"the form has no field {sorted(left)}"
        if self._button.attrs.get("name"):
            pairs.append((self._button.attrs["name"], self._button.attrs.get("value", "")))
        return pairs

    def _pairs(self, one: Tag, typed: dict[str, object]) -> list[tuple[str, str]]:
        name, kind = one.attrs["name"], one.attrs.get("type", "text")
        if "disabled" in one.attrs or kind in ("submit", "image", "file"):
            return []
        given = [key for key in (label_of(one, self._page), name) if key in typed]
        if kind in ("checkbox", "radio"):
            return self._tick(one, typed, given)
        value = typed.pop(given[0]) if given else self._value(one)
        return [(name, _chosen(one, str(value)))]

    @staticmethod
    def _tick(one: Tag, typed: dict[str, object], given: list[str]) -> list[tuple[str, str]]:
        value = one.attrs.get("value", "on")
        ticked = "checked" in one.attrs
        if given:
            wish = typed[given[0]]
            if isinstance(wish, bool):
                ticked = bool(typed.pop(given[0]))
            else:
                ticked = value == str(wish)
                if ticked:
                    typed.pop(given[0])
        return [(one.attrs["name"], value)] if ticked else []

    @staticmethod
    def _value(one: Tag) -> str:
        if one.name == "textarea":
            return "".join(child for child in one.children if isinstance(child, str))
        if one.name == "select":
            options = one.all("option")
            marked = [option for option in options if "selected" in option.attrs]
            return _worth((marked or options)[0]) if options else ""
        return one.attrs.get("value", "")


def _chosen(one: Tag, value: str) -> str:
    """A list is chosen from by its words or by its value."""
    if one.name != "select":
        return value
    options = {_worth(option) for option in one.all("option")}
    by_words = {option.text: _worth(option) for option in one.all("option")}
    found = value if value in options else by_words.get(value)
    assert found is not None, f"{value!r} is not among {sorted(by_words)}"
    return found


def _worth(option: Tag) -> str:
    return option.attrs.get("value", option.text)
