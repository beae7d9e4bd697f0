"""What is said once something was saved that Outlook shows."""

from __future__ import annotations

from panel.web.words import plural


def saved(changed: int, *, mails: bool = False) -> str:
    """Saved, and how many entries in Outlook that touches, of which Microsoft mails or not."""
    if not changed:
        return "Saved."
    more = " Microsoft mails their customers where something changes for them." if mails else ""
    entries = plural(changed, "entry is", "entries are")
    return f"Saved. {entries} brought up to date in Outlook.{more}"
