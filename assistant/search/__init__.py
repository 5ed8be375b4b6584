"""The hybrid index over catalogue and articles: lexical, dense, fused."""
