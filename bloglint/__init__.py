"""bloglint: the linter for the editorial health of corporate blogs."""

__version__ = "0.1.0"
