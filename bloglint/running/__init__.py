"""Running a lint: sessions, runners (one process, several, Dask) and graceful shutdown."""
