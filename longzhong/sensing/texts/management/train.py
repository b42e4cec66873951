"""`longzhong hotline train [--json]`: train the category model and install it unless it is worse."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.sensing.texts import services


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="longzhong hotline train", description=__doc__)
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    args = parser.parse_args(argv)
    try:
        row = services.train(by=Actor.machine("texts.train"), at=clock.now())
    except Refused as refusal:
        sys.stderr.write(f"longzhong hotline train: {refusal}\n")
        return 1
    card = {
        "version": row.version,
        "lessons": row.lessons,
        "made_texts": row.made_texts,
        "classes": row.classes,
        **row.figures,
    }
    if not args.json:
        sys.stdout.write(_words(row.version, card))
    sys.stdout.write(json.dumps(card, ensure_ascii=False) + "\n")
    return 0


def _words(version: int, card: dict[str, Any]) -> str:
    lines = [
        f"已换用模型 {version}：真实样本 {card['lessons']} 条，自造样本 {card['made_texts']} 条，{card['classes']} 类"
    ]
    if outside := card["outside"]:
        lines.append(
            f"最新真实样本 {outside['lessons']} 条：准确率 {outside['accuracy']:.1%}，前三含正确 {outside['top3']:.1%}，"
            f"宏 F1 {outside['macro_f1']:.3f}，校准误差 {outside['ece']:.3f}"
        )
    else:
        lines.append("还没有足够的真实样本可供检验：准确率未知")
    lines.append(f"自造文本吻合度 {card['made']['agreement']:.1%}（不是准确率）")
    return "\n".join(lines) + "\n"
