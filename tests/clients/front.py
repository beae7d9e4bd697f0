"""TLS before the sandbox: Microsoft's own clients speak to nothing else."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Front:
    """Stands at `url` and passes on what it hears to the plain address in `behind`."""

    def __init__(self) -> None:
        self.url, self.behind = "", ""

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        place = urlsplit(self.behind)
        onward, back = await asyncio.open_connection(place.hostname, place.port)
        await asyncio.gather(carry(reader, back), carry(onward, writer))


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass bytes on one way."""
    with suppress(ConnectionError, ssl.SSLError):
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def standing(context: ssl.SSLContext) -> AsyncIterator[Front]:
    """A front on a free port, for as long as the block lasts."""
    front = Front()
    server = await asyncio.start_server(front.hear, "127.0.0.1", 0, ssl=context)
    front.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield front
    finally:
        server.close()
