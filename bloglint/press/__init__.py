"""Press releases: read, indexed on disk, and looked up by shared shingles."""
