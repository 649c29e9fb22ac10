"""Code that a tool wrote: change the tool, which each file names."""
