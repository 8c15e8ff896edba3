"""Running a lint: sessions, runners (one process, several, Dask) and graceful_exit shutdown."""
