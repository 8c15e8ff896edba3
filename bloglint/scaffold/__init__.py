"""A blog's first day with bloglint: what can be seen of it, and the files that follow from it."""
