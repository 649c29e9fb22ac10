"""The catalogue is good, and each entry makes what its file says; `make new` writes both of one."""
