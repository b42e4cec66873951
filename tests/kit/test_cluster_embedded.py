"""The embedded server: private, found again after its parent's or its own death, and started once by two at once."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from longzhong.kit import cluster


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "var"
    cluster.stop(tmp_path / "var")


def _count(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table if not exists kept (id int)")
        connection.execute("insert into kept values (1)")
        row = connection.execute("select count(*) from kept").fetchone()
        return int(row[0]) if row else 0


def _server_pid(var: Path) -> int:
    return int((cluster.locate(var).data / "postmaster.pid").read_text().splitlines()[0])


def test_data_outlives_a_killed_parent_and_a_killed_server(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(
        "PGOPTIONS", raising=False
    )  # the tests' own asynchronous commits may be lost; a county's may not
    code = (
        f"from pathlib import Path; from longzhong.kit import cluster; cluster.ensure(Path({str(var)!r}))\n"
        "print('up', flush=True); import time; time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout and parent.stdout.readline() == b"up\n"
        parent.kill()
    url = cluster.ensure(var)
    assert _count(url) == 1
    os.kill(_server_pid(var), signal.SIGKILL)
    assert _count(cluster.ensure(var)) == 2


def test_two_starts_at_once_find_one_server(var: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        urls = set(pool.map(lambda _n: cluster.ensure(var), range(4)))
    assert len(urls) == 1
    assert _count(urls.pop()) == 1


def test_no_folder_outside_its_own_changes_its_permissions(tmp_path: Path, var: Path) -> None:
    tmp_path.chmod(0o700)
    outside = [path for path in (tmp_path, *tmp_path.parents) if path.exists()]
    before = {path: (path.stat().st_mode, path.stat().st_uid) for path in outside}
    cluster.ensure(var)
    assert {path: (path.stat().st_mode, path.stat().st_uid) for path in outside} == before
    assert stat.S_IMODE((var / "postgres").stat().st_mode) == 0o700


def test_a_long_path_gets_a_short_socket_folder(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["很长的文件夹名字"] * 8)
    try:
        assert _count(cluster.ensure(deep)) == 1
        assert stat.S_IMODE(cluster.locate(deep).run.stat().st_mode) == 0o700
    finally:
        cluster.stop(deep)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a system user where namespaces are forbidden")
def test_root_without_namespaces_uses_a_system_user(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_namespaces_allowed", lambda: False)
    assert _count(cluster.ensure(var)) == 1
    assert cluster.locate(var).data.is_relative_to(cluster.SYSTEM_HOME)
    assert cluster.locate(var).data.owner() == cluster.SYSTEM_USER
