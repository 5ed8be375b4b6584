"""Labelled amounts: tags are read, a model is trained and written, and the shipped one reads unseen questions better than rules."""

import json

import pytest

from assistant.ask.amount_roles import RoleModel
from assistant.config import Settings
from assistant.flow import open_assistant
from evals import roles

CATALOGUE = open_assistant(Settings()).catalogue
LINES = (
    '{"q": "上限<cap>50万円</cap>で棚が<cost>60万円</cost>", "asked": ["amount"]}\n'
    '{"q": "上限<cap>80万円</cap>で机が<cost>90万円</cost>", "asked": ["amount"]}\n'
    '{"q": "机が<cost>30万円</cost>、2/3で<claim>20万円</claim>ですか", "asked": ["confirm"]}\n'
    '{"q": "棚が<cost>60万円</cost>、2/3で<claim>40万円</claim>ですか", "asked": ["confirm"]}\n'
)


def test_tags_are_taken_out_and_their_places_kept():
    text, labels = roles.untagged("机が<cost>30万円</cost>、上限<cap>50万円</cap>")
    assert text == "机が30万円、上限50万円"
    assert [(text[a:b], role) for a, b, role in labels] == [("30万円", "cost"), ("50万円", "cap")]


def test_a_model_is_trained_written_and_read(tmp_path, monkeypatch):
    (tmp_path / "some.jsonl").write_text(LINES, "utf-8")
    (tmp_path / roles.TEST).write_text(LINES, "utf-8")
    monkeypatch.setattr(roles, "TEXTS", tmp_path)
    figures = roles.run(CATALOGUE, tmp_path / "model.json")
    assert figures["amounts"] == 8
    assert figures["model: roles"] == figures["model: questions"] == 1
    data = json.loads((tmp_path / "model.json").read_text("utf-8"))
    assert data["roles"] == ["cap", "claim", "cost"]
    assert not list(tmp_path.glob("*.new"))


def test_labels_name_roles_that_the_model_knows():
    shipped = set(json.loads(CATALOGUE.amount_roles)["roles"])
    lines = [line for f in roles.TEXTS.glob("*.jsonl") for line in f.read_text("utf-8").splitlines()]
    found = {role for line in lines for *_, role in roles.untagged(json.loads(line)["q"])[1]}
    assert {roles.LABELS.get(r, r) for r in found} <= shipped


@pytest.mark.parametrize("share", ["roles", "costs", "questions"])
def test_the_shipped_model_reads_unseen_questions_better_than_the_rules(share):
    examples = roles.read_examples([roles.TEXTS / roles.TEST], CATALOGUE)
    figures = roles.figures(examples, RoleModel.read(CATALOGUE.amount_roles, CATALOGUE.vocabulary["amount_words"]))
    assert figures[f"model: {share}"] > figures[f"rules: {share}"] + 0.1
