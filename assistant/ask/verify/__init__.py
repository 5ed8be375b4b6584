"""The independent verifier: checks every number of a text against the catalogue, from the text alone."""

from assistant.ask.verify.judge import verify_text
from assistant.ask.verify.records import CheckedNumber, Verdict, Verification

__all__ = ["CheckedNumber", "Verdict", "Verification", "verify_text"]
