"""The cache: verdicts and analyses on disk, and a spool for verdicts of one run."""
