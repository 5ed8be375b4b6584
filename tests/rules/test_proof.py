"""The proof of figures, on a tiny made document."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant.rules.load import load_catalogue
from assistant.rules.proof import Proof, prove, squeeze, stands_in
from assistant.rules.values import Value

TINY = Path(__file__).parents[1] / "data" / "knowledge"
DOCUMENT = """概要
公募期間
申請受付開始：２０２６年８月３日　申請締切：10/30(金) 17:00　採択発表：令和9年1月下旬
第1回は 2025.8.4 から 10月31日まで
基本枠　上限 80万円（前回は70万円）、下限１０万円、補助率 小規模3/4、その他1/2
賃上げ特例　＋30万円、2.5％以上　従業員40名以下
成長枠　10人以下 400万円、11～30人 600万円、31人以上 900万円、補助率 3分の2
1件70万円（税抜）超は３者以上から見積　期間は14か月以内、報告は4年
見本　上限90万円　1/3
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "reiji.txt").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def failed(proofs: tuple[Proof, ...]) -> list[str]:
    return [f"{p.figure.edition_id} {p.figure.value.text()}: {p.why}" for p in proofs if not p.found]


def test_what_stands_in_the_document_is_proven(sources: Path) -> None:
    proofs = prove(load_catalogue(TINY), sources)
    assert len(proofs) > 25 and failed(proofs) == []
    assert {p.figure.programme for p in prove(load_catalogue(TINY), sources, "mihon")} == {"mihon"}


def test_a_wrong_figure_is_not_proven(sources: Path, tmp_path: Path) -> None:
    knowledge = Path(shutil.copytree(TINY, tmp_path / "knowledge"))
    path = knowledge / "programmes/reiji/editions/2026-r2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("yen: 9000000", "yen: 9100000"), encoding="utf-8")
    assert failed(prove(load_catalogue(knowledge), sources)) == ["reiji/2026-r2 910万円: 910万円 が目印の近くにありません"]


def test_a_document_that_is_not_there_proves_nothing(tmp_path: Path) -> None:
    proofs = prove(load_catalogue(TINY), tmp_path)
    assert all(not p.found and "reiji-guide" in p.why for p in proofs)


def test_a_heading_that_is_not_there_is_named(sources: Path) -> None:
    (sources / "reiji.txt").write_text("別の文書", encoding="utf-8")
    from assistant.rules.proof import document_text

    document_text.cache_clear()
    proofs = prove(load_catalogue(TINY), sources)
    assert {p.why for p in proofs} == {"見出しまたは目印が見つかりません"}


def test_weak_proofs_are_told(sources: Path) -> None:
    """Without a label beside it a neighbour's value would pass too, and the proof says so."""
    proofs = prove(load_catalogue(TINY), sources)
    assert any(p.weak for p in proofs) and not all(p.weak for p in proofs)


@pytest.mark.parametrize(
    ("data", "text", "found"),
    [
        ({"yen": 500000}, "上限50万円", True), ({"yen": 500000}, "上限250万円", False), ({"yen": 500000}, "上限50万1円", True),
        ({"yen": 500000}, "500,000円", True), ({"yen": 500000}, "500千円", True), ({"yen": 500000}, "5万円", False),
        ({"yen": 120000000}, "1億2,000万円", True), ({"yen": 120000000}, "1.2億円", True), ({"yen": 500000000}, "15億円", False),
        ({"ratio": "2/3"}, "３分の２", True), ({"ratio": "2/3"}, "12/3", False), ({"ratio": "1/2"}, "50%", True),
        ({"percent": "3.0"}, "+3.0%以上", True), ({"percent": "3.0"}, "3％", True), ({"percent": "3.0"}, "13.0%", False),
        ({"people": 5}, "5人以下", True), ({"people": 5}, "15人以下", False), ({"people": 21}, "②1人", False),
        ({"date": "2026-12-15"}, "12月15日", True), ({"date": "2026-12-15"}, "2/15", False),
        ({"date": "2026-12-05"}, "2026.12.5", True),
        ({"month": "2026-07"}, "令和8年7月", True), ({"year": 2026}, "令和8", True), ({"months": 14}, "14ヶ月", True),
    ],
)  # fmt: skip
def test_notations(data: dict[str, Any], text: str, found: bool) -> None:
    assert stands_in(Value.model_validate(data), [squeeze(text)]) is found


def test_squeeze_folds_width_and_keeps_circled_digits_apart() -> None:
    assert squeeze("１，０００ 万円 **太字** <u>下線</u>") == "1000万円太字下線"
    assert squeeze("②1人") == "(2)1人"
