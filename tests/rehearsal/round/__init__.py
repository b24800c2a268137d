"""One whole round with the crowd of its last days: `make rehearsal`, or `python -m tests.rehearsal.round`."""
