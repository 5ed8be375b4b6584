"""What is hidden from a model: numbers, names of firms and persons, ways to reach them; and how it comes back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from assistant.text.numbers import find_quantities

TOKEN = re.compile(r"\{[fsnu]:\d+\}|［(?:会社|人名|連絡先)[Ａ-Ｚ]{0,3}］")
"""Everything in a draft that stands for something else."""

_BLANK = "\ue000"
_CHAR = r"[^\W\dぁ-ゖ_]"
_FORM = r"(?:株式会社|有限会社|合同会社|合資会社|合名会社|[㈱㈲]|[（(][株有同資名][）)])"
_STOP = r"(?=[はがのをにでともや]|[^\wー]|です|$)"
_FIRM = re.compile(
    rf"{_FORM}\s?(?:(?:{_CHAR}|[&＆・.\d])+|[ぁ-ゖー]{{2,10}}?{_STOP})|"
    rf"(?:(?:{_CHAR}|[&＆・.\d])+|(?:(?<=[はがの])|(?<![ぁ-ゖ]))[ぁ-ゖー]{{2,10}}){_FORM}"
)
_NOBODY = (
    r"(?!お?客|皆|奥|神|王|仕様|同様|多様|模様|有様|様|各位|業者|会社|企業|団体|店主|社長|職人|農家|職員|"
    r"(?:事業|従業|担当|消費|利用|相談|申請|経営)[者員]|取引先)"
)
_LEADS = ("代表の", "社長の", "店主の", "担当の", "代表者の", "代表取締役の", "代表取締役", "氏名は", "名前は")
_PERSON = re.compile(
    rf"(?<!{_CHAR}){_NOBODY}(?:[一-龥々]{{1,6}}?(?:[ 　][一-龥々]{{1,4}}?)?|[ァ-ヴー・]{{2,14}})"
    r"(?=さん|様(?![々式子相態])|氏(?![名族神]))|"
    rf"(?:{'|'.join(f'(?<={lead})' for lead in _LEADS)})[一-龥々]{{2,4}}(?:[ 　][一-龥々]{{1,4}})?(?=[はがのをにでとも、。です])|"
    rf"(?<!{_CHAR})[一-龥々ァ-ヴー]{{1,10}}(?:[ 　][一-龥々]{{1,4}})?(?=と(?:申し|いいます|言います|いう者))"
)
_CONTACT = re.compile(
    r"(?:https?://|www\.)[^\s　、。）)」』]+|[\w.+-]+[@＠][\w-]+(?:[.．][\w-]+)+|〒?(?<!\d)\d{3}[-－ー‐]\d{4}(?!\d)|"
    r"(?<!\d)\d{2,5}[-－ー‐(（]\d{1,4}[-－ー‐)）]\d{3,4}(?!\d)|(?<!\d)[0０]\d{9,10}(?!\d)"
)
_UNITS = {"yen": "（金額）", "people": "（人数）", "ratio": "（割合）", "percent": "（割合）", "date": "（日付）", "years": "（年数）"}
_KINDS = (("連絡先", _CONTACT), ("会社", _FIRM), ("人名", _PERSON))


@dataclass
class Masker:
    """Hides names and numbers of one exchange; the same name gets the same mask in question and draft."""

    names: dict[str, str] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Numbers of the question, known to the model as `{u:0}`."""

    def hide(self, draft: str) -> str:
        """The draft with names as ［会社］, ［人名］, ［連絡先］ and every number that is no token yet as `{n:0}`."""
        return _replace_numbers(self.hide_names(draft), self._number)

    def hide_question(self, question: str) -> str:
        """The user's words without names; his numbers as `{u:0}`, his own braces and brackets no masks."""
        inert = question.translate(str.maketrans("{}［］", "（）[]"))
        return _replace_numbers(self.hide_names(inert), self._told)

    def hide_names(self, text: str) -> str:
        """The text with names of firms and persons and ways to reach them hidden."""
        for kind, pattern in _KINDS:
            text = _outside_tokens(text, partial(pattern.sub, partial(self._found, kind)))
        for mask, name in sorted(self.names.items(), key=lambda x: -len(x[1])):
            if len(name) > 1:
                text = _outside_tokens(text, partial(_swap, name, mask))
        return text

    def restore(self, text: str) -> str:
        """The text with names and numbers back in their places; tokens of the ledger stay."""
        known = {**self.names}
        for kind, numbers in (("n", self.numbers), ("u", self.told)):
            known |= {f"{{{kind}:{i}}}": number for i, number in enumerate(numbers)}
        return TOKEN.sub(lambda m: known.get(m[0], m[0]), text)

    def _found(self, kind: str, match: re.Match[str]) -> str:
        mask = self._mask(kind, match[0])
        core = re.sub(_FORM, "", match[0]).strip()
        if kind == "会社" and len(core) > 1:  # the firm is also called by its bare name
            self._mask(kind, core)
        return mask

    def _mask(self, kind: str, name: str) -> str:
        for mask, known in self.names.items():
            if known == name:
                return mask
        nth = sum(m.startswith(f"［{kind}") for m in self.names)
        letters = ""
        while nth:
            nth, rest = divmod(nth, 26)
            letters = chr(ord("Ａ") + rest) + letters
        mask = f"［{kind}{letters}］"
        self.names[mask] = name
        return mask

    def _told(self, text: str) -> str:
        """A token for a number of the question, with its kind, which is no secret: a model has to know what it counts."""
        if text not in self.told:
            self.told.append(text)
        found = find_quantities(text)
        kind = _UNITS.get(found[0].unit, "") if found else ""
        return f"{{u:{self.told.index(text)}}}{kind}"

    def _number(self, text: str) -> str:
        if text not in self.numbers:
            self.numbers.append(text)
        return f"{{n:{self.numbers.index(text)}}}"


def blank_tokens(text: str) -> str:
    """The text with every token replaced by as many characters that mean nothing."""
    return TOKEN.sub(lambda m: _BLANK * len(m[0]), text)


def is_digit(char: str) -> bool:
    """Whether a character is a digit of any script or shape; kanji numerals are words and judged elsewhere."""
    return char.isnumeric() and not "㐀" <= char <= "鿿"


def _replace_numbers(text: str, mask: Callable[[str], str]) -> str:
    text = _replace_spans(text, [(q.start, q.end) for q in find_quantities(blank_tokens(text))], mask)
    return _replace_spans(text, list(_digit_runs(blank_tokens(text))), mask)


def _replace_spans(text: str, spans: list[tuple[int, int]], mask: Callable[[str], str]) -> str:
    out, at = [], 0
    for start, end in spans:
        out += [text[at:start], mask(text[start:end])]
        at = end
    return "".join([*out, text[at:]])


def _digit_runs(text: str) -> Iterator[tuple[int, int]]:
    start = None
    for i, char in enumerate(f"{text} "):
        if is_digit(char) and start is None:
            start = i
        elif not is_digit(char) and start is not None:
            yield start, i
            start = None


def _outside_tokens(text: str, change: Callable[[str], str]) -> str:
    parts = re.split(f"({TOKEN.pattern})", text)
    return "".join(part if i % 2 else change(part) for i, part in enumerate(parts))


def _swap(name: str, mask: str, text: str) -> str:
    return text.replace(name, mask)
