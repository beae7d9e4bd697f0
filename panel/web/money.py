"""Amounts of money as people type them."""

from __future__ import annotations

import re
from typing import Any

from wtforms import StringField

AMOUNT = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?", re.ASCII)


class PriceField(StringField):
    """An amount in the currency of the business, in hundredths; empty means none."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data // 100}.{self.data % 100:02d}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. Raises ValueError with a sentence."""
        if not valuelist:
            return
        typed = valuelist[0].strip().replace(" ", "")
        found = AMOUNT.fullmatch(typed)
        if typed and not found:
            raise ValueError("Write an amount like 58.00.")
        self.data = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None
