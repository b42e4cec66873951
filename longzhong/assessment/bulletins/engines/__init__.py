"""Chinese texts as words, for counting what customers tell."""

import re

import rjieba

HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
HIDDEN = re.compile(r"〔[^〕]*〕")
_EVERY = (
    "我们 你们 他们 这个 那个 什么 怎么 没有 现在 已经 可以 因为 所以 但是 还是 就是 不是 一个 时候 今天 昨天 明天 上午 下午 晚上",
    "客户 反映 来电 表示 要求 希望 尽快 处理 家里 多次 一直 情况 问题 知道 时间 需要 他家 其他 请问",
)
PLAIN = frozenset(" ".join(_EVERY).split())  # words of every call: they say nothing about what rises

_jieba = rjieba.Jieba()


def words_of(text: str) -> frozenset[str]:
    """The words of two characters and more in a text, without hidden names and the words of every call."""
    shown = HIDDEN.sub(" ", text)
    return frozenset(word for word in _jieba.cut(shown) if HAN.fullmatch(word) and word not in PLAIN)
