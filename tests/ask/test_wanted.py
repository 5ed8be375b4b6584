"""What kind of value a question asks for, and which texts hold one."""

import pytest

from assistant.ask.wanted import holds_wanted, wanted_in


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("面談は何分ですか", "面談は20分です。"),
        ("審査に何日かかりますか", "審査は30日ほどです。"),
        ("審査に何日で終わる", "2週間で終わります。"),
        ("何月何日に締め切り", "締切は12月15日です。"),
        ("何日までに終わらせる", "10月31日までです。"),
        ("最低何社いりますか", "10者以上です。"),
        ("据置は何年", "据置は最長3年です。"),
        ("何か月以内", "14か月以内です。"),
        ("何ページまで", "8ページ以内です。"),
        ("何割出る", "補助率は2/3です。"),
        ("何時から何時まで", "受付は9時30分から17時30分までです。"),
        ("何％通った", "48.1％でした。"),
        ("社長は何歳", "62歳でした。"),
    ],
)
def test_a_value_of_the_kind_is_found(question, text):
    assert wanted_in(question)
    assert holds_wanted(wanted_in(question), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("面談は何分ですか", "十分な準備の3分の2が要ります。"),
        ("審査に何日かかりますか", "3月7日に発表します。"),
        ("何月何日に締め切り", "締切は資料にありません。"),
        ("据置は何年", "2026年度の制度です。"),
        ("何時から何時まで", "2時間の講座です。"),
        ("最低何社いりますか", "複数の会社で申請します。"),
    ],
)
def test_a_value_of_another_kind_is_none(question, text):
    assert wanted_in(question)
    assert not holds_wanted(wanted_in(question), text)


@pytest.mark.parametrize("question", ["上限はいくら", "締切まであと何日", "残り何日ですか", "何社かで組んで出せますか", "何が対象ですか"])
def test_no_kind_is_asked_for(question):
    assert wanted_in(question) == ()
    assert holds_wanted((), "何でもよい。")
