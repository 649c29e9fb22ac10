"""Writes docs/errors.md, every message with its cause and its cure, from the code that says it."""
