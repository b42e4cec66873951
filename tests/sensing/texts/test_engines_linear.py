"""Hashed features, the linear model, its file and its speed."""

import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from longzhong.register.categories.gateways import shipped_tree
from longzhong.sensing.texts.engines import maker
from longzhong.sensing.texts.engines.grams import BITS, PLAIN, Shape, bucket_counts, spread
from longzhong.sensing.texts.engines.likeness import house_tokenizer
from longzhong.sensing.texts.engines.linear import Features, Linear, Plan, choose, learn, learn_features, once_each
from longzhong.sensing.texts.engines.store import StoreError, load, save
from longzhong.sensing.texts.rules import model_text
from tests.sensing.texts.make import made


@pytest.fixture(scope="module")
def taught() -> tuple[Linear, list[tuple[str, str]]]:
    rows = made(1500)
    texts, codes = [model_text(text) for text, _code in rows], [code for _text, code in rows]
    return learn(texts, codes, Plan(Shape(chars=(1, 2, 3))), house_tokenizer()), rows


def slow_grams(text: str, size: int) -> Counter[str]:
    framed = f"\x02{text}\x03"
    return Counter(framed[at : at + size] for at in range(len(framed) - size + 1))


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_character_grams_are_those_of_a_slow_count(size: int) -> None:
    texts = ["停电停电停", "", "😀停电 abc", "停"]
    found = spread(texts, Shape(chars=(size,), words=False))
    for row, text in enumerate(texts):
        counts = sorted(Counter(found.bucket[found.row == row].tolist()).values())
        assert counts == sorted(slow_grams(text, size).values())


def test_a_word_is_the_same_feature_wherever_it_stands() -> None:
    shape = Shape(chars=(), words=True, pairs=False)
    found = spread(["台区停电", "昨天停电，停电！", "…… ，"], shape)
    first, second = (set(found.bucket[found.row == row].tolist()) for row in (0, 1))
    assert len(first & second) == 1
    assert not len(found.bucket[found.row == 2])  # marks are no words


def test_the_tokenizer_knows_the_trade() -> None:
    assert "三相不平衡" in house_tokenizer().cut("台区三相不平衡")
    assert "三相不平衡" not in PLAIN.cut("台区三相不平衡")


def test_rows_have_length_one_and_unknown_texts_none() -> None:
    features = learn_features(["停电了", "没电了", "停电"], Plan())
    rows = features.of(["停电", "ｘｙｚ", ""])
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    assert norms[0] == pytest.approx(1.0, abs=1e-5)
    assert norms[1] <= 1.0 + 1e-5
    assert bucket_counts(["停", "停"], Shape(chars=(1,), words=False)).max() == 2
    assert len(features.index) == 1 << BITS


def test_learning_tells_apart_and_is_calibrated(taught: tuple[Linear, list[tuple[str, str]]]) -> None:
    model, _rows = taught
    asked = maker.make_texts(77, 400)
    chances = model.probabilities([model_text(text) for text, _code in asked], house_tokenizer())
    assert np.allclose(chances.sum(axis=1), 1.0)
    hits = [model.labels[one] == code for one, (_text, code) in zip(chances.argmax(axis=1), asked, strict=True)]
    assert np.mean(hits) > 0.75
    assert abs(np.mean(hits) - chances.max(axis=1).mean()) < 0.12


def test_learning_twice_gives_the_same(taught: tuple[Linear, list[tuple[str, str]]]) -> None:
    model, rows = taught
    texts, codes = [model_text(text) for text, _code in rows], [code for _text, code in rows]
    again = learn(texts, codes, Plan(Shape(chars=(1, 2, 3))), house_tokenizer())
    assert (again.weights == model.weights).all()


def test_one_class_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="one class"):
        learn(["停电", "没电"], ["a", "a"], Plan())


def test_two_classes_and_few_texts() -> None:
    texts = ["很好很满意", "非常好", "喜欢", "太差了", "非常差", "不喜欢"] * 3
    model = learn(
        texts, ["正", "正", "正", "负", "负", "负"] * 3, choose(texts, ["正", "正", "正", "负", "负", "负"] * 3)
    )
    assert [model.labels[one] for one in model.probabilities(["很好", "太差"]).argmax(axis=1)] == ["正", "负"]
    assert (
        once_each(["a", "b", "a"], ["1", "2", "3"]) == (["a", "b"], ["1", "2"])
        or len(once_each(["a", "a"], ["1", "2"])[0]) == 1
    )


def test_a_file_gives_the_same_model_back_and_nothing_else(
    taught: tuple[Linear, list[tuple[str, str]]], tmp_path: Path
) -> None:
    model, _rows = taught
    name, digest = save(model, tmp_path, "category-1")
    back = load(tmp_path / name, digest)
    asked = ["就我一家没电", "表扬抢修师傅"]
    assert back.labels == model.labels
    assert np.abs(back.probabilities(asked) - model.probabilities(asked)).max() < 0.01
    assert "停电".encode() not in (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(b"other")
    load.cache_clear()
    with pytest.raises(StoreError, match="not the file"):
        load(tmp_path / name, digest)
    with pytest.raises(StoreError):
        load(tmp_path / "gone.npz", digest)


def test_two_thousand_texts_a_second_and_more(taught: tuple[Linear, list[tuple[str, str]]]) -> None:
    """The floor of the task; a quiet machine does ten times as many."""
    model, rows = taught
    texts = [text for text, _code in rows]
    seconds = []
    for _turn in range(3):
        start = time.perf_counter()
        model.probabilities([model_text(text) for text in texts], house_tokenizer())
        seconds.append(time.perf_counter() - start)
    assert len(texts) / min(seconds) > 2000


def test_made_texts_are_seeded_and_cover_every_leaf() -> None:
    assert maker.make_texts(5, 50) == maker.make_texts(5, 50)
    assert maker.make_texts(5, 50) != maker.make_texts(6, 50)
    codes = {row.code for row in shipped_tree()}
    leaves = codes - {code.rpartition(".")[0] for code in codes}
    assert {code for _text, code in maker.make_texts(1, 30_000)} == leaves
    rows = maker.make_texts(9, 500)
    assert all("{" not in text and 2 <= len(text) <= 200 for text, _code in rows)
    assert any(text.startswith("【") for text, _code in rows)


def test_made_pairs_hold_both_kinds() -> None:
    pairs = maker.make_pairs(4, 400)
    assert pairs == maker.make_pairs(4, 400)
    assert 0.3 < sum(same for _a, _b, same in pairs) / len(pairs) < 0.7


def test_features_of_an_empty_list() -> None:
    features = learn_features(["停电", "没电"], Plan())
    assert features.of([]).shape[0] == 0
    assert isinstance(features, Features)
