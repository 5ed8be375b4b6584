"""The seam for language models. LangChain stops here."""
