"""The eight colours, chosen by name and never as free figures."""

from __future__ import annotations

NAMES = ("Teal", "Blue", "Violet", "Rose", "Coral", "Amber", "Moss", "Slate")
CHOICES = [(number, name) for number, name in enumerate(NAMES, 1)]
