"""Single posts judged by their effect on the blog, and findings that are already known."""
