"""Several questions in one text, told apart: each with the statements that stand before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.ask.split_cases import cases_of

_SENTENCE = re.compile(r"(?<=[。？?！!\n])|(?<=[a-z)]\.)\s+(?=[A-Z])")
_ASKS = re.compile(
    r"([？?]|(です|ます|ません|でしょう|でした|ました)か|[るたいう]のか(どうか)?|かどうか|かな|かね|っけ|[るいなたんだ]の|教えて(ください|下さい|ほしい|くれ)?"
    r"|(なんぼ|いくら|どれくらい|どのくらい)[^。？?！!]{0,10}|(いつ|いくつ|何[割人回月日年])(まで)?で[、，]"
    r"|知りたい(の?ですが|んですが|です)?|(?<!よろしく)(?<!宜しく)(お願い|おねがい)(し|いたし|致し)ます|ください|下さい)"
    r"[。！!？?\s]*$"
)
_ENGLISH_WORDS = "what|how|when|which|who|where|until when|by when|can|could|do|does|is|are|must|may|should"
_ENGLISH = re.compile(rf"({_ENGLISH_WORDS})\b", re.I)
_ALSO = re.compile(
    r"(?<=[かのてで])[、，]\s*(?=それと|それから|あと|また|さらに|ついでに|加えて|あわせて)|(?<=[るたいう]のか)と、?|(?<=[？?])\s*(?=\S)"
    rf"|,?\s+and\s+(?=(?:{_ENGLISH_WORDS})\b)"
)
_LISTED = re.compile(
    r"(?:^|(?<=[\s、。：:？?]))(?=[①②③④⑤⑥]|[(（][1-6１-６][)）]|[1-6１-６一二三四五六](?:つ目|つめ|点目))"
    r"|(?:^|\n)\s*(?=[(（]?[1-6１-６][)）.．、]\s*\S)"
)
_MARK = re.compile(r"[①②③④⑤⑥]|[(（]?[1-6１-６][)）.．、]|[1-6１-６一二三四五六](?:つ目|つめ|点目)")
_FACT = re.compile(r"[0-9０-９]\s*(円|万|億|人|名|歳|%|％|時間)")
"""What an entry of a list tells that asks nothing."""
_PREFACE = re.compile(
    r"(チェック|確認|計算|試算|検算|相談|質問|見積もり?|積算)(の(件|相談|質問|お願い))?(を|に|が|の|で|と)?(よろしく|宜しく)?"
    r"(お願い|おねがい|頼み|して(ください|下さい|ほしい)|ください|下さい)[^。？?！!]*[。！!\s]*$"
)
"""A first piece that only says that a question comes (見積りの確認をお願いします)."""
_GUESS = re.compile(
    r"[0-9０-９][^。？?]{0,4}円(くらい|ぐらい)?(かな|かしら|ですよね|だよね|で(いい|よい|合って)[^。？?]{0,6})[。？?！!\s]*$"
)
"""What a piece ends with that only guesses the answer to the question before it."""
_OTHER_AMOUNT = re.compile(
    r"\s*(では|じゃあ?|もし)?、?[0-9０-９][^。？?、]{0,8}[円万億](なら|だったら|だと|では|の場合|の時は?|のときは?|は)?[？?]"
)
"""A short piece that asks the same of another amount (501万円なら？): two amounts are no sum."""
_BESIDE = re.compile(r"\s*(あと|それと|それから|また|ついでに)(?!は[？?])")
"""What a short piece begins with that asks for something beside what was asked."""
_TOO = re.compile(r"も[。！!\s]*$")
"""What the last piece ends with that names one thing more to tell, and no verb (あと上限額も)."""
_GAP = re.compile(r"との差額?(?=[はもを、]|[。？?！!\s]*$)")
"""What a piece asks for that sets another case against the one of the piece before it: they are one question."""
_THAN = re.compile(
    r"[\s、]*(第?[0-9０-９]{1,2}(次|回目?|期)|前の?(回|次|年)|去年|昨年)(の(とき|時|それ|分))?(より|と比べ|に比べ|と比較|から(?!申|応)|との(差|違い))"
)
"""What sets the same of another round against what the piece before it asks (22次の採択率は？21次より上がった？)."""
_TO_THE_LINE = re.compile(r"\s*(今|いま|現在|現状)[^。？?]{0,24}(あと|残り)[^。、？?]{0,3}(何円|いくら|なんぼ|どれ)")
"""What asks how far it is from where one stands to the line that the piece before asks for (今1,095円だと残り何円？)."""
_MARGIN = re.compile(r"([+＋]|プラス)\s*[0-9０-９]{2,3}円")
"""A margin over a minimum wage: a second one is held against the same wage."""
_OR_ELSE = re.compile(
    r"\s*(それが|もし)?(だめ|ダメ|駄目|無理|むり|当たらな|満たさな|入らな|外れ)"
    r"[^。、？?]{0,4}(なら|たら|場合|とき|時|ければ)[^。？?]{0,10}[？?]?\s*$"
)
"""A short piece that asks the same of what comes in question else (だめなら一般枠は？)."""
_OF_TABLES = r"(補助率?|助成率?|率|(補助)?上限額?|限度額|締切|締め切り|期限)"
_TABLE_TOO = re.compile(rf"\s*((あと|それと)、?)?{_OF_TABLES}(と{_OF_TABLES})?も[^、。？?]{{0,8}}[。？?！!]?\s*$")
"""A short piece that asks for a figure of a table beside what was asked (補助率も)."""
_YES_OR_NO = re.compile(r"(?<!いくら)(?<!いくつ)(?<!なに)(?<!何)(です|ます|ません|でしょう)か[。？?\s]*$")
_FIGURE = re.compile(r"率|上限|限度|いくら|なんぼ|何円|いつ|締切|期限|何[%％割]")
MOST = 5
SHORTEST = 3
"""A part with fewer characters than this asks nothing of its own (「本当？」)."""
OF_ITS_OWN = 8
"""A part with fewer characters than this is asked of what the part before it is about (「自己負担は？」): they stay one."""


_IN_BRACKETS = re.compile(r"\s*[（(]([^（）()]{2,24})[）)]\s*$")
"""What stands in brackets at the very end of a text."""


def name_first(text: str, names: Callable[[str], Sequence[object]]) -> str:
    """A text whose last words in brackets say what all of it is about (…は何日ですか（省力化 一般型）), with these words at its head.

    Args:
        text: What the user typed.
        names: Finds names in a text.
    """
    last = _IN_BRACKETS.search(text)
    if last is None or not names(last[1]) or names(text[: last.start()]):
        return text
    return f"{last[1]}。{text[: last.start()]}"


def questions_of(text: str, named: bool = True) -> tuple[str, ...]:
    """The questions of a text in order; the whole text as the only one if it asks one thing or is no question.

    A statement belongs to the question after it; what follows the last question belongs to that one.

    Args:
        text: What the user typed.
        named: Whether it names a programme; else a figure asked for beside (補助率も) is one of what the rest describes.

    Returns:
        At least one part; together they hold the whole text.
    """
    cases = cases_of(text)
    if len(cases) > 1:
        return cases
    listed = [p.strip() for p in _LISTED.split(text) if p and p.strip()]
    marked = [p for p in listed if _MARK.match(p)]
    if all(_FACT.search(p) and not _ASKS.search(p) for p in marked[:-1]):
        marked = []  # what is told, one by one, and no questions
    if 2 <= len(marked) <= MOST + 1:
        head = [p for p in listed[: listed.index(marked[0])] if len(p) >= SHORTEST]
        return tuple([" ".join((*head, marked[0])), *marked[1:]]) if head else tuple(marked)
    parts: list[str] = []
    waiting = ""
    for piece in _pieces(text):
        waiting += piece
        if not parts and _PREFACE.search(waiting) and not _FACT.search(waiting):
            continue
        too = named and parts and _TABLE_TOO.match(waiting) and _YES_OR_NO.search(parts[-1]) and not _FIGURE.search(parts[-1])
        if not (too or _ASKS.search(piece.strip()) or _ENGLISH.match(piece.strip())) or len(_bare(piece)) < SHORTEST:
            continue
        own = too or _BESIDE.match(waiting) or _OTHER_AMOUNT.match(waiting)
        beside = _GUESS.search(waiting) or _GAP.search(waiting) or _OR_ELSE.match(waiting) or _THAN.match(waiting)
        beside = beside or _TO_THE_LINE.match(waiting)
        if parts and _MARGIN.search(parts[-1]):
            beside = beside or _MARGIN.search(waiting)
        if parts and ((len(_bare(waiting)) < OF_ITS_OWN and not own) or beside):
            parts[-1] += waiting
        else:
            parts.append(waiting.strip())
        waiting = ""
    parts = _with_rest(parts, waiting.strip())
    if not 2 <= len(parts) <= MOST:
        return (text,)
    return tuple(parts)


def _with_rest(parts: list[str], rest: str) -> list[str]:
    """The questions with what follows the last: one more where it names one thing more to tell (あと上限額も), else a part of it."""
    if not parts or not rest:
        return parts
    return [*parts, rest] if _BESIDE.match(rest) and _TOO.search(rest) else [*parts[:-1], f"{parts[-1]}\n{rest}"]


def _pieces(text: str) -> list[str]:
    """Sentences, and the halves of a sentence that asks twice."""
    return [half for sentence in _SENTENCE.split(text) for half in _ALSO.split(sentence) if half]


def _bare(piece: str) -> str:
    return re.sub(r"[\s。、？?！!]", "", piece)
