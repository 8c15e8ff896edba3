"""The network: fetching addresses safely, politely and only as often as needed."""

from bloglint.web.addresses import shown
from bloglint.web.client import MAX_BYTES, Answer, Web
from bloglint.web.errors import StatusError

__all__ = ["MAX_BYTES", "Answer", "StatusError", "Web", "shown"]
