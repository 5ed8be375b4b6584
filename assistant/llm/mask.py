"""What is hidden from a model: numbers, names of firms and persons, addresses to reach them; and how it comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.text.numbers import find_quantities

TOKEN = re.compile(r"\{[fsn]:\d+\}|［(?:会社|人名|連絡先)[Ｂ-Ｚ]?］")
"""Everything in a draft that stands for something else."""

_BLANK = "\ue000"
_BODY = r"[^\W\dぁ-ゖ_]"
_FORM = r"(?:株式会社|有限会社|合同会社|合資会社|合名会社|[㈱㈲]|[（(][株有同資名][）)])"
_STOP = r"(?=[はがのをにでともや]|[、。，．・!！?？\s「」『』（）()]|です|と申|$)"
_FIRM = re.compile(
    rf"{_FORM}\s?(?:(?:{_BODY}|[&＆・.\d])+|[ぁ-ゖー]{{2,10}}?{_STOP})|"
    rf"(?:(?:{_BODY}|[&＆・.\d])+|(?:(?<=[はがの、。「\s])|(?<![ぁ-ゖ]))[ぁ-ゖー]{{2,10}}){_FORM}"
)
_NOBODY = (
    r"(?!お?客|皆|奥|神|王|仕様|同様|多様|模様|有様|様|各位|事業者|業者|取引先|会社|企業|団体|店主|社長|職人|農家|従業員|担当者|消費者|利用者|相談者|申請者)"
)
_PERSON = re.compile(
    rf"(?<!{_BODY}){_NOBODY}(?:[一-龥々]{{1,6}}(?:[ 　][一-龥々]{{1,4}})?|[ァ-ヴー・]{{2,14}})(?=さん(?![ぁ-ゖ]{{0}}[一-龥])|様(?![々式子相態])|氏(?![名族神]))|"
    r"(?:(?<=代表の)|(?<=社長の)|(?<=店主の)|(?<=担当の)|(?<=代表者の)|(?<=代表取締役の)|(?<=代表取締役)|(?<=氏名は)|(?<=名前は))"
    r"[一-龥々]{2,4}(?:[ 　][一-龥々]{1,4})?(?=[はがのをにでとも、。です])|"
    rf"(?<!{_BODY})[一-龥々ァ-ヴー]{{1,10}}(?:[ 　][一-龥々]{{1,4}})?(?=(?:と|って)(?:申し|いい|言い|いう者))"
)
_CONTACT = re.compile(
    r"(?:https?://|www\.)[^\s　、。）)」』]+|[\w.+-]+[@＠][\w-]+(?:[.．][\w-]+)+|〒?[0-9０-９]{3}[-－ー‐][0-9０-９]{4}(?![0-9０-９-])|"
    r"[0-9０-９]{2,5}[-－ー‐(（][0-9０-９]{1,4}[-－ー‐)）][0-9０-９]{3,4}|(?<![0-9０-９])[0０][0-9０-９]{9,10}(?![0-9０-９])"
)


@dataclass
class Masker:
    """Hides names and numbers of one exchange; the same name gets the same mask in question and draft."""

    names: dict[str, str] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)

    def hide(self, draft: str) -> str:
        """The draft with names as ［会社］, ［人名］, ［連絡先］ and every number that is no token yet as `{n:0}`."""
        return self._hide_numbers(self.hide_names(draft), self._number)

    def hide_question(self, question: str) -> str:
        """The user's words without names and numbers; its braces and brackets cannot pass for masks."""
        inert = question.translate(str.maketrans("{}［］", "（）[]"))
        return self._hide_numbers(self.hide_names(inert), lambda _: "○")

    def hide_names(self, text: str) -> str:
        """The text with names of firms and persons and ways to reach them hidden."""
        for label, pattern in (("連絡先", _CONTACT), ("会社", _FIRM), ("人名", _PERSON)):
            text = pattern.sub(lambda m, kind=label: self._name(m.group(0), kind), text)  # type: ignore[misc]
        for mask, name in sorted(self.names.items(), key=lambda x: -len(x[1])):
            if len(name) > 1:
                text = text.replace(name, mask)
        return text

    def restore(self, text: str) -> str:
        """The text with names and numbers back in their places; tokens of the ledger stay."""
        text = re.sub(r"\{n:(\d+)\}", lambda m: self.numbers[int(m.group(1))], text)
        return re.sub(TOKEN, lambda m: self.names.get(m.group(0), m.group(0)), text)

    def _name(self, name: str, kind: str) -> str:
        if TOKEN.search(name):
            return name
        known = next((m for m, n in self.names.items() if n == name), None)
        if known is not None:
            return known
        nth = sum(m.startswith(f"［{kind}") for m in self.names)
        mask = f"［{kind}{chr(ord('Ａ') + min(nth, 25)) if nth else ''}］"
        if nth > 25:  # the rest share a mask nobody restores
            return f"［{kind}］"
        self.names[mask] = name
        return mask

    def _number(self, text: str) -> str:
        if text not in self.numbers:
            self.numbers.append(text)
        return f"{{n:{self.numbers.index(text)}}}"

    @staticmethod
    def _hide_numbers(text: str, mask: Callable[[str], str]) -> str:
        for again in (False, True):
            bare = blank_tokens(text)
            spans = [(m.start(), m.end()) for m in re.finditer(r"[^\W]+", bare) if any(map(_is_digit, m[0]))]
            if not again:
                spans = [(q.start, q.end) for q in find_quantities(bare)]
            else:
                spans = [_digits(bare, a, b) for a, b in spans]
            for start, end in reversed(spans):
                text = text[:start] + mask(text[start:end]) + text[end:]
        return text


def blank_tokens(text: str) -> str:
    """The text with every token replaced by as many characters that mean nothing."""
    return TOKEN.sub(lambda m: _BLANK * len(m[0]), text)


def _is_digit(char: str) -> bool:
    return char.isnumeric() and not "一" <= char <= "龥"


def _digits(text: str, start: int, end: int) -> tuple[int, int]:
    """From the first digit of a word to its last one."""
    at = [i for i in range(start, end) if _is_digit(text[i])]
    return at[0], at[-1] + 1
