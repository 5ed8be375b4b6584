"""Pure readers of Japanese text: normalising, quantities, dates. They import nothing of the project."""
