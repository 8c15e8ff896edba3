"""Text analysis: markup with source positions, language, sentences, readability, shingles."""
