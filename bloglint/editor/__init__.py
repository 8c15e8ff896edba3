"""A server for editors (the Language Server Protocol): findings while a post is being written."""
