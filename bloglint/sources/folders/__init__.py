"""Folders of posts, as static site generators lay them out."""
