"""The user's text before it is read: without pasted documents, tags and control characters; statements apart from questions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from assistant.text.numbers import find_quantities

MAX_CHARS = 4000
_ASKS = re.compile(
    r"[？?]|(か|かな[あぁ]?|かね[えぇ]?|かしら|の|っけ|教えて|下さい|ください|知りたい|お願い|ほしいです|でしょう"
    r"|(知り|聞き|確かめ|確認し|説明し|比べ|比較し)たい(です|んです|のです|んや|ねん|んだ)?(けど|けれど|が)?"
    r"|(なんぼ|いくら|いくつ|いつ|どこ)(だ|や|です)?)[。！!\s]*$"
)
_ASKS_WHAT = re.compile(r"何(社|者|人|枚|年|か月|日|回|割|が|を|に)|いつ(?!も)|どこ|だれ|誰|どれ(?!も)")
_STATES = re.compile(
    r"(です|ます|でした|ました|ません|だ|た|たい|いる|ある|ない|んです|あり|有り|なし|無し|済み?|屋|歳|才|たん(だ|です)(よね?|けど|が)?|つもり|予定|見込み?)[。！!\s]*$"
)
_PASTED = re.compile(r"^\s*(-{3,}|={3,}|`{3,}|\"{3,})[^\n]*\n.*?\n\s*\1[^\n]*$", re.M | re.S)
_HALF_WIDTH = re.compile(r"[ｦ-ﾟ]+")
COUNTS_DAYS = re.compile(r"(あと|残り)[^。、？?]{0,6}(何|なん)日|(何|なん)日(残|あ(る|り)|待)")
"""What asks for the days that are left until a date."""
HOW_MUCH_MORE = re.compile(
    r"(いくら|なんぼ|どれだけ|どんだけ|どのくらい|どれくらい|何円|何万)[^。？?]{0,8}(増え|ふえ|多[くい]|変わ|違|ちが|上が|下が|減|少な|得(?!意)|損)"
    r"|差額|差(は|が|[もを](?!し|つ|付|縮)|っ?て|いくら|なんぼ)|(ひらき|開き)(は|が|っ?て)|(増え|変わ|変わり|違い)(ます|る)か"
)
"""What asks for a difference."""
_HOW_MUCH = re.compile(r"いくら|なんぼ|何円|何万")
_OF_ELSE = re.compile(r"率|割合|締め?切|期限|下限|最低|料|代|単価|値段|負担|違|差|変わ|投資|賃|時給|経費")
"""What else than the money that there is a clause may ask about."""
_TAG = re.compile(r"<[^>]{0,300}>")
MUST = (
    r"(?:(?:ない|なけれ|な|ん|へん)(?:と|ば|きゃ|け(?:れ)?ば)?、?(?:いけ|いか[んなへ]|だめ|ダメ|駄目|あか[んな]|あきま|なら[なんへ]|なりま|まず[いく])"
    r"|な(?:きゃ|くちゃ))"
)
"""What says that something must be done (出さないといけない, 書かなあかん)."""


def own_words(raw: str) -> str:
    """A text without the documents pasted into it between marks (---, ```): they are data, the rest is what is asked."""
    rest = _PASTED.sub("\n", raw)
    return rest if len(rest.strip()) >= 6 else raw


def clean(raw: str) -> str:
    """A user's text without tags, control characters and braces (which mark our tokens), cut to a length that a question can have."""
    text = _HALF_WIDTH.sub(lambda m: unicodedata.normalize("NFKC", m.group(0)), raw)
    text = _TAG.sub(" ", text).replace("{", "（").replace("}", "）")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    return text.strip()[:MAX_CHARS]


def asks(text: str) -> bool:
    """Whether a sentence of a text asks something in so many words; bare key words and statements do not."""
    return bool(_ASKS_WHAT.search(text)) or _asks_outright(text)


def _asks_outright(text: str) -> bool:
    return any(_ASKS.search(s) for s in re.split(r"(?<=[。？?！!\n])", text))


def asks_how_much(text: str) -> bool:
    """Whether a clause asks for the money that there is, and not for a rate, a date, a price or a limit (1年でいくら、率は？)."""
    return any(_HOW_MUCH.search(c) and not _OF_ELSE.search(c) for c in re.split(r"[、。，,？?！!\n]", text))


def asking_part(text: str, held: Iterable[str] = ()) -> str:
    """A text with its plain statements blanked where another sentence asks something: they give facts, they ask nothing.

    Args:
        text: The text.
        held: Words that say that a statement is what the user takes for granted: it asks whether that is so, and stays.
    """
    if not _asks_outright(text):
        return text
    sentences = re.split(r"(?<=[。？?！!\n])", text)
    return "".join(" " * len(s) if _states(s) and not any(w in s for w in held) else s for s in sentences)


def _states(sentence: str) -> bool:
    return bool(_STATES.search(sentence)) and not _ASKS.search(sentence)


def quoted_in(raw: str) -> tuple[str, ...]:
    """What stands in 「」 or 『』 in a text, without the spaces around it."""
    return tuple(found.strip() for pair in re.findall(r"「([^「」]+)」|『([^『』]+)』", raw) for found in pair if found.strip())


def blanked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text with the places of names replaced by spaces, so that their words count for nothing else."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@cache
def made(pattern: str) -> re.Pattern[str]:
    """A pattern of the word tables, made once: `re` forgets those beyond a few hundred, and would make them anew for each question."""
    return re.compile(pattern, re.M)


def falsifies(text: str, vocabulary: Mapping[str, Any]) -> bool:
    """Whether a text asks for help with false papers or kickbacks (and not, say, for our instructions)."""
    table = vocabulary.get("unsafe", {})
    plans = _without_fears(text, table)
    outright = any(w in plans.lower() for w in table.get("falsify", ())) or any(made(p).search(plans) for p in table.get("patterns", ()))
    return outright or _deceives(plans, table.get("deceit", {}))


def _without_fears(text: str, table: Mapping[str, Any]) -> str:
    """A text without the deeds that the user fears, reports or asks about (水増しと疑われない, 虚偽の申請をしたらどうなる)."""
    for word in (*map(re.escape, table.get("falsify", ())), *table.get("patterns", ())):
        for tail in table.get("honest", ()) if made(word).search(text) else ():
            text = made(f"(?:{word})(?:{tail})").sub(" ", text)
    return text


def _deceives(text: str, signs: Mapping[str, Sequence[str]]) -> bool:
    """Whether a text wishes for words or a way and shows a plain sign of deceit, or two faint ones."""
    seen = {kind: sum(bool(made(p).search(text)) for p in signs.get(kind, ())) for kind in ("plain", "faint", "wish")}
    return bool(seen["wish"]) and (seen["plain"] > 0 or seen["faint"] > 1)


def without_dictation(text: str, orders: Sequence[str]) -> str:
    """A text whose sentences that dictate the answer (「○円」とだけ答えて) have lost what they dictate; the rest is what is asked.

    Args:
        text: The user's text.
        orders: Words that follow what is dictated.
    """
    out = []
    for sentence in re.split(r"(?<=[。？?！!\n])", text):
        word = next((w for w in orders if w in sentence), None)
        if word is None:
            out.append(sentence)
            continue
        bare = sentence
        for q in find_quantities(sentence):
            if not q.ignored:
                bare = bare[: q.start] + " " * (q.end - q.start) + bare[q.end :]
        bare = re.sub(r"「[^」]*」", lambda m: " " * len(m.group(0)), bare)
        out.append(bare.replace(word, " " * len(word)))
    return "".join(out)


def is_english(text: str) -> bool:
    """Whether most letters of a text are Latin."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isascii() for c in letters) > 0.6 * len(letters)
