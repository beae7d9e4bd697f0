"""Run every measurement, one after the other; each prints its table."""

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
MEASUREMENTS = (
    "bench.free_times",
    "bench.pages",
    "bench.latency",
    "bench.sync --idle-day",
    "bench.sync --employees 200 --rounds 2 --pushes 500 --times 5",
)


def main():
    codes = [
        subprocess.run([sys.executable, "-m", *one.split()], cwd=HOUSE).returncode
        for one in MEASUREMENTS
    ]
    return max(codes)


sys.exit(main())
