"""The eight colours, chosen by name and never as free figures."""

from __future__ import annotations

from panel.web.forms import options

NAMES = ("Teal", "Blue", "Violet", "Rose", "Coral", "Amber", "Moss", "Slate")
CHOICES = options(enumerate(NAMES, 1))
