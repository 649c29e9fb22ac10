"""`python -m tools.apply`: applies the plans that were reviewed, and no others."""
