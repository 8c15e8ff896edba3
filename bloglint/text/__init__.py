"""What a post's text is: markup with positions, language, sentences, readability, shingles."""
