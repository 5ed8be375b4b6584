"""`shirube programmes` and `shirube check`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.answers import AsJson, Today
from assistant.cli.console import Command, read_today, say, say_bytes, say_json, stop
from assistant.config import read_settings
from assistant.diff_door import compare_request, diff_lines
from assistant.flow import open_assistant
from assistant.listing import find_programme, list_programmes, programme_lines, whole_lines, whole_programme
from assistant.rules.editions import windows_on
from assistant.rules.figures import list_figures
from assistant.rules.labels import STATE_WORDS
from assistant.rules.load import Catalogue, load_catalogue

DIFF_HELP = "2つの版（IDかファイル）を比べて、変わったところを出します。"
Diff = Annotated[tuple[str, str] | None, typer.Option("--diff", metavar="OLD NEW", help=DIFF_HELP)]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("programmes", cls=Command, help="制度の一覧、または1つの制度の全体を出します。")(programmes)
    app.command("check", cls=Command, help="知識ファイルをすべて点検します。")(check)


def programmes(
    context: typer.Context,
    programme: Annotated[str | None, typer.Argument(metavar="ID", help="制度のIDか名前。なければ一覧を出します。")] = None,
    as_json: AsJson = False,
    ics: Annotated[bool, typer.Option("--ics", help="締切などの日程をカレンダーのファイル（iCalendar）で出します。")] = False,
    today: Today = None,
) -> None:
    """List the catalogue, show one programme whole, or write its dates as a calendar."""
    day = read_today(today or context.obj)
    if ics and as_json:
        stop("--ics と --json は同時に使えません。どちらかにしてください。", 2)
    catalogue = open_assistant(read_settings()).catalogue
    if ics:
        from assistant.calendar_door import calendar_file

        say_bytes(calendar_file(catalogue, day, find_programme(catalogue, programme).id if programme else None))
        return
    if programme is not None:
        found = find_programme(catalogue, programme)
        if as_json:
            say_json(whole_programme(catalogue, found, day), indent=2)
        else:
            say("\n".join(whole_lines(catalogue, found, day)))
        return
    entries = list_programmes(catalogue, day)
    if as_json:
        say_json(entries, indent=2)
        return
    for entry in entries:
        say("\n".join(programme_lines(entry)))
    say("\n「とおり」の中身、要件、経費は shirube programmes 制度のID で出ます（例: shirube programmes gyomu-kaizen）。")
    say(f"{len(entries)}件（{day.isoformat()} の時点、資料は {catalogue.as_of} 現在。最新の公募要領で確認してください）")


def check(context: typer.Context, diff: Diff = None, as_json: AsJson = False, today: Today = None) -> None:
    """Load all knowledge files strictly, count what they hold, prove the figures where the originals are at hand."""
    day, settings = read_today(today or context.obj), read_settings()
    if as_json and diff is None:
        stop("--json は --diff と一緒に使ってください。", 2)
    if diff is not None:
        show_diff(diff, as_json)
        return
    catalogue = load_catalogue(settings.shipped_knowledge, settings.knowledge_dir)
    for kind, count in knowledge_counts(catalogue).items():
        say(f"{kind}: {count:,}")
    check_questions(catalogue)
    states = Counter(w.state for w in windows_on(tuple(catalogue.editions.values()), day))
    say(f"{day.isoformat()} の公募回: " + "、".join(f"{STATE_WORDS[s]} {n}" for s, n in states.most_common()))
    if settings.sources is None:
        say("出典との照合は省きました（原本のフォルダを SHIRUBE_SOURCES に設定すると照合します）。")
    else:
        _prove(catalogue, settings.sources)
    say(f"知識ファイルに誤りはありません（版 {catalogue.version}）。")


def show_diff(editions: tuple[str, str], as_json: bool) -> None:
    """Write what changed between two editions."""
    result = compare_request(open_assistant(read_settings()).catalogue, *editions)
    if as_json:
        say_json(result, indent=2)
    else:
        say("\n".join(diff_lines(result)))


def check_questions(catalogue: Catalogue) -> None:
    """Stop if a stored question belongs to nothing that the knowledge holds."""
    from assistant.search.asked import read_questions
    from assistant.search.passages import all_passages

    known = {p.id for p in all_passages(catalogue)}
    questions = read_questions(catalogue.questions)
    lost = [x for x in questions if x not in known]
    say(f"質問の例: {sum(len(q) for q in questions.values()):,}")
    if lost:
        stop(f"questions/: {lost[0]} という項目がありません（ほか {len(lost) - 1}件）。「# 版」と「## 項目」を直してください。")


def knowledge_counts(catalogue: Catalogue) -> dict[str, int]:
    """How many things of each kind the knowledge holds."""
    editions = catalogue.editions.values()
    return {
        "制度": len(catalogue.programmes),
        "公募回の版": len(catalogue.editions),
        "公募回": sum(len(e.rounds) for e in editions),
        "枠・類型": sum(len(e.frames) for e in editions),
        "数値": len(list_figures(catalogue)),
        "要件": sum(len(f.requirements) for e in editions for f in e.frames),
        "経費": sum(len(e.categories) + len(e.costs) for e in editions),
        "説明": sum(len(e.facts) for e in editions) + len(catalogue.general.facts),
        "資料": len(catalogue.documents),
        "記事": len(catalogue.articles),
    }


def _prove(catalogue: Catalogue, sources: Path) -> None:
    from assistant.rules.proof import prove

    if not sources.is_dir():
        stop(f"{sources}: フォルダがありません。SHIRUBE_SOURCES を確認してください。")
    proofs = prove(catalogue, sources)
    lost = [p for p in proofs if not p.found and not p.corrected]
    for p in lost:
        f = p.figure
        place = f"{f.edition_id or f.programme or 'general'} {f.item_id} {f.name}".strip()
        say(f"{place}: {f.value.text()} — {p.why}（{f.source.doc}「{f.source.section}」）")
    weak = sum(p.weak for p in proofs)
    corrected = sum(p.corrected for p in proofs)
    found = sum(p.found for p in proofs)
    say(f"出典との照合: {len(proofs)}個のうち {found}個を確認、誤植を直したもの {corrected}個、隣の値でも通るもの {weak}個")
    if lost:
        stop(f"{len(lost)}個の数値が出典で確認できません。値か、出典の見出し（section）と目印（near）を直してください。")
