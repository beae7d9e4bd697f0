"""Try five public clients, unchanged, against a sandbox behind TLS.

Everything they need is installed under DATA_DIR/clients; the sandbox, the front and the
certificate live as long as this program. Prints a line per client and step.
"""

import asyncio
import contextlib
import filecmp
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from tests.clients.front import standing  # noqa: E402
from tests.outlook.certificates import certified  # noqa: E402
from tests.sandbox_process import CLIENT_ID, CLIENT_SECRET, running  # noqa: E402

PROGRAMS = HOUSE / "tests" / "clients"
STEPS = ("sign-in", "create", "change", "delta", "delete")
PATIENCE = 120  # seconds that a client may take for its whole way
CLIENTS = {
    "msal": "with_msal",
    "msgraph-sdk": "with_msgraph",
    "python-o365": "with_o365",
    "requests-oauthlib": "with_requests_oauthlib",
    "microsoft-graph-client": "with_javascript.cjs",
}


def main():
    os.chdir(HOUSE)
    place = Path(os.environ.get("DATA_DIR") or "var").absolute() / "clients"
    try:
        python, node = prepare_python(place / "venv"), prepare_node(place)
        return asyncio.run(try_all(python, node, place))
    except (KeyboardInterrupt, asyncio.CancelledError):
        say("\nStopped.")
        return 130


def prepare_python(place):
    """Install the Python clients; return the interpreter that knows them."""
    command = [sys.executable, ".ci/environment.py", "--in", place, "requirements-clients.txt"]
    if subprocess.run(command).returncode:
        sys.exit(1)
    return str(place / "bin" / "python")


def prepare_node(place):
    """Install the JavaScript client, exactly as locked; return node, or "" where it is not."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return ""
    names = ("package.json", "package-lock.json")
    if filecmp.cmpfiles(PROGRAMS, place, names, shallow=False)[0] == list(names):
        return node
    say("Installing what tests/clients/package-lock.json lists ...")
    for name in names:
        shutil.copy(PROGRAMS / name, place)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    if subprocess.run([npm, "ci", *quiet], cwd=place).returncode:
        (place / names[0]).unlink()
        sys.exit("npm could not install the JavaScript client; is this machine on the Internet?")
    return node


async def try_all(python, node, place):
    """Start the front and the sandbox behind it, and let every client walk."""
    me = asyncio.current_task()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, me.cancel)
    with tempfile.TemporaryDirectory() as folder:
        context, trusted = certified(Path(folder))
        async with standing(context) as front:
            with running("--public-url", front.url) as sandbox:
                front.behind = sandbox.url
                env = environment(front.url, trusted, python, place)
                good = [await try_one(*one, python, node, env) for one in CLIENTS.items()]
    return 0 if all(good) else 1


def environment(url, trusted, python, place):
    """What the clients are told: the address, and whose certificate to believe."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return {
        **kept,
        "SANDBOX_URL": url,
        "SANDBOX_CLIENT_ID": CLIENT_ID,
        "SANDBOX_CLIENT_SECRET": CLIENT_SECRET,
        "SANDBOX_PERSON": json.dumps([python, "-m", "tests.clients.person"]),
        "REQUESTS_CA_BUNDLE": trusted,
        "SSL_CERT_FILE": trusted,
        "NODE_EXTRA_CA_CERTS": trusted,
        "NODE_PATH": str(place / "node_modules"),
    }


async def try_one(name, program, python, node, env):
    """Run one client's program and tell how far it came; say whether all the way."""
    module = [python, "-m", f"tests.clients.{program}"]
    script = program.endswith(".cjs")
    if script and not node:
        return tell(name, [], "It needs node 18 or newer, and npm: install them.")
    command = [node, str(PROGRAMS / program)] if script else module
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as complaints:
        streams = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": complaints}
        # A session of its own: whatever it starts ends with it.
        child = subprocess.Popen(command, env=env, start_new_session=True, **streams)
        try:
            await ended(child)
        except TimeoutError:
            print(f"It was not through after {PATIENCE} seconds.", file=complaints, flush=True)
        finally:
            end(child)
        return tell(name, text_of(out).split(), text_of(complaints))


async def ended(child):
    async with asyncio.timeout(PATIENCE):
        while child.poll() is None:
            await asyncio.sleep(0.05)


def end(child):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def text_of(file):
    file.seek(0)
    return file.read()


def tell(name, went_well, complaints):
    """Print a line for each step, and what went wrong below them."""
    missing = [step for step in STEPS if step not in went_well]
    for step in STEPS:
        if step not in missing:
            say(f"{name:24}{step:9}ok")
        elif step == missing[0]:
            say(f"{name:24}{step:9}FAILED: {last_line(complaints)}")
        else:
            say(f"{name:24}{step:9}not reached")
    if missing:
        say("\n".join(f"    {line}" for line in complaints.splitlines()))
    return not missing


def last_line(text):
    return (text.strip().splitlines() or ["it said nothing"])[-1]


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
