"""Well-known tools against the running system: `python -m tests.attacks`, `make attacks`."""
