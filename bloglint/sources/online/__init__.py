"""Reading a blog from the web: its feed, archive and articles."""
