"""The own companies of evals/: figures worked out by hand, every contradiction named, none invented."""

from datetime import date

import pytest

from evals.draft import COMPANIES, faults


@pytest.mark.parametrize("path", sorted(COMPANIES.glob("*.yaml")), ids=lambda p: p.stem)
def test_a_draft_computes_what_was_worked_out_by_hand(assistant, path):
    assert faults(path, assistant.catalogue, date(2026, 11, 24)) == []
