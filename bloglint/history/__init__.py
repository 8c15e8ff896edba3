"""Periodic reports: what was found earlier, what has changed since, and who is notified."""
