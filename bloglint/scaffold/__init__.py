"""A blog's first day with bloglint: a survey of the blog, and the files written from it."""
