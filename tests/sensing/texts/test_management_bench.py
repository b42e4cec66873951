"""The benches on outside files: encodings, wrong heads, few rows, and labels of every kind."""

import json
from pathlib import Path

import pytest

from longzhong.sensing.texts.engines.maker import make_pairs
from longzhong.sensing.texts.engines.tables import TableError, read_table, stratified_folds
from longzhong.sensing.texts.management import bench_classify, bench_pairs

ROWS = [(f"这个{what}第{n}次用，{says}", label) for n in range(30) for what, says, label in (
    ("手机", "很好很满意", "正"), ("电视", "太差了，退货", "负"))]  # fmt: skip


def written(path: Path, head: str, rows: list[tuple[str, ...]], encoding: str = "utf-8", sign: str = ",") -> Path:
    lines = [head, *(sign.join(f'"{one}"' for one in row) for row in rows)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path / "t.csv", "Label, TEXT ", [(b, a) for a, b in ROWS], encoding)
    table = read_table(file, ("text", "label"))
    assert table.rows[0] == ROWS[0]
    assert len(table.rows) == 60


def test_tabs_empty_fields_and_line_breaks_inside_a_field(tmp_path: Path) -> None:
    file = written(tmp_path / "t.tsv", "text\tlabel", [("第一行\n第二行", "a"), ("", "b"), ("x", "")], sign="\t")
    table = read_table(file, ("text", "label"))
    assert (table.rows, table.dropped) == ([("第一行\n第二行", "a")], 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "空文件"), ("content,label\nx,y\n", "缺少列 text"), ("text,label\n,\n", "没有一行")],
)
def test_a_file_that_cant_be_used_says_why(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "t.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=says):
        read_table(file, ("text", "label"))


def test_folds_keep_equal_texts_together_and_labels_even() -> None:
    keys = [text for text, _label in ROWS] + [ROWS[0][0]] * 3
    labels = [label for _text, label in ROWS] + ["正"] * 3
    folds = stratified_folds(keys, labels, 5)
    assert len(set(folds[-3:]) | {folds[0]}) == 1
    for fold in range(5):
        assert 5 <= sum(one == fold and label == "负" for one, label in zip(folds, labels, strict=True)) <= 7


def run(bench: object, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object], str]:
    code = bench.main([*words, "--json"])  # type: ignore[attr-defined]
    out = capsys.readouterr()
    return code, json.loads(out.out.splitlines()[-1]) if out.out else {}, out.err


def test_an_outside_file_is_classified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*ROWS, ("只有这一条", "稀有"), ROWS[0]]
    code, figures, _err = run(
        bench_classify, capsys, "--file", str(written(tmp_path / "t.csv", "text,label", rows, "gb18030"))
    )
    assert code == 0
    assert float(str(figures["accuracy"])) > 0.9
    assert {"macro_f1", "ece", "texts_per_s"} <= figures.keys()
    assert (figures["labels"], figures["rare_labels"], figures["duplicates"]) == (3, 1, 1)


@pytest.mark.parametrize(
    ("head", "rows", "says"),
    [
        ("a,b", [("x", "y")], "缺少列"),
        ("text,label", [(f"x{n}", "y") for n in range(20)], "只有一种标签"),
        ("text,label", [("x", "y"), ("z", "w")], "至少要"),
    ],
)
def test_a_useless_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], head: str, rows: list[tuple[str, ...]], says: str
) -> None:
    code, figures, err = run(bench_classify, capsys, "--file", str(written(tmp_path / "t.csv", head, rows)))
    assert (code, figures) == (2, {})
    assert says in err
    assert run(bench_classify, capsys, "--file", str(tmp_path / "none.csv"))[0] == 2


def test_made_texts_are_no_accuracy(capsys: pytest.CaptureFixture[str]) -> None:
    code, figures, _err = run(bench_classify, capsys, "--rows", "400")
    assert code == 0
    assert "accuracy" not in json.dumps(figures)
    assert "不是准确率" in str(figures["made"]["note"])  # type: ignore[index]
    assert int(str(figures["texts_per_s"])) > 0


@pytest.mark.parametrize("graded", [False, True])
def test_an_outside_file_of_pairs(tmp_path: Path, capsys: pytest.CaptureFixture[str], graded: bool) -> None:
    rows = [
        (a, b, str((5 if same else n % 3) if graded else int(same)))
        for n, (a, b, same) in enumerate(make_pairs(5, 150))
    ]
    code, figures, _err = run(bench_pairs, capsys, "--file", str(written(tmp_path / "p.csv", "a,b,label", rows)))
    assert code == 0
    assert {"spearman", "auc", "f1", "spearman_plain", "auc_plain", "pairs_per_s"} <= figures.keys()
    assert float(str(figures["auc"])) > 0.8
    assert figures["grades"] == (4 if graded else 2)


@pytest.mark.parametrize(
    ("label", "many", "says"), [("x", 60, "0/1"), ("1", 60, "一种取值"), ("0", 3, "一种取值"), ("nan", 60, "不是数")]
)
def test_useless_pairs_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], label: str, many: int, says: str
) -> None:
    rows = [(f"甲{n}", f"乙{n}", label) for n in range(many)]
    code, _figures, err = run(bench_pairs, capsys, "--file", str(written(tmp_path / "p.csv", "a,b,label", rows)))
    assert code == 2
    assert says in err


def test_made_pairs_go_through(capsys: pytest.CaptureFixture[str]) -> None:
    code, figures, _err = run(bench_pairs, capsys, "--rows", "120")
    assert code == 0
    assert "auc" not in figures
    assert "made" in figures
