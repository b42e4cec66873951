"""Recipe of customers (客户): accounts with address, contact, meter, tags and priority group, as the marketing
system (SG186, 营销2.0) exports them.

Names, rooms and phones go into the service sealed; no reason ever repeats them.
"""

from longzhong.register.customers.rules.accounts import KIND_WORDS, STATE_WORDS
from longzhong.register.customers.rules.contacts import RELATION_WORDS
from longzhong.register.customers.rules.priority import GRADES, GROUP_WORDS
from longzhong.surfaces.exchange.rules.columns import Column, Recipe
from longzhong.surfaces.exchange.rules.readers import choice, code, day, words

KINDS = {words: kind.value for kind, words in KIND_WORDS.items()} | {
    "居民": "resident",
    "城镇居民": "resident",
    "乡村居民": "resident",
    "居民生活": "resident",
    "低压居民": "resident",
    "商业": "business",
    "一般工商业": "business",
    "低压非居民": "business",
    "非居民": "business",
    "工业": "industry",
    "大工业": "industry",
    "高压": "industry",
    "农业": "farm",
    "农业生产": "farm",
    "公共": "public",
    "机关": "public",
    "学校": "public",
}
STATES = {words: state.value for state, words in STATE_WORDS.items()} | {
    "正常": "active",
    "正常用电": "active",
    "在用": "active",
    "销户中": "closing",
    "待销户": "closing",
    "已销户": "closed",
    "销户": "closed",
    "注销": "closed",
    "拆迁": "demolished",
    "已拆迁": "demolished",
}
PRIORITIES = (
    {words: grade.value for grade, (_group, words) in GRADES.items()}
    | {words: group.value for group, words in GROUP_WORDS.items()}
    | {
        "重要客户": "important",
        "敏感客户": "sensitive",
        "特殊": "special",
        "特级重要": "supreme",
        "一级重要": "first",
        "二级重要": "second",
    }
    | {"低保": "poor", "五保": "poor", "孤老": "lone_elder", "残疾": "disabled"}
)
RELATIONS = {words: relation.value for relation, words in RELATION_WORDS.items()} | {
    "户主": "owner",
    "本人": "owner",
    "业主": "owner",
    "租户": "tenant",
    "租客": "tenant",
    "家属": "family",
    "亲属": "family",
    "经办人": "agent",
    "物业电工": "estate",
    "村组长": "committee",
    "其他": "other",
}

ACCOUNTS = Recipe(
    code="accounts",
    title="客户",
    about="用电户：户号、地址、联系人、表计、标签与重要敏感特殊群体",
    key=("code",),
    columns=(
        Column(
            "code",
            "户号",
            code,
            ("用户编号", "客户编号", "用电户号", "户编号", "cons_no", "用户号", "客户号"),
            required=True,
        ),
        Column(
            "name",
            "户名",
            words(120),
            ("用户名称", "客户名称", "用电户名", "cons_name", "用户名", "客户姓名"),
            required=True,
        ),
        Column("kind", "用电类别", choice(KINDS), ("用户类别", "用户分类", "用户类型", "客户类型", "cons_sort_code")),
        Column("state", "用户状态", choice(STATES), ("状态", "用电状态", "status_code", "客户状态")),
        Column("unit_code", "供电单位编码", code, ("单位编码", "供电所编码", "单位编号", "org_no", "管理单位编码")),
        Column("area_code", "台区编号", code, ("台区编码", "台区代码", "tg_no", "所属台区")),
        Column("meter_code", "表号", code, ("电能表编号", "表计编号", "电表编号", "资产编号", "电能表资产号")),
        Column("town", "乡镇", words(40), ("街道", "乡镇街道", "镇", "乡镇(街道)")),
        Column("village", "村", words(60), ("村社区", "行政村", "社区", "村(社区)", "村庄")),
        Column("estate", "小区", words(60), ("小区名称", "楼盘", "自然村")),
        Column("building", "楼栋", words(40), ("楼栋号", "栋", "幢")),
        Column("room", "门牌", words(80), ("房号", "门牌号", "室", "单元室", "房间号", "单元房号")),
        Column("contact", "联系人", words(40), ("联系人姓名", "用电联系人")),
        Column("phone", "联系电话", words(120), ("手机", "手机号", "手机号码", "电话", "移动电话", "联系方式")),
        Column("relation", "关系", choice(RELATIONS), ("与户主关系", "联系人类型", "联系类型")),
        Column("id_number", "证件号码", words(30), ("身份证号", "身份证号码", "证件号")),
        Column("priority", "重要敏感类别", choice(PRIORITIES), ("重要客户类别", "客户群体", "重点客户", "优先级")),
        Column("tag", "标签", words(20), ("客户标签",)),
        Column("opened_on", "立户日期", day, ("开户日期", "立户时间", "送电日期", "build_date")),
    ),
)
