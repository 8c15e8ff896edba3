"""Caching: verdicts and analyses on disk, and a spool for the verdicts of one run."""
