"""Measures this project's synth against every other way to write the same stacks."""
