"""Let a language model smooth the paragraphs that this program wrote; the firm's words, tables and gaps stay as they are.

The model gets a section's prompt and its paragraphs, in which figures, the firm's words, gaps, numbers and names are tokens.
What it writes passes the same guard as an answer's wording; if it fails, the composed paragraphs stand.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from assistant.config import Settings
from assistant.drafting.ink import GAP, TOKEN
from assistant.drafting.records import Block, Para
from assistant.errors import ModelError
from assistant.llm.breaker import Breaker
from assistant.llm.mask import Masker
from assistant.llm.model import ChatModel
from assistant.llm.providers import open_model
from assistant.llm.rewrite import fenced, rewrite_lines

_PROMPTS = Path(__file__).resolve().parent.parent / "llm" / "prompts" / "draft"
_PART = re.compile(rf"{TOKEN.pattern}|{GAP}[^】]*】")
_NUMBERED = re.compile(r"\{f:(\d+)\}")


@dataclass(frozen=True)
class SectionWriter:
    """A model with its circuit breaker."""

    model: ChatModel
    breaker: Breaker

    def rewrite(self, composer: str, title: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks with the machine's paragraphs smoothed; as they were if there is nothing to smooth or the model fails.

        Args:
            composer: The composer that wrote them; its prompt is sent.
            title: Heading of the section.
            blocks: Blocks with tokens.
        """
        places = [i for i, b in enumerate(blocks) if isinstance(b, Para) and b.by == "machine" and _is_prose(b.text)]
        if not places:
            return blocks
        hidden, masker = _Hidden(), Masker()
        texts = [b.text for i, b in enumerate(blocks) if i in places and isinstance(b, Para)]
        draft = "\n".join(masker.hide(hidden.hide(t)) for t in texts)
        user = fenced(((f"欄「{title}」の元の文（データ）", draft),), "元の文を整えてください。行の数は変えません。")
        try:
            lines = self.breaker.run(lambda: rewrite_lines(self.model, section_prompt(composer), user, draft))
        except ModelError:
            return blocks
        out = list(blocks)
        for place, line in zip(places, lines, strict=True):
            old = out[place]
            if isinstance(old, Para):
                out[place] = replace(old, text=hidden.restore(masker.restore(line)))
        return tuple(out)


def open_writer(settings: Settings, clock: Callable[[], float] = time.monotonic) -> SectionWriter | None:
    """The writer with the model that SHIRUBE_LLM names; None if it is not set.

    Raises:
        BadSetting: SHIRUBE_LLM does not read as provider:model.
        ModelUnavailable: The extra is not installed, or the provider refuses the settings.
    """
    model = open_model(settings)
    return None if model is None else SectionWriter(model, Breaker(clock))


@cache
def section_prompt(composer: str) -> str:
    """What a model is told for a section: the rules of all sections, then its own."""
    return "\n\n".join((_PROMPTS / f"{name}.md").read_text("utf-8") for name in ("_rules", composer))


def _is_prose(text: str) -> bool:
    return bool(re.search(r"[ぁ-ゖ]", _PART.sub("", text))) and "\n" not in text


@dataclass
class _Hidden:
    """Tokens and gaps of a section under the plain numbers that the guard knows."""

    parts: list[str] = field(default_factory=list)

    def hide(self, text: str) -> str:
        return _PART.sub(self._number, text)

    def restore(self, text: str) -> str:
        return _NUMBERED.sub(lambda m: self.parts[int(m.group(1))], text)

    def _number(self, match: re.Match[str]) -> str:
        self.parts.append(match[0])
        return f"{{f:{len(self.parts) - 1}}}"
