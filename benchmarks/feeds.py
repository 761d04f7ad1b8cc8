"""Time the server of calendar links: many subscribers at once, each of whom has seen its calendars.

    python -m benchmarks.feeds --subscribers 200 --rate 250

A roster of the flagship is published, everybody gets a link, and the server runs in a process of
its own. Each subscriber holds one connection and asks for every calendar in an order of its own,
conditionally, all together at a given rate. Then right and wrong links are asked for turn about.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

FLAGSHIP = Path(__file__).parents[1] / "fixtures" / "puo"


class Client:
    """One connection that is kept open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def get(self, path: str, tag: str = "") -> tuple[int, str, float]:
        """Return status, entity tag and seconds of a GET; the body is read and dropped."""
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n" + (
            f"If-None-Match: {tag}\r\n" if tag else ""
        )
        begun = time.perf_counter()
        self._writer.write(f"{head}\r\n".encode())
        lines = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        took = time.perf_counter() - begun
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        await self._reader.readexactly(int(fields.get("content-length", 0)))
        return int(lines[0].split()[1]), fields.get("etag", ""), took


async def connect(port: int) -> Client:
    """Return a new connection to the server."""
    return Client(*await asyncio.open_connection("127.0.0.1", port))


async def subscriber(
    port: int, tags: dict[str, str], seed: int, pause: float
) -> list[tuple[int, float]]:
    """Ask for every calendar once, in an order of its own; return status and seconds of each."""
    rng = random.Random(seed)
    client, found = await connect(port), []
    await asyncio.sleep(rng.random() * pause)
    for path in rng.sample(sorted(tags), len(tags)):
        status, _, took = await client.get(path, tags[path])
        found.append((status, took))
        await asyncio.sleep(rng.uniform(0.5, 1.5) * pause)
    return found


async def measure(port: int, paths: Sequence[str], subscribers: int, rate: float) -> None:
    """Print what was measured."""
    client = await connect(port)
    tags = {path: (await client.get(path))[1] for path in paths}
    begun = time.perf_counter()
    pause = subscribers / rate
    asked = await asyncio.gather(*(subscriber(port, tags, k, pause) for k in range(subscribers)))
    took, found = time.perf_counter() - begun, [pair for some in asked for pair in some]
    times = [1000 * t for _, t in found]
    wrong = sum(status != 304 for status, _ in found)
    print(
        f"{subscribers} subscribers, {len(paths)} calendars each: {len(found)} conditional requests"
    )
    print(f"  at {len(found) / took:.0f} a second, {wrong} not answered 304")
    print(f"  median {median(times):.2f} ms, 95th percentile {quantiles(times, n=20)[-1]:.2f} ms")
    client = await connect(port)  # the first was idle for too long to be kept
    right, other = list[float](), list[float]()
    for k in range(4000):
        secret = k % 2 == 0
        path = (
            paths[k % len(paths)] if secret else f"/calendars/{random.randbytes(24).hex()[:32]}.ics"
        )
        (right if secret else other).append((await client.get(path, tags[paths[0]]))[2])
        await asyncio.sleep(0.001)  # the server has done with a request before the next one comes
    print(
        f"right link {1000 * median(right):.3f} ms, "
        f"wrong link {1000 * median(other):.3f} ms, medians"
    )


def main() -> None:
    """Publish, serve, measure."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--subscribers", type=int, default=200, metavar="N")
    ask.add_argument(
        "--rate", type=float, default=250, metavar="R", help="requests a second, all together"
    )
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "plan"
        shutil.copytree(FLAGSHIP, root)

        def shiftplan(*words: str) -> str:
            command = [sys.executable, "-m", "shiftplan", words[0], "-C", str(root), *words[1:]]
            return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout

        shiftplan("solve", "--time-limit", "20", "--quiet")
        shiftplan("publish", "--author", "benchmark", "--json")
        paths = [
            urlsplit(f["url"]).path for f in json.loads(shiftplan("links", "--everyone", "--json"))
        ]
        serve = [sys.executable, "-m", "shiftplan", "serve", "-C", str(root), "--port", "0"]
        with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as server:
            try:
                assert server.stderr is not None
                address = re.search(r":(\d+)/", server.stderr.readline())
                assert address
                asyncio.run(measure(int(address[1]), paths, given.subscribers, given.rate))
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
