"""A test a service, as `make new` writes it: what its entry in services.py makes, whole."""
