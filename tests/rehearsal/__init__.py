"""A whole year played through the pages by everybody in it, over HTTP: `python -m tests.rehearsal`."""
