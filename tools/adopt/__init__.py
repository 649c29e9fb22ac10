"""`python -m tools.adopt`: takes over what exists in the account and is in no state yet."""
