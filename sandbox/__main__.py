"""Start the sandbox: `python -m sandbox --port 8001`."""

import argparse
import asyncio
import logging
import signal
import sqlite3
from pathlib import Path

from aiohttp import web

from sandbox.postbox import open_postbox
from sandbox.server import build
from sandbox.world import World, open_world


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8001, help="0 takes any free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--smtp-port", type=int, help="also take mail here; 0 takes any free port")
    parser.add_argument("--data", type=Path, help="a file to remember everything in")
    parser.add_argument("--public-url", default="", help="the address clients use, if another")
    return parser.parse_args()


async def _serve(world: World, wishes: argparse.Namespace) -> None:
    runner = web.AppRunner(build(world), access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, wishes.host, wishes.port, backlog=1024)
    await site.start()
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    if wishes.smtp_port is not None:
        postbox = await open_postbox(world, wishes.host, wishes.smtp_port)
        name, port = postbox.sockets[0].getsockname()[:2]
        print(f"sandbox mail: {name}:{port}", flush=True)
    print(f"sandbox: http://{wishes.host}:{runner.addresses[0][1]}", flush=True)
    await ended.wait()
    await runner.cleanup()


def main() -> None:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.WARNING)
    wishes = _wishes()
    try:
        world = open_world(wishes.data, public_url=wishes.public_url, host=wishes.host)
        asyncio.run(_serve(world, wishes))
    except sqlite3.DatabaseError as wrong:
        raise SystemExit(f"{wishes.data} is no data file of the sandbox: {wrong}.") from wrong
    except OSError as wrong:
        raise SystemExit(f"The sandbox cannot start: {wrong}.") from wrong


main()
