"""The steps of a question: parse, route, gather, compose, verify."""
