"""What is said once something was saved that Outlook shows."""

from __future__ import annotations

from panel.web.words import plural


def saved(changed: int) -> str:
    """Saved, and how many entries in Outlook that touches."""
    more = f" {plural(changed, 'entry is', 'entries are')} brought up to date in Outlook."
    return f"Saved.{more if changed else ''}"
