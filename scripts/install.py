"""Make this checkout ready to run, on a bare Debian with Python 3.11 to 3.13 and make. Standard library only.

    python3 scripts/install.py            .venv with the locked packages, and the pages' vendored assets
    python3 scripts/install.py --browser  also Chromium and a Chinese font (root installs them, others are told)

Everything is done once per lock file and skipped when nothing changed.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements" / "lock.txt"
UV_LOCK = ROOT / "requirements" / "uv.txt"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
BROWSER_PACKAGES = {"chromium": "chromium", "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"}


def run(*words: str | Path, check: bool = True, **options: object) -> None:
    subprocess.run([str(word) for word in words], check=check, **options)  # type: ignore[call-overload]


def main() -> None:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit(
            f"Longzhong runs on Python 3.11 to 3.13; this is {sys.version.split()[0]}. Use: make PYTHON=python3.11"
        )
    make_venv()
    install_packages()
    compile_all(ROOT / "longzhong")
    vendor_assets()
    if "--browser" in sys.argv:
        offer_browser()


def make_venv() -> None:
    if PYTHON.exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        need_system({f"python3.{sys.version_info[1]}-venv"}, fatal=True)
        run(sys.executable, "-m", "venv", VENV)  # a fresh interpreter sees the package just installed
        return
    venv.create(VENV, with_pip=True, symlinks=True)


def install_packages() -> None:
    if stamped("packages", LOCK, UV_LOCK, ROOT / "pyproject.toml"):
        return
    if not (VENV / "bin" / "uv").exists():
        run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", UV_LOCK)
    trust = ["--system-certs"] if CERTIFICATES.exists() else []  # a company's own authority is in the system's store
    uv = [PYTHON, "-m", "uv", *trust, "pip"]
    run(*uv, "sync", "--quiet", "--python", PYTHON, "--require-hashes", LOCK)
    run(*uv, "install", "--quiet", "--python", PYTHON, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    compile_all(VENV / "lib")
    stamp("packages", LOCK, UV_LOCK, ROOT / "pyproject.toml")


def compile_all(*folders: Path) -> None:
    """Byte code: each start of `longzhong` takes half as long. What doesn't compile (a package's templates) is left alone."""
    run(PYTHON, "-m", "compileall", "-qq", "-j", "0", *folders, check=False)


def vendor_assets() -> None:
    """Under a second when nothing changed; new templates may name new icons, so it is asked every time."""
    run(PYTHON, ROOT / "scripts" / "vendor.py", cwd=ROOT, stdout=subprocess.DEVNULL)


def offer_browser() -> None:
    missing = {package for package, sign in BROWSER_PACKAGES.items() if not (Path(sign).exists() or shutil.which(sign))}
    need_system(missing, fatal=False)


def need_system(packages: set[str], *, fatal: bool) -> None:
    """Root installs Debian packages; anybody else gets one line that names them."""
    if not packages:
        return
    names = " ".join(sorted(packages))
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        run("apt-get", "update", "-qq", **quiet)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *sorted(packages), **quiet)
        return
    line = f"missing system packages: {names} (install: sudo apt-get install {names})"
    if fatal:
        sys.exit(line)
    print(line + "; browser tests will count as not run")


def digest(paths: tuple[Path, ...]) -> str:
    joined = b"\0".join(path.read_bytes() for path in paths if path.exists())
    return hashlib.sha256(joined + sys.version.encode()).hexdigest()


def stamped(name: str, *paths: Path) -> bool:
    mark = VENV / f".{name}"
    return mark.exists() and mark.read_text() == digest(paths)


def stamp(name: str, *paths: Path) -> None:
    (VENV / f".{name}").write_text(digest(paths))


if __name__ == "__main__":
    main()
