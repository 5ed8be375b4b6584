"""The command as a user runs it: what goes in, what comes out, exit codes, and never a traceback."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from assistant.flow import Assistant
from assistant.listing import programme_entry, programme_lines

QUESTION = "持続化補助金の通常枠の上限は？"
DAY = ("--today", "2026-11-24")


def shirube(*arguments: str | bytes, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own; nothing but Japanese lines may reach stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments], input=stdin, capture_output=True, timeout=60, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr and b"Traceback" not in done.stdout
    return done


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def complaint(done: subprocess.CompletedProcess[bytes], code: int) -> str:
    """The one Japanese line of a command that did not serve."""
    text = done.stderr.decode()
    assert done.returncode == code and done.stdout == b"" and text.count("\n") == 1
    assert any("ぁ" <= c <= "ん" for c in text)
    return text


def test_ask_answers_in_text_and_in_json() -> None:
    done = shirube("ask", QUESTION, *DAY)
    assert done.returncode == 0 and "50万円" in done.stdout.decode() and done.stderr == b""
    (answer,) = lines(shirube("ask", QUESTION, "--json", *DAY))
    assert (answer["status"], answer["today"]) == ("answered", "2026-11-24")
    assert any(f["text"] == "50万円" and f["source"] for f in answer["figures"])


def test_plain_japanese_on_one_question_and_in_a_batch() -> None:
    (answer,) = lines(shirube("ask", QUESTION, "--plain", "--json", *DAY))
    assert "補助金のいちばん高い額" in answer["answer"] and "50万円" in answer["answer"]
    batch = "".join(json.dumps({"question": QUESTION, **more}) + "\n" for more in ({}, {"plain": False}, {"plain": "x"}))
    told, usual, wrong = lines(shirube("ask", "--plain", "--batch", "-", *DAY, stdin=batch.encode()))
    assert "いちばん高い" in told["answer"] and "いちばん高い" not in usual["answer"] and "plain" in json.dumps(wrong)


def test_today_before_the_command_holds_too() -> None:
    (answer,) = lines(shirube("--today", "2026-10-01", "ask", QUESTION, "--json"))
    assert answer["today"] == "2026-10-01"


def test_a_refusal_is_served() -> None:
    done = shirube("ask", "明日の天気は？", "--json", *DAY)
    assert done.returncode == 0 and lines(done)[0]["status"] == "refused"


def test_ask_imports_nothing_heavy() -> None:
    assert shirube("index", "build").returncode == 0
    code = (
        "import sys; sys.argv = ['shirube', 'ask', '持続化補助金の上限は？'];\n"
        "from assistant.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'fastapi', 'uvicorn', 'streamlit', 'chromadb', 'langchain', 'langchain_core', 'sqlalchemy', 'torch', 'docx'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_batch_keeps_order_and_goes_on_after_bad_lines(tmp_path: Path) -> None:
    batch = tmp_path / "in.jsonl"
    batch.write_bytes(
        b"\xef\xbb\xbf" + json.dumps({"id": "a", "question": QUESTION}, ensure_ascii=False).encode() + b"\r\n"
        b'{"id": "b", "question": \n\n[1]\n{"id": "\xff", "question": "?"}\n'
        b'{"id": "c", "question": ""}\n{"id": "d", "question": "x", "today": "soon"}\n'
        b'{"id": "e", "question": 3}\n{"id": "f", "question": "\xe4\xb8\x8a\xe9\x99\x90\xe3\x81\xaf", "history": 1}\n'
        b'{"id": 9, "question": "\\u6301\\u7d9a\\u5316\\u306e\\u4e0a\\u9650\\u306f\\ud83d", "today": "2026-10-01"}'
    )
    done = shirube("ask", "--batch", str(batch), *DAY)
    out = lines(done)
    assert done.returncode == 0 and done.stderr == b""
    assert [o["id"] for o in out] == ["a", None, None, None, "c", "d", "e", "f", 9]
    assert ["error" in o for o in out] == [False, True, True, True, True, True, True, True, False]
    assert "2行目" in out[1]["error"] and "UTF-8" in out[3]["error"] and "空" in out[4]["error"]
    assert "soon" in out[5]["error"] and "question" in out[6]["error"] and "history" in out[7]["error"]
    assert (out[0]["today"], out[8]["today"]) == ("2026-11-24", "2026-10-01")


def test_batch_reads_stdin_and_sees_earlier_questions_of_a_conversation() -> None:
    asked = [
        {"id": 1, "question": QUESTION, "conversation_id": "x"},
        {"id": 2, "question": "補助率は？", "conversation_id": "x"},
        {"id": 3, "question": "補助率は？", "history": [QUESTION]},
    ]
    stdin = "\n".join(json.dumps(a, ensure_ascii=False) for a in asked).encode()
    out = lines(shirube("ask", "--batch", "-", "--json", *DAY, stdin=stdin))
    assert [o["id"] for o in out] == [1, 2, 3]
    assert out[1]["answer"] == out[2]["answer"] and "2/3" in out[1]["answer"]


def test_chat_keeps_the_history_and_leaves_on_the_word() -> None:
    done = shirube("ask", *DAY, "--json", stdin=f"{QUESTION}\n\n補助率は？\n終了\n{QUESTION}\n".encode())
    out = lines(done)
    assert done.returncode == 0 and len(out) == 2 and "2/3" in out[1]["answer"]


def test_profile_is_read_from_yaml_and_json(tmp_path: Path) -> None:
    yaml, as_json = tmp_path / "p.yaml", tmp_path / "p.json"
    yaml.write_text("employees: 4\nindustry: 商業・サービス業\n", encoding="utf-8-sig")
    as_json.write_text('{"employees": 4, "industry": "商業・サービス業"}', encoding="utf-8")
    answers = [lines(shirube("ask", QUESTION, "--json", "--profile", str(p), *DAY))[0]["answer"] for p in (yaml, as_json)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("content", "word"), [(b"[1]", "項目名"), (b"a: [", "YAML"), (b"\xff\xfe", "UTF-8"), (b"{" * 5000, "JSON"), (b"", "項目名")]
)
def test_a_profile_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    message = complaint(shirube("ask", QUESTION, "--profile", str(path)), 1)
    assert "p.yaml" in message and word in message


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("ask", ""), 1, "空"),
        (("ask", "  \u3000"), 1, "空"),
        (("ask", "\x01\x02"), 1, "空"),
        (("ask", "あ" * 40_000), 1, "40,000文字"),
        (("ask", "x", "--batch", "-"), 2, "同時"),
        (("ask", "x", "--today", "11/24"), 2, "年-月-日"),
        (("ask", "x", "--nothing"), 2, "--nothing"),
        (("ask", "x", "--profile"), 2, "値"),
        (("nothing",), 2, "nothing"),
        (("index",), 2, "--help"),
        (("verify",), 2, "ファイル"),
        (("verify", "nowhere.txt"), 1, "nowhere.txt"),
        (("verify", "nowhere.docx"), 1, "nowhere.docx"),
        (("verify", "picture.png"), 1, ".docx"),
        (("ask", "--batch", "nowhere.jsonl"), 1, "nowhere.jsonl"),
        (("programmes", "jizoku"), 1, "jizokuka"),
        (("check", "--json"), 2, "--diff"),
    ],
)
def test_what_cannot_be_served_is_one_japanese_line(arguments: tuple[str, ...], code: int, word: str) -> None:
    assert word in complaint(shirube(*arguments), code)


@pytest.mark.parametrize(
    ("model", "word"), [("anthropic:x", "shirube[anthropic]"), ("openai:x", "API キー"), ("nobody", "SHIRUBE_LLM")]
)
def test_a_model_that_cannot_be_opened_is_named_before_anything_is_asked(model: str, word: str, tmp_path: Path) -> None:
    if model.startswith("anthropic") and importlib.util.find_spec("langchain_anthropic"):
        pytest.skip("langchain-anthropic is installed")
    settings = {"SHIRUBE_LLM": model, "OPENAI_API_KEY": ""}
    assert word in complaint(shirube("ask", QUESTION, **settings), 1)
    (tmp_path / "batch.jsonl").write_text(json.dumps({"question": QUESTION}))
    assert word in complaint(shirube("ask", "--batch", str(tmp_path / "batch.jsonl"), **settings), 1)


def test_a_dead_model_costs_fluency_only_and_the_notice_comes_once(tmp_path: Path) -> None:
    settings = {"SHIRUBE_LLM": "openai:x", "SHIRUBE_LLM_BASE_URL": "http://127.0.0.1:9/v1", "SHIRUBE_DATA_DIR": str(tmp_path)}
    first, second = (shirube("ask", QUESTION, *DAY, SHIRUBE_LLM_TIMEOUT_SECONDS="2", **settings) for _ in range(2))
    assert "50万円" in first.stdout.decode() and first.stdout == second.stdout
    assert "伏せます" in first.stderr.decode() and second.stderr == b""


def test_control_characters_and_odd_bytes_do_not_matter() -> None:
    done = shirube("ask", "持続化補助金の\x07通常枠の\x1b上限は？".encode() + b"\xff", *DAY)
    assert done.returncode == 0 and "50万円" in done.stdout.decode()


def test_a_cp932_console_gets_its_own_encoding_and_json_stays_utf8() -> None:
    done = shirube("ask", QUESTION, *DAY, PYTHONIOENCODING="cp932")
    assert done.returncode == 0 and "50万円" in done.stdout.decode("cp932")
    as_json = shirube("ask", QUESTION, "--json", *DAY, PYTHONIOENCODING="cp932")
    assert lines(as_json)[0]["status"] == "answered"
    asked = shirube("ask", *DAY, stdin=b"\x81\xff\xff\n", PYTHONIOENCODING="cp932")
    assert asked.returncode == 0


def test_help_is_japanese() -> None:
    for arguments in ((), ("ask",), ("verify",), ("programmes",), ("check",), ("ingest",), ("index", "build"), ("serve",), ("ui",)):
        text = shirube(*arguments, "--help").stdout.decode()
        assert "使い方:" in text and "Usage" not in text and "Options" not in text and "Show this" not in text


def test_verify_reads_text_markdown_word_and_stdin(tmp_path: Path) -> None:
    text = "はじめに\n持続化補助金の通常枠の上限は60万円です。"
    (tmp_path / "t.md").write_text(text, encoding="utf-8")
    (tmp_path / "t.txt").write_bytes(text.encode("cp932"))
    document = docx.Document()
    document.add_paragraph("はじめに")
    document.add_table(1, 1).cell(0, 0).text = text.split("\n")[1]
    document.save(str(tmp_path / "t.docx"))
    results = [lines(shirube("verify", str(tmp_path / f"t.{k}"), "--json", *DAY))[0] for k in ("md", "txt", "docx")]
    results += lines(shirube("verify", "-", "--json", *DAY, stdin=text.encode()))
    for result in results:
        (wrong,) = [n for n in result["numbers"] if n["verdict"] == "wrong"]
        assert result["ok"] is False and text[wrong["start"] : wrong["end"]] == wrong["text"] == "60万円"
    shown = shirube("verify", str(tmp_path / "t.md"), *DAY)
    assert shown.returncode == 0 and "2行目 「60万円」 誤り → 正しくは 50万円" in shown.stdout.decode()


def test_verify_batch_goes_on_after_bad_lines() -> None:
    good = {"id": "a", "text": "持続化補助金の通常枠の上限は50万円です。"}
    stdin = json.dumps(good).encode() + b'\n{"id": "b"}\n{"id": "c", "text": "x", "facts": 1}\n{"id": "d", "text": ""}\n'
    out = lines(shirube("verify", "--batch", "-", *DAY, stdin=stdin))
    assert [o["id"] for o in out] == ["a", "b", "c", "d"] and out[0]["ok"] is True and out[3]["numbers"] == []
    assert "text" in out[1]["error"] and "facts" in out[2]["error"]


def test_a_word_file_that_is_none_is_named(tmp_path: Path) -> None:
    for content in (b"PK\x03\x04 broken", b"", b"text"):
        (tmp_path / "x.docx").write_bytes(content)
        assert "x.docx" in complaint(shirube("verify", str(tmp_path / "x.docx")), 1)


def test_programmes_lists_states_caps_and_rates() -> None:
    text = shirube("programmes", *DAY).stdout.decode()
    assert "小規模事業者持続化補助金（jizokuka" in text and "第20回：受付中" in text and "あと21日" in text
    entries = json.loads(shirube("programmes", "--json", *DAY).stdout)
    window = next(e for e in entries if e["programme"] == "jizokuka")["windows"][0]
    frame = next(f for f in window["frames"] if f["frame_id"] == "tsujo")
    assert (window["window"], window["edition"], frame["cap"]) == ("open", "第20回", "50万円") and "2/3" in frame["rate"]


def test_programmes_tell_ranges_conditions_and_parts(assistant: Assistant) -> None:
    def shown(programme: str) -> str:
        entry = programme_entry(assistant.catalogue, assistant.catalogue.programmes[programme], date(2026, 11, 24))
        return "\n".join(programme_lines(entry))

    assert "補助率 大学・公設試 定額、課税所得15億円超 1/2、それ以外 2/3" in shown("go-tech")
    assert "上限 30万円～600万円（条件ごとに24とおり）" in shown("gyomu-kaizen") and "50円コース・8人以上" not in shown("gyomu-kaizen")
    parts = shown("digital-ai").split("・インボイス枠（インボイス対応類型）\n")[1]
    assert "PC・タブレット・プリンター・スキャナー・複合機：上限 10万円／補助率 1/2" in parts


def test_one_programme_is_shown_whole_by_id_or_name() -> None:
    by_id, by_name = (shirube("programmes", name, *DAY).stdout.decode() for name in ("jizokuka", "小規模事業者持続化補助金"))
    assert by_id == by_name and "インボイス特例（上限 ＋50万円）" in by_id and "出典：" in by_id and "{" not in by_id
    whole = json.loads(shirube("programmes", "jizokuka", "--json", *DAY).stdout)
    assert whole["programme"] == "jizokuka" and whole["editions"] and whole["rounds"]


def test_check_counts_what_it_read() -> None:
    done = shirube("check", *DAY, SHIRUBE_SOURCES="")
    assert done.returncode == 0 and "誤りはありません" in done.stdout.decode() and "制度: " in done.stdout.decode()


def test_check_names_file_field_value_and_way_out(tmp_path: Path) -> None:
    folder = tmp_path / "programmes" / "mine" / "editions"
    folder.mkdir(parents=True)
    (folder / "2026.yaml").write_text("id: mine/2026\nlabel: 第1回\nyear: 二〇二六\n", encoding="utf-8")
    message = complaint(shirube("check", SHIRUBE_KNOWLEDGE_DIR=str(tmp_path)), 1)
    assert "2026.yaml" in message and "year" in message and "二〇二六" in message and "整数で書いてください" in message
    assert "SHIRUBE_KNOWLEDGE_DIR" in complaint(shirube("check", SHIRUBE_KNOWLEDGE_DIR=str(tmp_path / "no")), 1)


def test_a_setting_that_cannot_be_read_is_named() -> None:
    assert "SHIRUBE_API_PORT" in complaint(shirube("ask", QUESTION, SHIRUBE_API_PORT="abc"), 1)


def test_a_data_folder_that_cannot_be_made_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "SHIRUBE_DATA_DIR" in complaint(shirube(SHIRUBE_DATA_DIR=str(tmp_path / "file")), 1)
    assert shirube("programmes", SHIRUBE_DATA_DIR=str(tmp_path / "file")).returncode == 0


def test_a_fault_of_ours_is_one_line_and_a_log_without_the_question(tmp_path: Path) -> None:
    code = (
        "import sys, assistant.cli.answers as answers\n"
        "def fault(*_): raise RuntimeError('secret ' + str(_))\n"
        "answers.answer_request = fault\n"
        "sys.argv = ['shirube', 'ask', 'secret']\n"
        "from assistant.cli import main\n"
        "main()"
    )
    environment = {**os.environ, "SHIRUBE_DATA_DIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False, env=environment)
    assert "error.log" in complaint(done, 1)
    log = (tmp_path / "logs" / "error.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log and "answers.py" in log and "secret '" not in log


def test_index_is_built_and_described(tmp_path: Path) -> None:
    built = shirube("index", "build", SHIRUBE_DATA_DIR=str(tmp_path))
    assert built.returncode == 0 and "件" in built.stdout.decode()
    status = json.loads(shirube("index", "status", "--json", SHIRUBE_DATA_DIR=str(tmp_path)).stdout)
    assert isinstance(status, dict) and status


def test_a_reader_that_goes_away_is_no_fault() -> None:
    command = f"{sys.executable} -m assistant programmes --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert done.stderr == b""


def test_check_diff_tells_what_changed_between_two_editions() -> None:
    done = shirube("check", "--diff", "jizokuka/2025-r17", "jizokuka/2026-r20", *DAY)
    text = done.stdout.decode()
    assert done.returncode == 0 and done.stderr == b""
    assert "旧: 持続化補助金 第17回" in text and "申請受付締切: 2025年6月13日（金） → 2026年12月15日（火） 17:00" in text
    assert "事業場内最低賃金の引上げ額は50円以上 → 1人あたり給与支給総額の伸び率は3.0%以上" in text
    assert "新の資料にだけあるもの" in text and "書かれていないだけのこともあります" in text
    result = json.loads(shirube("check", "--diff", "jizokuka/2025-r17", "jizokuka/2026-r20", "--json").stdout)
    assert result["same_programme"] is True and {"section", "item", "what", "kind", "old", "new"} == set(result["changes"][0])


def test_check_diff_reads_files(tmp_path: Path) -> None:
    edition = Path(__file__).parents[1] / "knowledge" / "programmes" / "jizokuka" / "editions" / "2026-r20.yaml"
    mine = tmp_path / "mine.yaml"
    text = edition.read_text(encoding="utf-8").replace('on: {date: "2026-12-15", time: "17:00"}', 'on: {date: "2026-12-16"}')
    mine.write_text(text, encoding="utf-8")
    text = shirube("check", "--diff", "jizokuka/2026-r20", str(mine)).stdout.decode()
    assert "変わったもの: " in text and "申請受付締切: 2026年12月15日（火） 17:00 → 2026年12月16日（水）" in text
    assert "違いはありません" in shirube("check", "--diff", str(edition), "jizokuka/2026-r20").stdout.decode()
    mine.write_text("id: mine/2026\nlabel: 第1回\n", encoding="utf-8")
    assert "mine.yaml" in complaint(shirube("check", "--diff", str(mine), "jizokuka/2026-r20"), 1)
    assert "no.yaml" in complaint(shirube("check", "--diff", "no.yaml", "jizokuka/2026-r20"), 1)


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("jizokuka/2025-r7", "jizokuka/2026-r20"), 1, "jizokuka/2025-r17"),
        (("jizokuka/2026-r20", "jizokka/2026-r2"), 1, "jizokuka/2026-r20"),
        (("jizokuka", "jizokuka/2026-r20"), 1, "jizokuka/2026-r20"),
        (("まったく違う", "jizokuka/2026-r20"), 1, "shirube programmes"),
        (("jizokuka/2026-r20",), 2, "--diff"),
    ],
)
def test_check_diff_names_near_editions(arguments: tuple[str, ...], code: int, word: str) -> None:
    assert word in complaint(shirube("check", "--diff", *arguments), code)
