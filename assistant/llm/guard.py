"""What a model's rewrite may not do, checked in code: line by line against the draft it was given.

A rewrite may change particles, endings and connecting words. Tokens stay, in their order, with the words that say what they
are (上限, 創業型, 以下) before them; no number, address, markup or content word comes in; negation, choice and length stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from assistant.llm.mask import TOKEN, blank_tokens, is_digit
from assistant.text.numbers import find_quantities

_CITE = re.compile(r"\{s:\d+\}")
_RUN = re.compile(r"[^\W_ぁ-ゖ\ue000]+")
_PUNCTUATION = frozenset("、。「」（）・：,.():- \n")
_FREE_WORDS = frozenset(("場合", "際", "次", "通", "点", "内容", "制度", "金額", "具体的"))
_WEIGHTY = frozenset("超未満除内外非不無前後各毎全約最計翌当同")
MARKUP = re.compile(r"[<>|`]|\]\(|!\[|&[a-z#]\w*;|\*\*|^#", re.MULTILINE)
"""HTML, and Markdown beyond a list; lines of a draft that hold it are not given to a model."""
_ADDRESS = re.compile(r"https?:|www\.|://|[\w.-]+@[\w-]|[a-z0-9-]+\.(?:jp|com|net|org|go|co|info|io)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:約|およそ|おおよそ|だいたい|おおむね|ほぼ|やく|ざっと|最大で?|最低で?|最高で?|最長で?|最短で?|少なくとも|せいぜい|たった|わずか|"
    r"[+\-×÷=~¥$−△▲]|マイナス|プラス|令和|平成|西暦|第|数|計|各|毎年|毎月|年|月|税込|税抜|より|から|あと|残り)\s?$"
)
_AFTER = re.compile(
    r"\s?(?:[兆億万千百十]*円|[兆億万千百十割分厘倍%％パ半余強弱台代]|人|名|社|件|回|年|月|日|時|以上|以下|以内|以降|以前|未満|超|まで|から|より|前|後|"
    r"程度|ほど|くらい|ぐらい|ばかり|ずつ|おき|ごと|ばい|を?こえ|を?超|を?上回|を?下回|を?切|を?除|に?満た|に?達し|に?届|[+\-×÷=~/])"
)
_NEGATION = re.compile(
    r"ません|ない(?!よう)|なく(?!とも)|なけれ|ざる|ずに|ぬ|にくい|いいえ|いえ|ちが[うい]|あやまり|うそ|だめ|むり|不可|不要|対象外|除[くきい]|のぞ[くきい]"
)
_CHOICE = re.compile(r"または|又は|もしくは|若しくは|あるいは|いずれか|どちらか|か、")
_BOTH = re.compile(r"かつ|および|及び|ならびに|並びに|いずれも|どちらも|とも(?=に)|すべて|全て|みな")
_LIMITING = re.compile(r"だけ|のみ|しか|ただし|かぎ[りる]|限[りる]|のぞ|ほか|以外|もし|なら|たら|れば|まで|から|より")
_CLAIMS = re.compile(r"でしょうか|ですか|ますか")
_KANA = re.compile(r"[ぁ-ゖ]+")
_FREE_KANA = tuple(
    (
        "そのうえ それぞれ について において ください ござい こちら ところ とおり として とき おり また なお ため ので "
        "これ それ この その ません まで から こと もの よう です でし ます まし "
        "する した して され られ なり なる なっ あり ある いる いた "
        "は が の を に で と も へ や し さ れ た て い"
    ).split()
)
_YES_OR_NO = re.compile(r"^(?:はい|いいえ|ええ|いえ|そう(?:です)?|そのとおり|ちがいます)(?=[、。，,])")
_COUNTED = (
    (_NEGATION, "否定の言葉（ません・ない・いいえ など）の数が下書きと違う"),
    (_CHOICE, "「または」「いずれか」の数が下書きと違う"),
    (_BOTH, "「かつ」「および」「すべて」の数が下書きと違う"),
    (_LIMITING, "限定や条件の言葉（だけ・のみ・なら・から・まで など）の数が下書きと違う"),
    (_CLAIMS, "問いかけの形が下書きと違う"),
)


def find_faults(draft: str, reply: str) -> tuple[str, ...]:
    """Why a rewrite may not be used; empty if it may. The reasons hold no figure and nothing of the reply but tokens.

    Args:
        draft: The lines that the model was given, all numbers and names as tokens.
        reply: What it wrote.
    """
    if not reply.strip():
        return ("本文が空",)
    if len(reply) > 2 * len(draft) + 100:
        return ("下書きより長すぎる",)
    if blocked := _forbidden(draft, reply):
        return blocked
    before, after = draft.split("\n"), reply.split("\n")
    if len(before) != len(after):
        return ("行の数が下書きと違う",)
    faults = [f for pair in zip(before, after, strict=True) for f in _line_faults(*pair)]
    faults += _opening_faults(draft, reply)
    return tuple(dict.fromkeys(faults))


def line_faults(draft: str, reply: str, first: bool) -> tuple[str, ...]:
    """Why one line of a rewrite may not be used; empty if it may.

    Args:
        draft: The line that the model was given.
        reply: The line that it wrote for it.
        first: Whether it opens the answer, where yes and no are said.
    """
    faults = [*_forbidden(draft, reply)] or _line_faults(draft, reply)
    if first:
        faults += _opening_faults(draft, reply)
    return tuple(dict.fromkeys(faults))


def _forbidden(draft: str, reply: str) -> tuple[str, ...]:
    """Signs that have no place in any rewrite."""
    bare, known = blank_tokens(reply), set(TOKEN.findall(draft))
    faults = []
    if set(TOKEN.findall(reply)) - known or re.search(r"[{}［］]", bare):
        faults.append("下書きにない記号、または崩れた記号がある")
    if any(is_digit(c) for c in unicodedata.normalize("NFKC", bare)) or find_quantities(bare):
        faults.append("記号の外に数字や数量がある")
    if _ADDRESS.search(unicodedata.normalize("NFKC", bare)):
        faults.append("URL やメールアドレスがある")
    if MARKUP.search(bare):
        faults.append("HTML や Markdown の記号がある")
    strange = set(bare) - set(draft) - _PUNCTUATION - {"\ue000"}
    if any(unicodedata.category(c)[0] in "PSCZM" for c in strange):
        faults.append("下書きにない記号文字がある")
    return tuple(faults)


def _opening_faults(draft: str, reply: str) -> list[str]:
    """The first sentence says yes or no as the draft does."""
    return [] if _opening(draft) == _opening(reply) else ["最初の文の肯定・否定が下書きと違う"]


def _opening(text: str) -> tuple[str, int]:
    """Yes or no at the start, and the negations of the first sentence after it."""
    said = _YES_OR_NO.match(text)
    rest = text[said.end() + 1 :] if said else text
    return (said[0] if said else "", len(_NEGATION.findall(rest.split("。")[0])))


def _line_faults(draft: str, reply: str) -> list[str]:
    faults = []
    if Counter(_CITE.findall(draft)) != Counter(_CITE.findall(reply)):
        faults.append("出典の記号 {s:…} が同じ行にそろっていない")
    old, new = _parts(draft), _parts(reply)
    if old[1::2] != new[1::2]:
        return [*faults, "記号が、下書きと同じ行に同じ順番でそろっていない"]
    for i, token in enumerate(old[1::2]):
        if _edges(old, i) != _edges(new, i):
            faults.append(f"{token} の直前・直後の語（＋・約・以上・まで など）や単位が変わっている")
    pairs = list(zip(old[::2], new[::2], strict=True))
    ends = [*old[1::2], "行末"]
    for end, pair in zip(ends, pairs, strict=True):
        if _lost(*pair, tail=end == "行末"):
            faults.append(f"{end} の前の用語が、消えたか並び替わっている")
    if any(bool(a.strip()) != bool(b.strip()) for a, b in pairs[1:-1]):
        faults.append("記号どうしの間の言葉が変わっている")
    texts = " ".join(old[::2]), " ".join(new[::2])
    if _new_words(*texts) or _new_kana(*texts):
        faults.append("下書きのその行にない言葉が加わっている")
    faults += [why for pattern, why in _COUNTED if _counts(pattern, old) != _counts(pattern, new)]
    if not 0.5 * len(draft) - 10 <= len(reply) <= 1.6 * len(draft) + 20:
        faults.append("行の長さが下書きと違いすぎる")
    return faults


def _parts(line: str) -> list[str]:
    """Text, token, text, token, … text; citations left out, widths folded outside the tokens."""
    parts = re.split(f"({TOKEN.pattern})", _CITE.sub("", line))
    return [p if i % 2 else unicodedata.normalize("NFKC", p) for i, p in enumerate(parts)]


def _edges(parts: list[str], i: int) -> tuple[str, str]:
    before, after = _BEFORE.search(parts[2 * i]), _AFTER.match(parts[2 * i + 2])
    return (before[0].strip() if before else "", after[0].strip() if after else "")


def _lost(draft: str, reply: str, tail: bool) -> bool:
    """Whether words of a stretch between two tokens are gone or stand in another order; the tail may lose a few."""
    wanted = _weighty(draft)
    at, lost = 0, 0
    for word in wanted:
        found = reply.find(word, at)
        if found < 0:
            lost += 1
        else:
            at = found + len(word)
    return lost > (len(wanted) // 6 if tail else 0)


def _weighty(text: str) -> list[str]:
    """Content words and full stops in order, without those that the next ones contain."""
    words = [w for w in re.findall(rf"{_RUN.pattern}|。", text) if len(w) > 1 or w in _WEIGHTY or w == "。"]
    return [w for i, w in enumerate(words) if w == "。" or not any(w in later for later in words[i + 1 :])]


def _new_words(draft: str, reply: str) -> bool:
    """Whether a content word is not in the draft's line, or more often than there."""
    single = {w for w in _RUN.findall(draft) if len(w) == 1}
    for word in set(_RUN.findall(reply)):
        if word in _FREE_WORDS or (len(word) == 1 and word in single):
            continue
        if len(word) == 1 or reply.count(word) > draft.count(word):
            return True
    return False


def _new_kana(draft: str, reply: str) -> bool:
    """Whether a stretch of hiragana is more than the draft's own ones and words that carry no fact."""
    own = sorted({*_KANA.findall(draft), *_FREE_KANA}, key=len, reverse=True)
    pieces = re.compile(f"(?:{'|'.join(own)})+")
    return any(not pieces.fullmatch(run) for run in set(_KANA.findall(reply)))


def _counts(pattern: re.Pattern[str], parts: list[str]) -> list[int]:
    """How often a kind of word stands in each stretch between tokens."""
    return [len(pattern.findall(part)) for part in parts[::2]]
