"""Dates in the words of the pages, for somebody who lives on `today`. Pure, so each is kept."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

KEPT = 1000


def year(value: date, today: date) -> str:
    """Name the year only where it is another one, and not within the next or last half year."""
    near = abs((value - today).days) < 183 or value.year == today.year
    return "" if near else f" {value.year}"


@lru_cache(KEPT)
def day(value: date, today: date) -> str:
    """Wed 25 Nov, with the year only where it is another one"""
    return f"{value:%a} {value.day} {value:%b}{year(value, today)}"


@lru_cache(KEPT)
def long_day(value: date, today: date) -> str:
    """Wednesday 25 November"""
    return f"{value:%A} {value.day} {value:%B}{year(value, today)}"


@lru_cache(KEPT)
def short_day(value: date, today: date) -> str:
    """Today, or 18 Nov"""
    return "Today" if value == today else f"{value.day} {value:%b}{year(value, today)}"


@lru_cache(KEPT)
def near_day(value: date, today: date) -> str:
    """Today, Tomorrow, Thursday within a week, else Wed 25 Nov"""
    ahead = (value - today).days
    names = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}
    return names.get(ahead) or (f"{value:%A}" if 1 < ahead < 7 else day(value, today))
