"""Output formats, one module each, that turn a `Report` into text."""
