"""`python -m tools.state`: a stack's state in the state bucket, its versions, and the way back."""
