"""`longzhong up`: one command that supervises the database, the web server and the workers.

A child that dies is started again, with a growing pause when it keeps dying. TERM or Ctrl-C ends the children, then the embedded
database that this command started.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from types import FrameType

from django.core.management import call_command
from django.db import connection

from longzhong.kit import clock, cluster
from longzhong.kit.actor import Actor
from longzhong.project.place import ROOT, ready, var_folder
from longzhong.register.categories.services import keep_categories
from longzhong.register.policies.services import load_packs
from longzhong.sensing.announcements.services import keep_templates

PORT = 8000
MIGRATION_LOCK = 0x4C5A_4D49
LONGEST_PAUSE_S = 60.0


@dataclass
class Child:
    """One supervised program."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause_s: float = 1.0
    started: float = field(default=0.0)
    again_at: float = 0.0

    def tend(self) -> None:
        """Start it when it doesn't run and its pause is over."""
        if self.process and self.process.poll() is None:
            return
        moment = time.monotonic()
        if self.process is not None and not self.again_at:
            self.pause_s = 1.0 if moment - self.started > LONGEST_PAUSE_S else min(self.pause_s * 2, LONGEST_PAUSE_S)
            self.again_at = moment + self.pause_s
            sys.stderr.write(
                f"longzhong: {self.name} ended ({self.process.returncode}), again in {self.pause_s:.0f} s\n"
            )
        if moment >= self.again_at:
            self.process, self.started, self.again_at = subprocess.Popen(self.command, cwd=ROOT), moment, 0.0

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        if not self.process:
            return
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def up(argv: list[str]) -> int:
    """Serve until told to stop."""
    words = argparse.ArgumentParser(prog="longzhong up", description=up.__doc__)
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=PORT)
    words.add_argument("--workers", type=int, default=1, help="worker processes (jobs, outbox, sweeps)")
    options = words.parse_args(argv)
    serve(host=options.host, port=options.port, workers=options.workers)
    return 0


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    workers: int = 1,
    stopped: threading.Event | None = None,
    prepared: bool = False,
) -> None:
    """Prepare the tables (unless the caller has) and run the children until the event (or a signal) says stop."""
    ready()
    if not prepared:
        subprocess.run([sys.executable, "-m", "longzhong.project.command", "migrate"], check=True, cwd=ROOT)
    stopped = stopped or _stop_by_signal()
    children = [
        Child("web", web_command(host, port)),
        *[
            Child(f"worker {n + 1}", [sys.executable, "-m", "longzhong.project.command", "work"])
            for n in range(workers)
        ],
    ]
    sys.stderr.write(f"longzhong: http://{host}:{port}/\n")
    clock.resume_county_time()
    try:
        while not stopped.is_set():
            for child in children:
                child.tend()
            stopped.wait(0.5)
    finally:
        for child in children:
            child.end()
        for child in children:
            child.wait()
        clock.stop_county_time()
        connection.close()
        if not os.environ.get("DATABASE_URL"):
            cluster.stop(var_folder())


def web_command(host: str, port: int) -> list[str]:
    """gunicorn over WSGI: two processes of four threads serve a county's offices."""
    options = [
        "--bind",
        f"{host}:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
        "--timeout",
        "120",
        "--log-level",
        "warning",
    ]
    return [sys.executable, "-m", "gunicorn", "longzhong.project.wsgi", *options]


def work(argv: list[str]) -> int:
    """Run one worker until it is told to stop."""
    words = argparse.ArgumentParser(prog="longzhong work", description=work.__doc__)
    words.add_argument("--concurrency", type=int, default=2)
    options = words.parse_args(argv)
    call_command("procrastinate", "worker", concurrency=options.concurrency, delete_jobs="successful")
    return 0


def migrate(_argv: list[str]) -> int:
    """Bring the tables to this edition; two at once wait for each other. Gathers the static files too."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        clock.forget()
        by, at = Actor.machine("project.migrate"), clock.now()
        load_packs(by=by, at=at)
        keep_categories(by=by, at=at)
        keep_templates(by=by, at=at)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [MIGRATION_LOCK])
    return 0


def _stop_by_signal() -> threading.Event:
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopped
