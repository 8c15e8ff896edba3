"""Folders of posts, as laid out by static site generators."""
