"""Run every measurement, one after the other; each prints its table."""

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
MEASUREMENTS = ("bench.free_times", "bench.pages", "bench.latency")


def main():
    codes = [
        subprocess.run([sys.executable, "-m", one], cwd=HOUSE).returncode for one in MEASUREMENTS
    ]
    return max(codes)


sys.exit(main())
