"""Conversations in a database. SQLAlchemy stops here."""
