"""`longzhong check chain [MATTER] [--files] [--json]`: prove every chain and anchor; exit 1 and say where one doesn't hold."""

import argparse
import json
import sys

from longzhong.dispatch.matters import selectors

WHY = {
    "step_missing": "缺少一步",
    "step_changed": "内容被改动",
    "words_changed": "文字或照片被改动",
    "words_missing": "文字被直接删除，没有删除记录",
    "steps_missing": "整条链被删除",
    "head_differs": "链尾与链头不符",
    "anchor_differs": "与当日存证不符（链尾被截断或重写）",
    "anchor_changed": "每日存证被改动",
    "files_changed": "附件被增删或替换",
    "file_changed": "附件文件丢失或内容被改动",
}


def main(argv: list[str]) -> int:
    """Prove, count, tell."""
    parser = argparse.ArgumentParser(prog="longzhong check chain", description=__doc__)
    parser.add_argument("matter", nargs="?", help="one matter's label, e.g. workorders.order:71")
    parser.add_argument("--files", action="store_true", help="read every stored file too")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args(argv)
    broken = list(selectors.broken_links(asked.matter))
    if asked.files:
        broken += selectors.broken_files(asked.matter)
    matters, steps, anchors = selectors.counted_steps()
    last = selectors.last_anchor()
    if asked.json:
        rows = [{"matter": row.matter, "seq": row.seq, "why": row.why} for row in broken]
        found = {"matters": matters, "steps": steps, "anchors": anchors, "last_anchor": last, "broken": rows}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        for row in broken:
            sys.stdout.write(f"{row.matter} 第 {row.seq} 步：{WHY.get(row.why, row.why)}（{row.why}）\n")
        anchor = f"；最近存证 {last[0]} {last[1]}" if last else "；还没有每日存证"
        sys.stdout.write(f"{matters} 件事项、{steps} 步、{anchors} 次存证：{len(broken)} 处不符{anchor}\n")
    return 1 if broken else 0
