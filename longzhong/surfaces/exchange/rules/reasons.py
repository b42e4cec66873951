"""Why a row or a file is refused (拒收原因): a stable code for programs, a sentence for the person who mends the file.

A row that can't be kept is never dropped: it is refused aloud with one of these codes.
"""

REASONS = {
    # a whole file
    "empty_file": "文件是空的",
    "unknown_format": "认不出文件格式（支持 CSV、TSV、XLSX、XLS、ODS、Parquet，以及装有一个表格的 ZIP）",
    "broken_file": "文件已损坏或没有传完：%(detail)s",
    "password": "文件有打开密码，请另存为没有密码的文件",
    "too_large": "文件解开后过大（%(detail)s）",
    "no_sheet": "没有名为“%(sheet)s”的工作表",
    "no_table": "没有找到表格：没有任何一行像表头",
    "columns_missing": "缺少必需的列：%(columns)s",
    "slots_missing": "曲线宽表要有 96 个时刻的列，只认出 %(found)s 个",
    "slots_twice": "同一个时刻出现了两列：%(columns)s",
    # the shape of a row
    "undecodable": "这一行有无法识别的字节，可能在传输中损坏",
    "unclosed_quote": "这一行的引号没有成对",
    "column_count": "这一行有 %(found)s 列，表头有 %(expected)s 列",
    "totals_row": "合计、小计或表尾说明行，不是数据",
    "repeated_header": "表头重复出现",
    "duplicate_conflict": "重复的列“%(column)s”里内容不一致",
    "duplicate_in_file": "本文件第 %(line)s 行已有同一条记录，内容不同",
    "reference_conflict": "%(column)s %(shown)s 在前面的行里叫另一个名字",
    # a cell
    "missing": "必填项“%(column)s”没有内容",
    "control_character": "“%(column)s”含有不可见的控制字符",
    "too_long": "“%(column)s”过长（最多 %(limit)s 个字）",
    "digits_lost": "“%(column)s”是科学计数法 %(shown)s，末尾数字已丢失，请把该列设为文本后重新导出",
    "bad_code": "“%(column)s”只能用字母、数字和 - _ . / # ：%(shown)s",
    "bad_number": "“%(column)s”不是数字：%(shown)s",
    "not_whole": "“%(column)s”应为整数：%(shown)s",
    "out_of_range": "“%(column)s”应在 %(low)s 到 %(high)s 之间：%(shown)s",
    "bad_choice": "“%(column)s”不认识：%(shown)s（可用：%(choices)s）",
    "bad_date": "“%(column)s”不是日期：%(shown)s",
    "impossible_date": "“%(column)s”这一天不存在：%(shown)s",
    "ambiguous_date": "“%(column)s”分不清年、月、日：%(shown)s，请写成 2026-03-01 的样式",
    "date_range": "“%(column)s”不在合理的年份内：%(shown)s",
    "bad_time": "“%(column)s”不是时刻：%(shown)s",
    "off_grid": "“%(column)s”不在 15 分钟的整点上：%(shown)s",
    "bad_phone": "“%(column)s”不像电话号码",
    # what the register says
    "unknown_unit": "没有编码为 %(shown)s 的单位",
    "unknown_grid": "没有编码为 %(shown)s 的网格",
    "unknown_area": "没有编号为 %(shown)s 的台区",
    "role_missing": "没有写“角色”，从岗位“%(shown)s”也看不出角色（可用：%(choices)s）",
    "unknown_meter": "没有编号为 %(shown)s 的表计档案",
    "unknown_quantity": "不认识的数据项：%(shown)s",
    "quantity_not_for_meter": "%(shown)s 不适用于这种表计（%(kind)s）",
    "phase_needed": "说不清是哪一相：%(shown)s",
    "future_day": "日期 %(shown)s 还没有到",
    "ratio_conflict": "文件里的倍率 %(shown)s 与档案的倍率 %(ratio)s 不同",
    "elsewhere": "这份名单是“%(wanted)s”的，这一行写的是“%(shown)s”",
    "out_of_scope": "不在您的管辖范围内：%(shown)s",
}

SHORT = {
    "undecodable": "有无法识别的字节",
    "unclosed_quote": "引号没有成对",
    "column_count": "列数与表头不同",
    "totals_row": "合计、小计或表尾说明",
    "repeated_header": "表头重复出现",
    "duplicate_conflict": "重复的列内容不一致",
    "duplicate_in_file": "同一条记录出现两次，内容不同",
    "reference_conflict": "同一编号在前面的行里叫另一个名字",
    "missing": "必填项没有内容",
    "control_character": "含有不可见的控制字符",
    "too_long": "内容过长",
    "digits_lost": "编号成了科学计数法，数字已丢失",
    "bad_code": "编号里有不能用的字符",
    "bad_number": "不是数字",
    "not_whole": "应为整数",
    "out_of_range": "数值不在合理范围内",
    "bad_choice": "取值不认识",
    "bad_date": "不是日期",
    "impossible_date": "日期不存在",
    "ambiguous_date": "分不清年、月、日",
    "date_range": "不在合理的年份内",
    "bad_time": "不是时刻",
    "off_grid": "时刻不在 15 分钟的整点上",
    "bad_phone": "不像电话号码",
    "role_missing": "没有写角色，从岗位也看不出",
    "unknown_meter": "没有这块表的档案",
    "unknown_quantity": "数据项不认识",
    "quantity_not_for_meter": "数据项不适用于这种表计",
    "phase_needed": "说不清是哪一相",
    "future_day": "日期还没有到",
    "ratio_conflict": "倍率与档案不同",
}


class Bad(Exception):
    """A row (or a file) that can't be kept, with its code and what the sentence needs."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return reason(self.code, self.facts)


class BadFile(Bad):
    """The file as a whole can't be read or isn't what the recipe needs."""


def reason(code: str, facts: dict[str, object]) -> str:
    """The Chinese sentence of a code; a fact that is missing shows as an empty place, never as a crash.

    Rows refused by an owner of the data bring the owner's own sentence along (`said`).
    """
    if "said" in facts:
        return str(facts["said"])
    filled = {
        "column": "",
        "shown": "",
        "detail": "",
        "limit": "",
        "low": "",
        "high": "",
        "choices": "",
        "line": "",
        "columns": "",
        "found": "",
        "expected": "",
        "sheet": "",
        "kind": "",
        "ratio": "",
        **facts,
    }
    try:
        return REASONS[code] % filled
    except KeyError:
        return REASONS.get(code, code)
