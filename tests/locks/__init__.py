"""Every lock and every constraint behind a contended act, taken away one by one: a test has to notice."""
