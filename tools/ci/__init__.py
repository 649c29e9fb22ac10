"""The steps of the workflows that need more than a command of the project."""
