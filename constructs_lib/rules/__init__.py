"""What AWS refuses in a task definition of the right shape, one function a rule."""
