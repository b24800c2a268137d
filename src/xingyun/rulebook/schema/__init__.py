"""The language of rulebooks: one frozen dataclass for each table that a rulebook may hold."""
