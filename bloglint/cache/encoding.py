"""Encoding of values as bytes: data only, so that reading them back can never run code."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
#: Extension codes for types that MessagePack lacks: ISO 8601 dates, and times with their zone.
_DATE, _MOMENT = 1, 2
#: Marks a value that contains text that is not valid Unicode, such as a file name.
_ESCAPED = b"\0"


def encode_struct(value: Any) -> bytes:
    """Encode a struct as compressed JSON; times keep their zone's offset."""
    try:
        body = msgspec.json.encode(value)
    except UnicodeEncodeError:
        body = _ESCAPED + json.dumps(msgspec.to_builtins(value)).encode()
    return zlib.compress(_type_prefix(type(value)) + body, 1)


def decode_struct(body: bytes, kind: type[T]) -> T:
    """Decode a struct of type ``kind`` written by `encode_struct`.

    Raises:
        ValueError, zlib.error: the bytes are damaged or of another type.
    """
    text = zlib.decompress(body)
    name = _type_prefix(kind)
    if not text.startswith(name):
        raise ValueError(f"this is no {kind.__name__}")
    text = text[len(name) :]
    if text.startswith(_ESCAPED):
        return msgspec.convert(json.loads(text[1:]), kind)
    return msgspec.json.decode(text, type=kind)


def _type_prefix(kind: type[Any]) -> bytes:
    """What stands before a struct, since one of another type may fit by its defaults."""
    return f"{kind.__name__}\n".encode()


def encode_data(value: Any) -> bytes:
    """Encode plain data as compressed MessagePack.

    Plain data are numbers, texts, bytes, dates, lists and mappings.

    Raises:
        TypeError, ValueError, OverflowError, RecursionError: the value contains something else.
    """
    return zlib.compress(msgspec.msgpack.encode(_tagged(value)), 1)


def decode_data(body: bytes, kind: Any = Any) -> Any:
    """Decode data written by `encode_data`; tuples come back as lists.

    Raises:
        ValueError, zlib.error: the bytes are damaged or of another type.
    """
    return msgspec.msgpack.decode(zlib.decompress(body), type=kind, ext_hook=_untagged)


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return msgspec.msgpack.Ext(_MOMENT, value.isoformat().encode())
    if isinstance(value, date):
        return msgspec.msgpack.Ext(_DATE, value.isoformat().encode())
    if isinstance(value, dict):
        return {key: _tagged(one) for key, one in value.items()}
    if type(value) in (list, tuple):
        if not value or isinstance(value[0], int | float | str):
            kinds = set(map(type, value))
            if kinds <= {int, float, str, bool, type(None)}:
                return value
        return [_tagged(one) for one in value]
    return value


def _untagged(code: int, data: memoryview) -> Any:
    text = bytes(data).decode()
    return datetime.fromisoformat(text) if code == _MOMENT else date.fromisoformat(text)
