"""Errors of the product; the message is Japanese, names what is wrong and the way out.

AssistantError                carries facts as attributes and a stable `reason`
├─ KnowledgeError             a data file is wrong: found by `shirube check`
│   └─ BadFile
├─ RuleError                  the rules cannot say
│   └─ UnknownProgramme, NoEdition
├─ ModelError                 ModelTimeout, ModelUnavailable, MalformedOutput
├─ VerificationError          UnknownToken
├─ InputError                 what the user handed in cannot be read; TooLong, NotFound
├─ DraftError                 a rendered draft does not hold what was planned
├─ BadSetting                 an environment variable cannot be read
├─ StoreUnavailable           the database cannot be opened or written
└─ IndexUnavailable           the search index cannot be built or read
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors that a door turns into a sentence for the user."""

    reason = "error"


class KnowledgeError(AssistantError):
    """A knowledge file is wrong."""

    reason = "knowledge"


class BadFile(KnowledgeError):
    """A file does not load: `path`, `where` in it, `why`, and the way out."""

    def __init__(self, path: str, where: str, why: str) -> None:
        self.path, self.where, self.why = path, where, why
        at = f" の {where}" if where else ""
        super().__init__(f"{path}{at}: {why}")


class RuleError(AssistantError):
    """The rules cannot say."""

    reason = "rule"


class UnknownProgramme(RuleError):
    """No programme of that name is in the knowledge; `near` lists similar ids."""

    reason = "not_in_sources"

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        self.name, self.near = name, near
        hint = f"（近いもの: {', '.join(near)}）" if near else ""
        super().__init__(f"「{name}」という制度は知識にありません{hint}。shirube programmes で一覧を確認できます。")


class NoEdition(RuleError):
    """The programme has no edition that answers."""

    reason = "not_in_sources"

    def __init__(self, programme: str, wanted: str) -> None:
        self.programme, self.wanted = programme, wanted
        super().__init__(f"{programme} の「{wanted}」の資料がありません。")


class ModelError(AssistantError):
    """A language model failed; figures still go out by template."""

    reason = "model"


class ModelTimeout(ModelError):
    """The model did not answer in time."""


class ModelUnavailable(ModelError):
    """The model cannot be reached or is not installed."""


class MalformedOutput(ModelError):
    """The model's output cannot be used."""


class VerificationError(AssistantError):
    """A text holds something that is not backed."""

    reason = "unverified"


class UnknownToken(VerificationError):
    """A composed text names a figure or source that was not gathered."""

    def __init__(self, token: str) -> None:
        self.token = token
        super().__init__(f"未知の記号です: {token}")


class InputError(AssistantError):
    """What the user handed in cannot be read."""

    reason = "input"


class TooLong(InputError):
    """A text is longer than the doors take; `way_out` says what to do instead."""

    reason = "too_long"

    def __init__(self, what: str, chars: int, most: int, way_out: str) -> None:
        self.what, self.chars, self.most = what, chars, most
        super().__init__(f"{what}が長すぎます（{chars:,}文字、上限 {most:,}文字）。{way_out}")


class NotFound(InputError):
    """Something that was asked for by its id does not exist."""

    reason = "not_found"


class DraftError(AssistantError):
    """A rendered draft differs from its plan: a fault of ours; nothing is written."""

    reason = "draft"

    def __init__(self, what: str, why: str) -> None:
        self.what, self.why = what, why
        super().__init__(f"計画書（{what}）を点検で止めました: {why}。何も書き出していません。開発元へ知らせてください。")


class BadSetting(AssistantError):
    """An environment variable cannot be read."""

    reason = "setting"

    def __init__(self, name: str, value: str) -> None:
        self.name, self.value = name, value
        super().__init__(f"環境変数 {name} の値「{value}」を読めません。直すか、消してください。")


class StoreUnavailable(AssistantError):
    """The database cannot be opened, read or written."""

    reason = "store"


class IndexUnavailable(AssistantError):
    """The search index cannot be built or read."""

    reason = "index"
