"""The hidden sign by which an entry in Outlook is known as written by Panel.

A single-value extended property: Graph finds entries by it and never shows it to people.
Its id must stay the same for ever, or no entry written before is found again.
"""

MARKER = "String {5d0b2e64-8f0c-4a5e-9a3b-3c1d7e2f9a41} Name PanelMirror"

EXPAND = f"singleValueExtendedProperties($filter=id eq '{MARKER}')"


def holding(value: str) -> str:
    """The OData filter for the entries that hold exactly this value."""
    quoted = value.replace("'", "''")
    return f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARKER}' and ep/value eq '{quoted}')"
