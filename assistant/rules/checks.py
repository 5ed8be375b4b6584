"""Checks that a data file agrees with itself; each raises ValueError with a Japanese sentence that names the way out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from assistant.rules.conditions import Condition

_TOKEN = re.compile(r"\{([^{}]*)\}")


def check_unique(what: str, ids: list[str]) -> None:
    """No id stands twice."""
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise ValueError(f"{what}のIDが重複しています: {', '.join(twice)}。別のIDにしてください。")


def check_known(what: str, ids: Iterable[str], known: Collection[str]) -> None:
    """Every id is one of those defined in the same file."""
    lost = sorted(set(ids) - set(known))
    if lost:
        raise ValueError(f"定義のない{what}です: {', '.join(lost)}（あるもの: {', '.join(known) or 'なし'}）。")


def check_tokens(text: str, figures: Mapping[str, object], all_used: bool) -> None:
    """Every `{name}` of a text is a figure beside it; with `all_used` every figure occurs in the text."""
    tokens = set(_TOKEN.findall(text))
    if lost := sorted(tokens - set(figures)):
        raise ValueError(f"本文の {{{lost[0]}}} にあたる数値が figures にありません。書き足すか、つづりを直してください。")
    if all_used and (lost := sorted(set(figures) - tokens)):
        raise ValueError(f"figures の {lost[0]} が本文にありません。{{{lost[0]}}} と書くか、消してください。")


def check_tiers(bounds: list[int | None]) -> None:
    """Bounds of tiers rise, and only the last tier has none."""
    inner = [b for b in bounds[:-1] if b is not None]
    if bounds[-1] is not None or len(inner) < len(bounds) - 1 or inner != sorted(set(inner)):
        raise ValueError("段階（tiers）の up_to_yen は小さい順に並べ、最後の段階だけ書かないでください。")


def check_bands(conditions: Iterable[Condition]) -> None:
    """Headcount bands of rows that are otherwise alike rise and do not overlap."""
    last: dict[str, int | None] = {}
    for when in conditions:
        band = when.tests.get("employees")
        if band is None or when.any:
            continue
        rest = str(sorted((k, t.model_dump_json()) for k, t in when.tests.items() if k != "employees"))
        low = int(band.min or 0)
        if rest in last and (last[rest] is None or low <= (last[rest] or 0)):
            raise ValueError(
                "従業員数の区分が重なっているか、順になっていません。少ない人数から順に、重ならないように書いてください。"
            )
        last[rest] = None if band.max is None else int(band.max)
