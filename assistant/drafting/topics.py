"""What a plain sentence of the firm is about, by the words in it; a sentence may be about several things or none."""

from __future__ import annotations

import re
from typing import Literal

Topic = Literal["customer", "market", "competitor", "strength", "weakness", "operation", "price", "staff", "accounting"]

_WORDS: dict[Topic, tuple[str, ...]] = {
    "customer": ("客", "顧客", "会員", "来店", "利用者", "取引先", "得意先", "リピート", "口コミ", "予約", "相談", "問い合わせ", "問合せ",
                 "要望", "声", "受注先", "患者", "生徒", "ユーザー"),
    "market": ("市場", "需要", "人口", "高齢", "世帯", "商圏", "観光", "業界", "流行", "トレンド", "ニーズ", "増えている", "減っている",
               "増加", "減少", "高騰", "子育て", "インバウンド", "訪日"),
    "competitor": ("競合", "同業", "他店", "他社", "大手", "ライバル", "半径", "圏内", "近隣"),
    "strength": ("強み", "高評価", "好評", "評判", "受賞", "特許", "資格", "独自", "自社製", "自家製", "技術", "熟練", "老舗", "創業",
                 "直接仕入", "地元産", "唯一", "初めて", "専門", "認証", "内製", "立地", "駅前", "リピート率", "会員", "常連",
                 "固定客"),
    "weakness": ("弱み", "課題", "不足", "手作業", "老朽", "取消", "キャンセル", "断って", "断る", "待ち時間", "失注", "赤字", "人手",
                 "属人", "後継者", "高齢化した", "稼働率", "ロス", "廃棄", "知られていない", "認知", "できていない", "ない時期"),
    "operation": ("設備", "機械", "工程", "製造", "仕入", "営業時間", "室", "席", "台", "坪", "稼働", "在庫", "生産", "原価率"),
    "price": ("単価", "価格", "料金", "売価", "売上", "粗利"),
    "staff": ("従業員", "社員", "パート", "職人", "スタッフ", "入退社", "採用", "給与", "賃金"),
    "accounting": ("決算", "年度は", "期末", "会計"),
}  # fmt: skip


_LACKS = re.compile(r"未対応|対応していない|できない|やっていない|扱っていない|[^0-9.]0(店|軒|社|件|か所|施設)|[はが]ない|なし|いない|閉店|廃業|撤退")
"""What competitors do not have or give up."""


def sort_sentences(sentences: tuple[str, ...]) -> dict[Topic, tuple[str, ...]]:
    """Sentences by topic; sentences about the books are about nothing else."""
    out: dict[Topic, tuple[str, ...]] = {}
    for sentence in sentences:
        for topic in topics_of(sentence):
            out[topic] = (*out.get(topic, ()), sentence)
    return out


def leaves_room(sentence: str) -> bool:
    """Whether a sentence about competitors tells what they lack: a chance as well as a threat."""
    return bool(_LACKS.search(sentence))


def topics_of(sentence: str) -> tuple[Topic, ...]:
    """The topics of one sentence."""
    if any(w in sentence for w in _WORDS["accounting"]):
        return ("accounting",)
    found: list[Topic] = [t for t, words in _WORDS.items() if any(w in sentence for w in words)]
    if "strength" in found and ("competitor" in found or "減" in sentence):
        found.remove("strength")
    return tuple(found)
