"""How the fields of a letter become JSON values and back, strictly by their declared types.

A letter comes from the other side of a wall, so nothing is guessed or coerced: a value of another type, a
missing or an extra field and an overlong text are refused.
"""

import base64
import datetime as dt
import json
import types
import typing
import uuid
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin


@dataclass(frozen=True)
class Limit:
    """Longest text that a field may hold, in characters."""

    characters: int


_Record = TypeVar("_Record")
Words = Annotated[str, Limit(20_000)]
Text = Annotated[str, Limit(5_000)]
Short = Annotated[str, Limit(200)]


def _unbase64(value: str) -> bytes:
    return base64.b64decode(value, validate=True)


# What reading may raise.
MALFORMED = (TypeError, ValueError, RecursionError)

# Type of the field: how it is written into JSON (always as text), how it is read from it.
_SCALARS: dict[Any, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    bytes: (lambda value: base64.b64encode(value).decode(), _unbase64),
    uuid.UUID: (str, uuid.UUID),
    dt.datetime: (dt.datetime.isoformat, dt.datetime.fromisoformat),
    dt.date: (dt.date.isoformat, dt.date.fromisoformat),
    dt.time: (dt.time.isoformat, dt.time.fromisoformat),
}


@cache
def hints(kind: type) -> dict[str, Any]:
    """Names and types of a dataclass's fields, limits included."""
    declared = typing.get_type_hints(kind, include_extras=True)
    return {field.name: declared[field.name] for field in fields(kind)}


def to_json(value: Any, hint: Any) -> Any:
    """The JSON form of a field's value.

    Raises:
        TypeError: the value is not of the declared type.
        ValueError: a text is too long, cannot be written as UTF-8 or holds NUL, or a time has no zone.
    """
    _check(value, hint)
    origin, of = get_origin(hint), get_args(hint)
    if value is None or hint in (str, bool, int) or origin is Annotated:
        return value
    if origin is types.UnionType:
        return to_json(value, _present(of))
    if origin is tuple:
        return [to_json(item, of[0]) for item in value]
    if is_dataclass(hint):
        return record_to_json(value)
    return _SCALARS[hint][0](value)


def from_json(value: Any, hint: Any) -> Any:
    """The field's value from its JSON form.

    Raises:
        TypeError: the JSON value is not of the declared type.
        ValueError: the value cannot be read, or is refused as in ``to_json``.
    """
    origin, of = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return None if value is None else from_json(value, _present(of))
    if origin is tuple:
        _expect(value, list)
        return tuple(from_json(item, of[0]) for item in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return record_from_json(value, hint)
    if hint in _SCALARS:
        value = _read_scalar(value, hint)
    _check(value, hint)
    return value


def _read_scalar(value: Any, hint: Any) -> Any:
    _expect(value, str)
    try:
        return _SCALARS[hint][1](value)
    except ValueError:  # its own message would quote the value, and reasons are read by people who may not read words
        raise ValueError(f"not a {hint.__name__}") from None


def record_to_json(record: Any) -> dict[str, Any]:
    """The JSON form of a dataclass."""
    kind: Any = type(record)
    return {name: to_json(getattr(record, name), hint) for name, hint in hints(kind).items()}


def record_from_json(value: Any, kind: Any) -> Any:
    """A dataclass from its JSON form; exactly its fields, no fewer and no more."""
    _expect(value, dict)
    if value.keys() != hints(kind).keys():
        missing = sorted(hints(kind).keys() - value.keys())
        raise ValueError(f"fields {missing} are missing" if missing else "there are unknown fields")
    return kind(**{name: from_json(value[name], hint) for name, hint in hints(kind).items()})


def _present(choices: tuple[Any, ...]) -> Any:
    """The one type that an optional field has when it is not None."""
    return next(choice for choice in choices if choice is not types.NoneType)


def _expect(value: Any, kind: type) -> None:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")


def _check(value: Any, hint: Any) -> None:
    """Refuse a value that its field may not hold."""
    origin, of = get_origin(hint), get_args(hint)
    if origin is Annotated:
        _check(value, of[0])
        if len(value) > of[1].characters:
            raise ValueError(f"text of {len(value)} characters; the limit is {of[1].characters}")
    elif origin is types.UnionType:
        if value is not None:
            _check(value, _present(of))
    else:
        _expect(value, origin or hint)
        _check_content(value)


def _check_content(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("text with a NUL character")
        value.encode()
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        raise ValueError("time without a zone")


def dumps(record: Any) -> str:
    """A dataclass as JSON text."""
    return json.dumps(record_to_json(record), ensure_ascii=False, separators=(",", ":"))


def loads(content: str | bytes, kind: type[_Record]) -> _Record:
    """A dataclass from JSON text; raises one of ``MALFORMED``."""
    read: _Record = record_from_json(json.loads(content), kind)
    return read
