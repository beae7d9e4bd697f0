"""Make a virtual environment and bring it up to a requirements file.

    python .ci/environment.py requirements-dev.txt ...              the project's own, .venv
    python .ci/environment.py --in PLACE requirements-clients.txt   another

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


def main(words):
    if words[:1] == ["--in"]:
        prepare(Path(words[1]).absolute(), words[2:])
    else:
        prepare(HOUSE / ".venv", words)


def prepare(place, names):
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = read_stamp(place)
        if stamp.get("python") != this_python(place) or not python_of(place).exists():
            stamp = make_anew(place)
        for name in names:
            if stamp["installed"].get(name) != contents(name):
                install(place, name)
                stamp["installed"][name] = contents(name)
                stamp_of(place).write_text(json.dumps(stamp, indent=1))


def python_of(place):
    return place / "bin" / "python"


def stamp_of(place):
    return place / "panel-stamp.json"


def this_python(place):
    return [sys.version, os.path.realpath(sys.executable), str(place)]


def read_stamp(place):
    try:
        return json.loads(stamp_of(place).read_text())
    except (OSError, ValueError):
        return {}


def make_anew(place):
    say(f"Making the environment {place.name} with Python {sys.version.split()[0]} ...")
    shutil.rmtree(place, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(place)]
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode:
        sys.exit(
            f"{sys.executable} could not make a virtual environment: see the lines above, "
            "or on Debian and Ubuntu 'apt install python3-venv'."
        )
    return {"python": this_python(place), "installed": {}}


def contents(name):
    """Return a fingerprint of a requirements file and of all that it includes."""
    text = (HOUSE / name).read_text()
    parts = [text]
    for line in text.splitlines():
        if line.startswith("-r "):
            parts.append(contents(line[3:].strip()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def install(place, name):
    say(f"Installing what {name} lists ...")
    command = [python_of(place), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, "-r", str(HOUSE / name)]).returncode:
        sys.exit(
            f"The packages of {name} could not be installed: see the lines above; "
            "is this machine on the Internet, and is there room on its disk?"
        )


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
