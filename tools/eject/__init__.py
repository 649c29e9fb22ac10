"""`python -m tools.eject`: writes every stack as plain HCL."""
