"""A server by which agents ask for what bloglint knows (the Model Context Protocol)."""
