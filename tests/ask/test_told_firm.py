"""Whether a profit rate fell, when the firm was founded."""

import pytest

from assistant.ask.told_firm import founded, profit_rate
from assistant.text.numbers import find_quantities


@pytest.mark.parametrize(
    ("text", "fell"),
    [
        ("営業利益率が7%から4%に落ちた", True),
        ("営業利益率が4%から7%に上がった", False),
        ("営業利益率は今期4%、前期は7%", True),
        ("営業利益率は今期7%、前期は4%", False),
        ("営業利益率が下がっています", True),
        ("利益率も下がってない", False),
        ("営業利益率は低下していません", False),
        ("営業利益率は5%です", None),
        ("7%から4%に落ちた", None),
    ],
)
def test_two_rates_or_words(text, fell):
    assert profit_rate(text, find_quantities(text)).get("profit_rate_fell") is fell


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("まだ開けて8か月の美容室", 8),
        ("ネイルサロンを始めて丸4年", 48),
        ("四日市に店を構えて1年半", 18),
        ("オープンして14か月の菓子店", 14),
        ("整体院を開いて3年", 36),
        ("新しい店を開けて3か月、うちは30年の菓子屋", None),
        ("2号店をオープンして3か月", None),
        ("改装してオープンして3か月", None),
        ("この機械を使い始めて5年", None),
        ("窓を開けて5年", None),
    ],
)
def test_the_firm_is_founded_in_everyday_words(text, months):
    assert founded(text, find_quantities(text)).get("founded_months") == months
