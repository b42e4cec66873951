"""A scratch database for one benchmark, on the company's server (DATABASE_URL) or the embedded one; dropped afterwards."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

from longzhong.kit import cluster
from longzhong.project.place import var_folder

NAME = "longzhong_bench"


@contextmanager
def scratch() -> Iterator[str]:
    """The address of an empty database that lives as long as the block."""
    server = os.environ.get("DATABASE_URL") or cluster.ensure(var_folder())
    name = f"{NAME}_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f'create database "{name}"')
    parts = urlsplit(server)
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as link:
            link.execute(f'drop database if exists "{name}" with (force)')


_INSIDE = """
import importlib, sys, django
django.setup()
module, name = sys.argv[1].split(":")
sys.exit(getattr(importlib.import_module(module), name)(sys.argv[2:]))
"""


def run_inside(target: str, words: Sequence[str]) -> int:
    """Run `module:function(argv)` in a process of its own with the scratch database as its only one."""
    with scratch() as url:
        place = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "longzhong.project.settings"}
        return subprocess.run([sys.executable, "-c", _INSIDE, target, *words], env=place, check=False).returncode
