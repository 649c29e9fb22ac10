"""What this project has of its own."""
