"""Shirube: answers about Japanese small-business subsidies with figures that are proven by dated sources."""
