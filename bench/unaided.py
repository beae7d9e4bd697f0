"""The same questions without Panel: how many of them a bare loop gets answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence

import aiohttp
from yarl import URL

from panel.outlook.asking import PREFER

# A link to follow, and the token to show.
Question = tuple[str, str]


def rate(questions: Sequence[Question], in_flight: int) -> float:
    """Questions answered in a second, with so many under way at a time."""
    began = time.monotonic()
    asyncio.run(_ask_all(iter(questions), in_flight))
    return len(questions) / (time.monotonic() - began)


async def _ask_all(questions: Iterator[Question], in_flight: int) -> None:
    connector = aiohttp.TCPConnector(limit=in_flight)
    async with aiohttp.ClientSession(connector=connector) as http:
        await asyncio.gather(*(_ask(http, questions) for _ in range(in_flight)))


async def _ask(http: aiohttp.ClientSession, questions: Iterator[Question]) -> None:
    for link, token in questions:
        headers = {"Authorization": f"Bearer {token}", "Prefer": PREFER}
        async with http.get(URL(link, encoded=True), headers=headers) as answer:
            answer.raise_for_status()
            await answer.read()
