"""The database: conversations and their turns; SQLAlchemy stops here."""
