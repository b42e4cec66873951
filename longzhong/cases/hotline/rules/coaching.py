"""How to treat somebody who is upset (情绪处置准则, S2-06): stay calm, find the source, don't rush to rules, guide the emotion.

One card a mood, for the call desk and for the hall's incident desk. After issue 33's case list: an agent who recites the rule to
somebody who is shouting makes a complaint of an enquiry. The cards advise; nothing is decided by them.
"""

from dataclasses import dataclass

from longzhong.cases.hotline.rules.words import MOOD_LABELS, Mood


@dataclass(frozen=True)
class Coaching:
    """What to do, what to say, what not to do, and when to call for help, for one mood."""

    mood: Mood
    title: str
    aim: str
    do: tuple[str, ...]
    say: tuple[str, ...]
    avoid: tuple[str, ...]
    call_help: str

    @property
    def mood_word(self) -> str:
        return MOOD_LABELS[self.mood]


COACHING: dict[Mood, Coaching] = {
    Mood.CALM: Coaching(
        Mood.CALM,
        "情绪平稳：听清楚，一次说明白",
        "弄清诉求，给出时间和人",
        ("完整听完再复述一遍", "说清谁来办、什么时候有结果", "问一句还有没有别的事"),
        ("我复述一下，您看对不对……", "这件事由我负责跟到底，最晚……给您回话。"),
        ("边听边打断", "“这不归我管”", "承诺自己做不了主的事"),
        "",
    ),
    Mood.EXCITED: Coaching(
        Mood.EXCITED,
        "激动：先稳住情绪，再找源头",
        "先处理心情，后处理事情",
        (
            "语速放慢，声音放低，让对方说完",
            "找源头：为哪件事、从什么时候开始生气",
            "先认可感受，再问事实，最后才谈规定",
            "在营业厅，请到会客室坐下、倒杯水",
        ),
        (
            "换作是我也会着急，您慢慢说，我都记下来。",
            "让您跑了几趟，是我们没说清楚。",
            "我先把您的事办上，规定一会儿再细说。",
        ),
        ("一上来就念条文", "越解释声音越大", "追问“您当时为什么不……”", "和别的客户作比较"),
        "五分钟内缓和不下来，请营业厅负责人接手",
    ),
    Mood.FURIOUS: Coaching(
        Mood.FURIOUS,
        "非常激动：保证安全，换人换地方",
        "降温、隔离、换人，不争对错",
        (
            "自己保持平静，不对视争执，不还口",
            "立即呼叫营业厅负责人（窗口“灭火”岗）接手",
            "请到会客室，离开排队人群",
            "只谈眼前能为他做的一件事",
            "有人身危险先报警，再报告所长",
        ),
        ("您先坐，我请负责人来当面听您说，马上到。", "您说的我都记下了，今天一定给您一个答复。"),
        ("当众讲道理、讲规定", "“您冷静一点”", "推给别的部门或叫他打 95598", "用手机对着客户拍"),
        "立即呼叫负责人；电话里转值长，不挂断",
    ),
}


def coaching(mood: str) -> Coaching:
    """The card of a mood; an unknown mood gets the calm one."""
    known = {one.value for one in Mood}
    return COACHING[Mood(mood) if mood in known else Mood.CALM]
