"""Dated data and the pure functions over them: schema, loading, editions, amounts, eligibility, deadlines."""
