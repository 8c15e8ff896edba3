"""HTTP client that fetches addresses safely, politely and no more often than needed."""

from bloglint.web.addresses import shown
from bloglint.web.client import MAX_BYTES, Answer, Web
from bloglint.web.errors import StatusError

__all__ = ["MAX_BYTES", "Answer", "StatusError", "Web", "shown"]
