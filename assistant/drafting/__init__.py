"""A first-draft 経営計画書: collect the facts, plan once, write the sections, render, check."""
