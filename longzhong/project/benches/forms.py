"""`longzhong bench forms [--json] [--forms N]`: rectification forms of full length as one PDF and as Word files.

Only the printing is measured: reading 200 forms takes ten queries whatever they hold (tests/cases/rectifications).
"""

import argparse
import json
import sys
import time

from longzhong.kit.papers import Facts, Paper, Signature, Signatures, Table, Text, docx, pdf

FORMS = 200
FACTS = "经调阅营业厅当日录像、排号记录和工单流转记录，客户反映的情况与记录一致，窗口人员未使用文明用语，也未履行一次性告知。"
MEASURES = (
    "约谈当事人并扣减当月绩效",
    "全员开展服务礼仪和一次性告知培训",
    "值班所长每日抽查录像十五分钟",
    "公示服务监督电话",
)
SIGNERS = ("责任单位", "营销部", "运检部", "安监部", "优质服务办公室")


def main(argv: list[str]) -> int:
    """Print so many forms and say how long it took, per form and in all."""
    words = argparse.ArgumentParser(prog="longzhong bench forms", description=main.__doc__)
    words.add_argument("--forms", type=int, default=FORMS)
    words.add_argument("--json", action="store_true")
    options = words.parse_args(argv)
    papers = [_form(number) for number in range(1, options.forms + 1)]
    started = time.perf_counter()
    batch = pdf(*papers)
    printed = time.perf_counter()
    files = [docx(one) for one in papers]
    written = time.perf_counter()
    count = len(papers)
    made = {
        "forms": count,
        "pdf_s": round(printed - started, 2),
        "pdf_ms_each": round((printed - started) / count * 1e3, 1),
        "pdf_mb": round(len(batch) / 2**20, 2),
        "word_s": round(written - printed, 2),
        "word_ms_each": round((written - printed) / count * 1e3, 1),
        "word_mb": round(sum(map(len, files)) / 2**20, 2),
    }
    if not options.json:
        sys.stdout.write("\n".join(f"{key}\t{value}" for key, value in made.items()) + "\n")
    sys.stdout.write(json.dumps(made) + "\n")
    return 0


def _form(number: int) -> Paper:
    """A form of about two pages: facts, causes, measures with owners, five signatures."""
    facts = (
        ("投诉编号", f"TS2026{number:08}"), ("等级", "一般"), ("责任单位", "檀溪供电所"), ("专业部门", "营销部"),
        ("投诉分类", "投诉 / 服务 / 营业厅人员服务态度"), ("核定", "属实"), ("责任分类", "营销责任"), ("根本原因", "服务态度"),
    )  # fmt: skip
    rows = tuple(
        (one, f"责任人{place}", f"2026-12-{place + number % 20 + 1:02}", "已完成") for place, one in enumerate(MEASURES)
    )
    signs = tuple(Signature(one, "某某", "2026-12-01", "同意。") for one in SIGNERS)
    blocks = (
        Facts(facts), Text("一、事实", (FACTS * 6, FACTS * (number % 5 + 1))), Text("二、原因分析", (FACTS * 5,)),
        Table(("措施", "责任人", "时限", "完成情况"), rows * 2, "三、整改措施", (3, 1, 1.2, 1)), Signatures(signs, "四、会签"),
    )  # fmt: skip
    return Paper("属实投诉问题整改单", f"ZG2026{number:08}", "襄城供电公司", blocks)
