"""`python -m tools.picture`: draws all stacks, their resources, references and state keys."""
