"""Queries that pages ask again and again: their SQL is made once, and only the values in it change.

To make SQL out of a queryset takes Django longer than PostgreSQL takes to answer it (benchmarks/README.md, "Casework").
"""

import copy
import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Func, IntegerField, Model, Prefetch, QuerySet

Asked = ParamSpec("Asked")
Row = TypeVar("Row")

# What differs from asking to asking, and a value of its kind for every number. Everything else (a number, None, an
# empty text, a word of an enumeration, a set of them) is the query's shape.
STAND_INS: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=number),
    str: lambda number: f"stand-in-{number}-",
    dt.date: dt.date.fromordinal,
    dt.datetime: lambda number: dt.datetime.fromtimestamp(number, dt.UTC),
}


def asked_often(build: Callable[Asked, QuerySet[Any, Row]]) -> Callable[Asked, list[Row]]:
    """Make a function that builds a queryset answer with its rows, and build each shape of it only once.

    Ids, days, moments and texts among the arguments, also within tuples, mappings and dataclasses (an actor), are
    values that change; with any other argument (a number, None, an empty text, a member of an enumeration) it is
    another shape. The function may look whether a value is there, never at what it is.

    Raises:
        TypeError: the query holds an id, a day or a moment that is no argument, or something made from one (as
            ``__icontains`` does), and so would for ever stay what it was the first time; or an argument is a row,
            of which nobody knows what the query takes.
    """
    shapes: dict[Hashable, _Shape[Row]] = {}

    @wraps(build)
    def ask(*args: Asked.args, **kwargs: Asked.kwargs) -> list[Row]:
        given = (*args, *kwargs.values())
        leaves = list(_leaves(given))
        shape = (*map(_shape_of, leaves), *kwargs)
        if shape not in shapes:
            marks = _Marks()
            marked = marks.instead_of(given)
            named = dict(zip(kwargs, marked[len(args) :], strict=True))
            shapes[shape] = _Shape(build(*marked[: len(args)], **named), marks)
        return shapes[shape].rows([leaf for leaf in leaves if _changes(leaf)])

    return ask


def counted_often(build: Callable[Asked, QuerySet[Any, Any]]) -> Callable[Asked, int]:
    """Make a function that builds a queryset answer with how many rows it has, as ``asked_often`` with the rows."""
    how_many = Func(template="count(*)", output_field=IntegerField())

    @asked_often
    @wraps(build)
    def count(*args: Asked.args, **kwargs: Asked.kwargs) -> QuerySet[Any, int]:
        return build(*args, **kwargs).order_by().values_list(how_many, flat=True)

    @wraps(build)
    def ask(*args: Asked.args, **kwargs: Asked.kwargs) -> int:
        return sum(count(*args, **kwargs))

    return ask


def in_few_sizes(ids: Iterable[UUID]) -> tuple[UUID, ...]:
    """These ids, the last of them repeated until they are 1, 2, 4, 8, …: otherwise each number of ids is a shape."""
    once = tuple(ids)
    return once + once[-1:] * ((1 << (len(once) - 1).bit_length()) - len(once))


def _leaves(value: Any) -> Iterator[Any]:
    """What a value holds, from left to right, with the kinds and sizes of what is taken apart."""
    if isinstance(value, tuple):
        yield len(value)
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, Mapping):
        yield from _leaves(tuple(value.items()))
    elif is_dataclass(value):
        yield type(value)
        yield from _leaves(tuple(getattr(value, field.name) for field in fields(value)))
    else:
        yield value


def _changes(leaf: Any) -> bool:
    return type(leaf) in STAND_INS and leaf != ""


def _shape_of(leaf: Any) -> Hashable:
    kind: type = type(leaf)
    return kind if _changes(leaf) else (kind, leaf)


class _Marks:
    """Stand-ins for values, each known again by its identity in what Django makes of a query."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def instead_of(self, value: Any) -> Any:
        """The value with a stand-in for everything in it that changes."""
        if isinstance(value, tuple):
            return tuple(self.instead_of(one) for one in value)
        if isinstance(value, Mapping):
            return dict(self.instead_of(tuple(value.items())))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{one.name: self.instead_of(getattr(value, one.name)) for one in fields(value)})
        if isinstance(value, Model):
            raise TypeError(f"{value!r} is a row: give its key")
        if not _changes(value):
            return value
        self.made.append(STAND_INS[type(value)](len(self.made) + 1))
        return self.made[-1]

    def place_of(self, param: Any) -> int | None:
        """Which value a parameter stands for; None for what belongs to the query itself."""
        place = next((place for place, mark in enumerate(self.made) if param is mark), None)
        if place is None and any(self._would_change(one) for one in (param if isinstance(param, list) else [param])):
            raise TypeError(f"{param!r} would for ever stay what it was: make it an argument")
        return place

    def _would_change(self, value: Any) -> bool:
        return isinstance(value, (UUID, dt.date, dt.time)) or any(str(mark) in str(value) for mark in self.made)


class _Shape(Generic[Row]):
    """A queryset whose SQL is made."""

    def __init__(self, queryset: QuerySet[Any, Row], marks: _Marks) -> None:
        along = vars(queryset)["_prefetch_related_lookups"]
        if any(isinstance(one, Prefetch) and one.queryset is not None for one in along):
            raise TypeError("what is fetched along with a queryset of its own would for ever stay what it was")
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(queryset.db)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()
        self.places = [marks.place_of(param) for param in self.params]

    def rows(self, values: list[Any]) -> list[Row]:
        """What the database answers for these values."""
        if not self.sql:
            return []
        params = [own if place is None else values[place] for own, place in zip(self.params, self.places, strict=True)]
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[self.queryset.db]  # of this thread
        compiler.as_sql = lambda: (self.sql, tuple(params))  # made before
        asked = self.queryset.all()
        asked.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign] # for this once
        return list(asked)
