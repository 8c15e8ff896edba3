"""Single posts judged by what they do to their blog, and what of it is already known."""
