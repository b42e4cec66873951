"""Every icon that a page names is in the sprite that `scripts/vendor.py` makes, and nothing vendored looks for a source map."""

import re

from longzhong.project.place import ROOT

VENDOR = ROOT / "longzhong/project/static/vendor"


def test_every_named_icon_is_drawn():
    have = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (VENDOR / "icons.svg").read_text()))
    named = {}
    for path in (ROOT / "longzhong").rglob("*.html"):
        for name in re.findall(r"""(?:\{% icon |icon=)["']([a-z0-9-]+)["']""", path.read_text()):
            named.setdefault(name, path.relative_to(ROOT))
    missing = {name: str(path) for name, path in named.items() if name not in have}
    assert not missing, f"not a tabler icon, or run scripts/vendor.py again: {missing}"


def test_no_vendored_file_looks_for_a_source_map():
    files = [*VENDOR.rglob("*.css"), *VENDOR.rglob("*.js")]
    assert files
    assert not [path.name for path in files if "sourceMappingURL=" in path.read_text()]


def test_the_lock_names_no_host():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_templates_bring_no_inline_handlers_styles_or_outside_addresses():
    wrong = []
    for path in (ROOT / "longzhong").rglob("templates/**/*.html"):
        text = path.read_text()
        if re.search(
            r"\son[a-z]+=|\sstyle=|<script(?![^>]*(?:src=|application/json))|(?:src|href)=[\"']https?://", text
        ):
            wrong.append(str(path.relative_to(ROOT)))
    assert not wrong, f"use a component, a class or app.js instead: {wrong}"
