"""What must hold before every commit (`make check`), and the whole test run (`make test`)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from longzhong.project.place import ROOT

BIN = Path(sys.executable).parent
CHINESE_FONTS = Path("/usr/share/fonts")
HOUSE = (
    ("format", [BIN / "ruff", "format", "--check", "."]),
    ("lint", [BIN / "ruff", "check", "."]),
    ("types", [BIN / "mypy"]),
    ("contracts", [BIN / "lint-imports", "--no-cache"]),
    ("house tests", [BIN / "pytest", "-q", "tests/house"]),
    ("tables", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "-v", "0"]),
    ("documents", [BIN / "longzhong", "docs", "--check", "--without-coverage"]),
)


def house(_argv: list[str]) -> int:
    """Format, lint, types, contracts, house tests, tables and printed documents; all are run, all failures are told."""
    failed = []
    for name, command in HOUSE:
        done = subprocess.run([str(word) for word in command], cwd=ROOT, text=True, capture_output=True, check=False)
        sys.stdout.write(f"{'ok' if done.returncode == 0 else 'FAILED':>6}  {name}\n")
        if done.returncode:
            failed.append(name)
            sys.stdout.write((done.stdout + done.stderr)[-6000:] + "\n")
    return 1 if failed else 0


def test(argv: list[str]) -> int:
    """All tests on the cores there are; then the printed documents. Browser tests without a browser count as not run."""
    browser = browser_missing()
    if browser and os.environ.get("CI"):
        sys.stderr.write(f"longzhong test: CI requires the browser tests; missing: {browser}\n")
        return 1
    words = [str(BIN / "pytest"), "-n", "auto", "--dist", "loadgroup", *argv]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    code = subprocess.run(words, cwd=ROOT, check=False, env=environment).returncode
    if not code and not argv:
        documents = [str(BIN / "longzhong"), "docs", "--check", *(["--without-coverage"] if browser else [])]
        code = subprocess.run(documents, cwd=ROOT, check=False, env=_test_place()).returncode
    if browser:
        sys.stdout.write(f"browser tests: NOT RUN (missing: {browser})\n")
    return code


def browser_missing() -> str:
    """The Debian packages that the browser tests lack; empty when all is there."""
    lacking = [] if shutil.which("chromium") else ["chromium"]
    if not any(CHINESE_FONTS.rglob("*CJK*")) and not any(CHINESE_FONTS.rglob("wqy*")):
        lacking.append("fonts-noto-cjk")
    return " ".join(lacking)


def _test_place() -> dict[str, str]:
    return {"LONGZHONG_VAR": str(ROOT / "var" / "test"), **os.environ}
