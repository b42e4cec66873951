"""How somebody of ours is called in public: by surname and post, never by the whole name."""

COMPOUND = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "梁丘",
        "左丘",
        "东门",
        "西门",
    ]
)


def surname_of(name: str) -> str:
    """欧阳修远 → 欧阳, 王丽 → 王, 买买提·吐尔逊 → 买买提."""
    plain = name.strip()
    for mark in "·•・ ":
        if mark in plain:
            return plain.split(mark, 1)[0]
    return plain[:2] if len(plain) > 2 and plain[:2] in COMPOUND else plain[:1]


def short_name(name: str, post: str = "") -> str:
    """王丽, 台区经理 → 王师傅（台区经理）; "" for nobody."""
    surname = surname_of(name)
    if not surname:
        return ""
    return f"{surname}师傅（{post}）" if post else f"{surname}师傅"
