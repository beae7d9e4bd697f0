"""Make the project's own virtual environment and bring it up to a requirements file.

    python .ci/environment.py requirements-dev.txt ...

Runs on a bare Python: standard library only. The environment is made anew when Python
changes, and brought up to date when a requirements file changes.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PLACE = HOUSE / ".venv"
PYTHON = PLACE / "bin" / "python"
STAMP = PLACE / "panel-stamp.json"


def main(names):
    with (HOUSE / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = read_stamp()
        if stamp.get("python") != this_python() or not PYTHON.exists():
            stamp = make_anew()
        for name in names:
            if stamp["installed"].get(name) != contents(name):
                install(name)
                stamp["installed"][name] = contents(name)
                STAMP.write_text(json.dumps(stamp, indent=1))


def this_python():
    return [sys.version, os.path.realpath(sys.executable), str(PLACE)]


def read_stamp():
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def make_anew():
    say(f"Making the environment .venv with Python {sys.version.split()[0]} ...")
    shutil.rmtree(PLACE, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(PLACE)]
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode:
        sys.exit(
            f"{sys.executable} could not make a virtual environment: see the lines above, "
            "or on Debian and Ubuntu 'apt install python3-venv'."
        )
    return {"python": this_python(), "installed": {}}


def contents(name):
    """Return a fingerprint of a requirements file and of all that it includes."""
    text = (HOUSE / name).read_text()
    parts = [text]
    for line in text.splitlines():
        if line.startswith("-r "):
            parts.append(contents(line[3:].strip()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def install(name):
    say(f"Installing what {name} lists ...")
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, "-r", str(HOUSE / name)]).returncode:
        sys.exit(
            f"The packages of {name} could not be installed: see the lines above; "
            "is this machine on the Internet, and is there room on its disk?"
        )


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
