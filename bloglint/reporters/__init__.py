"""One module per format; each takes a Report and gives text."""
