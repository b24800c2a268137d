"""A system that is killed while people work with it: `make kills`, or `python -m tests.rehearsal.kills`."""
