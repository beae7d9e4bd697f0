"""Start the house: `run` (panel and sandbox, to try it), `serve` (the panel), `demo` (anew).

Every program started here is ended here: on Ctrl-C, on SIGTERM, and when another one dies.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds that a program may take until it answers
PORTS = {"PORT": 8000, "SANDBOX_PORT": 8001, "SANDBOX_SMTP_PORT": 8025}
FAREWELL = 10  # seconds that a program may take to end
# No proxy stands between this machine and itself.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
DEMO = """
  Sign in with the password  demo
    owner@panel.test   the owner          mia@panel.test    the manager
    anna@panel.test    an employee        ben@panel.test    an employee
    carla@panel.test   an employee without permissions
  At the sandbox's Microsoft page: anna@contoso.test, password  Passw0rd!
"""


FAREWELLS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
asked = []  # the signals that asked this program to stop


class Stop(Exception):
    """The person, the system or a dying program ends the run."""


def main(kind):
    os.chdir(HOUSE)
    for number in FAREWELLS:
        signal.signal(number, asked_to_stop)
    started = []
    try:
        {"run": run, "serve": serve, "demo": demo}[kind](started)
    except (KeyboardInterrupt, EOFError):
        say("\nNothing was changed.")
        return 1
    except Stop as why:
        say(f"\n{why}" if str(why) else "\nStopped.")
        return 1 if str(why) else 0
    finally:
        end(started)
    return 0


def asked_to_stop(number, frame):
    # Only noted, and seen by look(): an exception here could lose a program just being started.
    asked.append(number)


def run(started):
    ports = {name: port_of(name, default) for name, default in PORTS.items()}
    different(ports)
    for name, number in ports.items():
        free(name, number)
    port, sandbox_port, smtp_port = ports.values()
    env = panel_env(sandbox_port)
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    start(started, "The sandbox", sandbox_command(sandbox_port, smtp_port), env)
    flask("upgrade", env=env)
    flask("demo", "--if-empty", "--smtp-port", str(smtp_port), env=env)
    start(started, "The panel", panel_command("127.0.0.1", port), env)
    wait(started, f"{sandbox}/common/v2.0/.well-known/openid-configuration")
    wait(started, f"http://127.0.0.1:{port}/healthz")
    say(f"\n  Panel    http://127.0.0.1:{port}\n  Sandbox  {sandbox}/sandbox/")
    say(f"  Mails    {sandbox}/sandbox/mail\n{DEMO}")
    say("  Ctrl-C ends both; what you changed is kept for the next start.\n")
    watch(started)


def serve(started):
    host, port = os.environ.get("HOST") or "127.0.0.1", port_of("PORT", 8000)
    free("PORT", port, host)
    env = {**os.environ, "DATA_DIR": str(data_dir())}
    flask("upgrade", env=env)
    link = flask("first-owner", env=env)
    start(started, "The panel", panel_command(host, port), env)
    wait(started, f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/healthz")  # noqa: S104
    say(f"\n  Panel    {os.environ.get('PUBLIC_URL') or f'http://{host}:{port}'}\n")
    if link:
        say(link)
    watch(started)


def demo(started):
    place = data_dir()
    for name, default in PORTS.items():
        free(name, port_of(name, default))
    if os.environ.get("DATABASE_URL"):
        raise Stop("DATABASE_URL is set: make demo only renews the database under DATA_DIR.")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    say(f"This throws away everything in {place}: panel, sandbox and their keys.")
    if input("Type  yes  to go on: ").strip().lower() != "yes":
        raise Stop("Nothing was changed.")
    for path in [*place.glob("bookings.sqlite*"), *place.glob("sandbox.sqlite*")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    env = panel_env(port_of("SANDBOX_PORT", 8001))
    flask("upgrade", env=env)
    flask("demo", "--smtp-port", str(port_of("SANDBOX_SMTP_PORT", 8025)), env=env)
    say("The demo data is new; the sandbox makes its own anew with the next  make run.")


def panel_env(sandbox_port):
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    given = {"LOGIN_URL": sandbox, "GRAPH_URL": sandbox, "DATA_DIR": str(data_dir())}
    port = str(port_of("PORT", 8000))
    # A laptop is called otherwise in every network.
    usual = {"POLL_SECONDS": "5", "MACHINE": "this machine"}
    return {**usual, **os.environ, **given, "HOST": "127.0.0.1", "PORT": port}


def data_dir():
    place = Path(os.environ.get("DATA_DIR") or "var").absolute()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(f"DATA_DIR {place} cannot be made: {error.strerror}. Name another.") from error
    return place


def sandbox_command(port, smtp_port):
    data = str(data_dir() / "sandbox.sqlite")
    ports = ["--port", str(port), "--smtp-port", str(smtp_port)]
    return [sys.executable, "-m", "sandbox", *ports, "--data", data]


def panel_command(host, port):
    threads = ["-w", "1", "-k", "gthread", "--threads", "8", "--no-control-socket"]
    quiet = ["--log-level", "warning", "--graceful-timeout", "5"]
    bind = ["-b", f"{host}:{port}"]
    return [sys.executable, "-m", "gunicorn", *threads, *quiet, *bind, "wsgi:app"]


def port_of(name, default):
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise Stop(f"{name} is {value!r}: give a number from 1 to 65535.")
    return int(value)


def different(ports):
    for number in ports.values():
        same = [name for name in ports if ports[name] == number]
        if len(same) > 1:
            both = " and ".join(same) + (" are both" if len(same) == 2 else " are all")
            raise Stop(f"{both} {number}: give them different numbers.")


def free(name, port, host="127.0.0.1"):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(
                f"Port {port} cannot be used ({error.strerror}): end what uses it, or choose "
                f"another with {name}=..., for example  make run {name}={port + 1000}"
            ) from error


def flask(*words, env):
    """Run one of the keeper's commands to its end; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        env=env, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    look([])
    if done.returncode:
        raise Stop(done.stdout.strip() or f"The command  flask --app wsgi {words[0]}  failed.")
    return done.stdout


def start(started, name, command, env):
    # A session of its own: Ctrl-C reaches this program alone, which ends the others in order.
    started.append((name, subprocess.Popen(command, env=env, start_new_session=True)))


def wait(started, address):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        look(started)
        try:
            with DIRECT.open(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    raise Stop(f"{address} did not answer within {PATIENCE} seconds; the lines above may say why.")


def watch(started):
    while True:
        look(started)
        time.sleep(0.3)


def look(started):
    if asked:
        raise Stop
    for name, program in started:
        if program.poll() is not None:
            raise Stop(f"{name} ended by itself (code {program.returncode}); all is stopped.")


def end(started):
    for _, program in reversed(started):
        signal_group(program, signal.SIGTERM)
    for _, program in reversed(started):
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.wait(FAREWELL)
        signal_group(program, signal.SIGKILL)
        program.wait()


def signal_group(program, number):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, number)


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
