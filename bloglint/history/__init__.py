"""The periodic report: what was found before, what changed since, and who is told."""
