"""What is known to be wrong with the packages of the locks."""
