"""The engine: documents pass through the rules and become a verdict."""
