"""Whether a profit rate fell."""

import pytest

from assistant.ask.told_firm import profit_rate
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
