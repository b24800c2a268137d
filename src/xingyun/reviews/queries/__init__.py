"""Reading what authorities do."""
