"""What the numbers and choices of a rulebook say, in plain words, for `explain`."""
