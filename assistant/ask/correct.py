"""A turn that puts right what an earlier one said (250ではなく400kl): the earlier question as it was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from assistant.text.numbers import Quantity, find_quantities

_WRONG = (
    r"(じゃ|では|や|と|で|は|っていうのは|というのは)?(なくて?|のうて|ちゃ(うくて|うて|って)|(違|ちが)(って|うて|い?で)"
    r"|(間違い|まちがい|誤り)(で|でした|だった|や)?)"
)
_RIGHT = r"[、，。,\s]*(本当は|ほんとは|ほんまは|実は|正しくは|正解は|年|約)?$"
_NOT_BUT = re.compile(rf"^(円|分|ほど)?{_WRONG}{_RIGHT}")
"""What stands between a number taken back and the one that takes its place."""
_WORDS = re.compile(
    rf"(?P<old>[一-龥ァ-ヶーA-Za-z]{{2,14}}){_WRONG}[、，\s]*(本当は|実は|正しくは)?(?P<new>[一-龥ァ-ヶーA-Za-z・]{{2,20}})"
    r"(でした|です|の(間違い|誤り|ほう|方)[^。]{0,4}|だった|やった|や|だ)?[。！!\s]*$"
)
_SORRY = re.compile(
    r"^[\s、。！!]*((あ|え|いや|いえ|すみません|すいません|ごめん(なさい)?|失礼(しました)?|訂正(です|します)?|修正|間違え(た|ました)|まちがえた"
    r"|まちがい(です|でした)?|間違い(です|でした)?|ちが(う|った|いました)わ?|違(う|った|いました)わ?|ちゃうわ?|やっぱり|そうじゃなくて)[っー、，。！!\s]*)+"
)
_TAIL = re.compile(
    r"^(円|人|名)?(の(ほう|方))?((の|が)?(間違い|まちがい|誤り|正しい)(です|でした|だった|や)?|(でした|だった|やった|です|や|だ)(わ|ね)?)?[。！!\s]*$"
)
_THANKS = re.compile(
    r"^[\s、。]*((どうも|ふむふむ|ふーん|へえ|へー|なるほど|了解|承知|わかった|分かった|わかりました|分かりました|ありがとう|おおきに|助かっ|助かり|そうですか"
    r"|そうか|そうなん|ほう|はい|うん|ok)(ございま(す|した)|です|でした|た|ました|しました|やね|や|ね|なあ|な|ー|〜)*[、。！!\s]*)+$",
    re.I,
)
"""A turn that asks and tells nothing."""
_LEFT = re.compile(r"^[\s、。，,！!・]*(の?(間違い|まちがい|誤り)|でした|です|だった|やった|や|だ|わ|ね|も|は)*[\s、。，,！!]*$")
_ASKED = re.compile(r"(円|人|名)?(が|の)?[^、。0-9０-９]{0,6}?(です|でしょう|ます)?(か|よね|かな)[？?。\s]*$")
"""What makes the second number a figure that is asked about, not one of the user's own."""
_TAKEN_BACK = re.compile(
    r"(数え|言い|書き|読み|打ち|聞き|見|かぞえ|いい)?(間違|まちが|違い|ちがい|なお[しす]|直[しす]|もら|洩|漏)(い|え|った|た|て|たら|ま|し|で|や|[。、])"
    r"|勘違い|かんちがい|思い違い|ちゃうわ|ちゃうかった|違うた|(よく|よう|改めて|もう一度|もう一回)(見|考え|数え|確認|調べ|聞)"
    r"|(見|調べ|確認し|確かめ|聞い|数え)たら|(ほんま|ほんと|本当|実際|実)は|正しくは|正確には|訂正|修正|誤り|変わり(まし|そう)|変更(に|し|で)|さっき(の|言|は)"
    r"|(じゃ|や|では|と)(なく|のう)て|(違|ちが)(って|うて)|ちごう?て|(従業員|社員|人数|スタッフ|常時使用|正味)[^。、0-9０-９]{0,8}[0-9０-９]+(人|名)"
)
"""What takes back a number that was told, in whatever words."""
_ASKS = re.compile(r"[？?]|(です|ます|でしょう|ません)か|いくら|なんぼ|教えて|どう|何|かな|場合|たら[、？?]|なら[、ば]?[^0-9０-９]{0,12}$")
"""What asks, or supposes: no correction alone."""
_NAMES = re.compile(r"[一-龥ァ-ヶ]")
"""What makes a number before it a part of a name (90円コース)."""
_SCALES = {"億": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3}
LEAST_LEFT = 4
"""What a correction says beside itself is kept from this many characters on."""


def settled(text: str, history: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """What is asked and what was said before it, with every turn that corrects another one worked into that.

    Args:
        text: The current turn.
        history: The turns before it, oldest first.
    """
    turns: list[str] = []
    for turn in (*history, text):
        meant = _corrected(turn, turns)
        if meant is None:
            turns.append(turn)
        else:
            turns = meant
    return turns[-1], tuple(turns[:-1])


def _corrected(turn: str, turns: Sequence[str]) -> list[str] | None:
    """The earlier turns with what this one puts right; None if it puts nothing right that one of them says."""
    sorry = _SORRY.match(turn)
    said = turn[sorry.end() :] if sorry else turn
    numbers = [q for q in find_quantities(said) if not q.ignored and isinstance(q.value, int | Fraction)]
    pairs = [
        (a, b) for a, b in zip(numbers, numbers[1:], strict=False)
        if _NOT_BUT.match(_between(said, a, b)) and not _ASKED.match(said, b.end)
    ]  # fmt: skip
    out, rest = list(turns), said
    for old, new in pairs:
        out = _put_right(out, old, new)
        rest = rest.replace(said[old.start : new.end], " ")
    if not pairs and sorry and len(numbers) == 1 and _TAIL.match(said[numbers[0].end :]):
        out = _put_right(out, None, numbers[0])
        rest = said[: said.rfind("。", 0, numbers[0].start) + 1]  # sentences before it say something else
    if not pairs and out == list(turns) and _TAKEN_BACK.search(turn) and not _ASKS.search(said):
        out, rest = _put_right_by_sign(out, [q for q in numbers if not _NAMES.match(said, q.end)]), ""
    if not pairs and out == list(turns) and (words := _WORDS.search(said)):
        at = next((i for i in range(len(out) - 1, -1, -1) if words["old"] in out[i]), None)
        if at is not None:
            out[at] = out[at].replace(words["old"], words["new"])
            rest = said[: words.start()]
    if out == list(turns):
        return None
    while len(out) > 1 and _THANKS.match(out[-1]):
        out.pop()  # the question is the one before it
    pieces = [p for p in re.split(r"[、。，,！!\s]+", rest) if len(p) >= LEAST_LEFT and not _LEFT.match(p)]
    kept = [p for p in pieces if _ASKS.search(p) or not _TAKEN_BACK.search(p)]
    return [*out[:-1], " ".join((out[-1], *kept))]


def _put_right_by_sign(turns: list[str], numbers: Sequence[Quantity]) -> list[str]:
    """The turns with the one new number of a turn in the place of that which it repeats, or of the only one of its kind."""
    before = {(q.unit, q.value) for t in turns for q in find_quantities(t) if not q.ignored}
    new = [q for q in numbers if (q.unit, q.value) not in before]
    old = [q for q in numbers if (q.unit, q.value) in before]
    return _put_right(turns, old[0] if old else None, new[0]) if len(new) == 1 and len(old) < 2 else turns


def _between(text: str, old: Quantity, new: Quantity) -> str:
    """The words between two numbers, without what says of what the second is (設備も)."""
    return re.sub(r"(?<=[、，。\s])[^、，。]{1,8}[はがもで]$", "", text[old.end : new.start])


def _put_right(turns: list[str], old: Quantity | None, new: Quantity) -> list[str]:
    """The turns with a number in the place of the old one; of the only one of its kind if that is not told."""
    for i in range(len(turns) - 1, -1, -1):
        alike = [q for q in find_quantities(turns[i]) if q.unit == new.unit and not q.ignored]
        alike = [q for q in alike if q.counter == new.counter] if new.unit == "count" else alike
        found = alike if old is None and len(alike) == 1 else [q for q in alike if old is not None and q.value == _value(old, q)]
        if found:
            text = turns[i][: found[-1].start] + new.text + turns[i][found[-1].end :]
            return [*turns[:i], text, *turns[i + 1 :]]
    return turns


def _value(told: Quantity, of: Quantity) -> object:
    """The number that was taken back; one told without its unit has that of what it stands for."""
    bare = re.search(r"[0-9,，.]+", told.text)
    if told.unit == of.unit or bare is None or not bare.group().replace(",", "").isdigit():
        return told.value
    number = int(bare.group().replace(",", ""))
    return next((number * size for word, size in _SCALES.items() if word in of.text), number)  # 380 stands for 380万円
