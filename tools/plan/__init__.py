"""`python -m tools.plan`: plans stacks side by side, and keeps the plans beside their output."""
