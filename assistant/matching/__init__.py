"""Which subsidies fit a firm and its project: read, judge, compute, rank, explain; pure but for what is handed in."""

from assistant.matching.pipeline import match_project

__all__ = ["match_project"]
