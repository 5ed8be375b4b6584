"""Readers of users' files; the libraries that read them stop here."""
