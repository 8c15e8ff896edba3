"""Reading a blog on the web: its feed, its archive, its articles."""
