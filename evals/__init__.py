"""Evaluations: own cases and any case file, run through the same flow as every door."""
