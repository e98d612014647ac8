"""The walls of the house (house.md §4). Every rule is asked about the real tree and about a planted violation."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db.models import CASCADE, ForeignKey, Model

import engawa
from architecture import house
from architecture.floors import floor_of
from engawa.kernel.privacy import Keeping

SOURCES = house.python_sources()
TEMPLATES = house.template_sources()


def test_no_import_hides_inside_a_function() -> None:
    assert house.imports_inside_functions(SOURCES) == []


def test_a_hidden_import_is_found() -> None:
    planted = {"office/desk/views.py": "def page():\n    import os\n"}
    assert house.imports_inside_functions(planted) == ["office/desk/views.py:2"]
    assert house.imports_inside_functions({"office/desk/apps.py": "def ready(self):\n    import os\n"}) == []


def test_only_actions_write() -> None:
    writing = {place.partition(":")[0] for place in house.writes_outside_actions(SOURCES)}
    assert writing == set(house.SEEMING_WRITERS)


@pytest.mark.parametrize(
    "line", ["case.save()", "Case.objects.create()", "Case.objects.filter(a=1).update(b=2)", "x.bulk_create([])"]
)
def test_a_write_outside_actions_is_found(line: str) -> None:
    for name in ("views", "views/pages", "forms", "queries", "access", "jobs", "letters", "models", "apps", "serving"):
        assert house.writes_outside_actions({f"office/desk/{name}.py": f"{line}\n"}), name
    assert not house.writes_outside_actions({"office/desk/actions.py": f"{line}\n"})
    assert not house.writes_outside_actions({"office/desk/actions/talks.py": f"{line}\n"})
    assert not house.writes_outside_actions({"office/desk/views.py": "context.update(here=1)\n"})


def test_every_module_has_a_name_that_says_something() -> None:
    assert house.names_that_say_nothing(SOURCES) == []


@pytest.mark.parametrize("path", ["office/desk/utils.py", "office/desk/helpers/words.py"])
def test_a_name_that_says_nothing_is_found(path: str) -> None:
    assert house.names_that_say_nothing({path: ""}) == [path]


def test_rules_take_time_and_chance_as_arguments() -> None:
    assert house.rules_with_a_clock(SOURCES) == []


@pytest.mark.parametrize("line", ["from engawa.kernel import clock", "import random", "x = dt.date.today()"])
def test_a_rule_with_a_clock_of_its_own_is_found(line: str) -> None:
    assert house.rules_with_a_clock({"office/talks/rules.py": f"{line}\n"})


def test_templates_stay_in_their_package_or_the_design_system() -> None:
    assert house.templates_from_elsewhere(TEMPLATES) == []


def test_a_template_that_borrows_from_a_neighbour_is_found() -> None:
    planted = {"office/desk/templates/desk/a.html": '{% extends "ui/office.html" %}{% include "home/b.html" %}'}
    assert house.templates_from_elsewhere(planted) == ["office/desk/templates/desk/a.html → home/b.html"]


def test_no_template_carries_inline_code() -> None:
    assert house.inline_code(TEMPLATES) == []


@pytest.mark.parametrize("text", ["<script>x</script>", '<a onclick="x">', '<p style="color:red">'])
def test_inline_code_is_found(text: str) -> None:
    assert house.inline_code({"ui/templates/ui/a.html": text})


def test_functions_keep_their_budget() -> None:
    sizes = house.function_sizes(SOURCES)
    assert house.over_budget(sizes, median=8, p95=40, hard=60, exceptions=house.LARGE_FUNCTIONS) == []


def test_files_keep_their_budget() -> None:
    sizes = house.file_sizes(SOURCES)
    assert house.over_budget(sizes, p95=300, hard=500, exceptions=house.LARGE_FILES) == []


def test_templates_keep_their_budget() -> None:
    sizes = house.file_sizes(TEMPLATES)
    assert house.over_budget(sizes, p95=80, hard=150, exceptions=house.LARGE_TEMPLATES) == []


def test_what_breaks_a_budget_is_named() -> None:
    sizes = {"a": 10, "b": 70}
    assert house.over_budget(sizes, p95=40, hard=60, exceptions={}) == ["b: 70 lines, at most 60"]
    assert house.over_budget(sizes, p95=40, hard=60, exceptions={"b": "a reason"}) == []
    assert "median" in house.over_budget({"a": 10}, median=8, p95=40, hard=60, exceptions={})[0]
    assert "percentile" in house.over_budget(dict.fromkeys("abc", 50), p95=40, hard=60, exceptions={})[0]


def models_of_the_house() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("engawa.")]


def foreign_keys_upward(models: list[type[Model]]) -> list[str]:
    """Foreign keys that point up or sideways: string references escape the import contracts, so they are walked."""
    return [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in models
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if not floor_of(model.__module__).may_rest_on(floor_of(field.related_model.__module__))
    ]


def test_foreign_keys_point_down() -> None:
    assert foreign_keys_upward(models_of_the_house()) == []


@pytest.mark.parametrize(
    ("upper", "lower", "allowed"),
    [
        ("engawa.office.desk.models", "engawa.office.talks.models", True),
        ("engawa.office.talks.models", "engawa.office.casework.cases.models", False),
        ("engawa.office.casework.cases.models", "engawa.office.casework.timeline.models", False),
        ("engawa.office.casework.timeline.models", "engawa.office.casework.people.models", True),
        ("engawa.porch.seats.models", "engawa.office.access.models", False),
        ("engawa.office.directory.models", "engawa.office.questionnaires.models", False),
        ("engawa.porch.pages.models", "engawa.office.audit.models", False),
        ("engawa.office.access.models", "django.contrib.contenttypes.models", True),
        ("engawa.porch.mailbox.models", "engawa.porch.seats.models", True),
    ],
)
def test_floors_are_read_from_the_contracts(upper: str, lower: str, *, allowed: bool) -> None:
    assert floor_of(upper).may_rest_on(floor_of(lower)) is allowed


def test_a_foreign_key_upward_is_found() -> None:
    class Word(Model):
        __module__ = "engawa.office.talks.models"
        case = ForeignKey(apps.get_model("casework.Case"), on_delete=CASCADE, related_name="+")

        class Meta:
            app_label = "talks"
            apps = Apps()

    assert foreign_keys_upward([Word]) == ["Word.case → Case"]


def test_the_porch_does_not_know_the_office() -> None:
    assert house.porch_that_knows_the_office(SOURCES) == []


@pytest.mark.parametrize("line", ["from engawa.office.access.models import Staff", "seat = ForeignKey('office.Case')"])
def test_a_porch_that_knows_the_office_is_found(line: str) -> None:
    planted = {"porch/seats/models.py": line, "office/desk/models.py": line}
    assert house.porch_that_knows_the_office(planted) == ["porch/seats/models.py"]


_SEAT = {"seat", "seat_id"}


def unique_without_seat(models: Iterable[type[Model]]) -> list[str]:
    """What is unique in a table of seats without the seat: it would keep the table from being distributed by seat."""
    return [
        f"{model._meta.label}: {', '.join(sorted(names))}"
        for model in models
        if _SEAT & {field.name for field in model._meta.concrete_fields}
        for names in _unique(model)
        if not _SEAT & names
    ]


def _unique(model: type[Model]) -> Iterator[set[str]]:
    key = model._meta.pk
    yield set(getattr(key, "field_names", ()) or [key.name])
    yield from ({field.name} for field in model._meta.concrete_fields if field.unique and not field.primary_key)
    yield from (set(one.fields) for one in model._meta.total_unique_constraints)
    yield from (set(names) for names in model._meta.unique_together)


def test_a_seats_tables_can_be_distributed_by_seat() -> None:
    porch = [model for model in models_of_the_house() if model.__module__.startswith("engawa.porch.")]
    assert unique_without_seat(porch) == []


def test_a_table_of_seats_that_cannot_be_distributed_is_found() -> None:
    assert unique_without_seat([apps.get_model("letterbox.SetAside")]) == ["letterbox.SetAside: id"]


def promises() -> Iterator[Keeping]:
    """Every promise that a ``privacy`` module makes, by itself or in a list."""
    for module in pkgutil.walk_packages(engawa.__path__, "engawa."):
        if module.name.endswith(".privacy") and module.name != Keeping.__module__:
            for value in vars(importlib.import_module(module.name)).values():
                yield from (one for one in [value, *_inside(value)] if isinstance(one, Keeping))


def _inside(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def without_promise(models: Iterable[type[Model]]) -> list[str]:
    """Models of which nobody has said what they keep about people, or not for each of their fields."""
    said = {keeping.model: keeping for keeping in promises()}
    missing = []
    for model in models:
        tracked = getattr(model, "pgh_tracked_model", None)
        keeping = said[tracked].of_past(model) if tracked in said else said.get(model)
        if keeping is None or keeping.unnamed():
            missing.append(model._meta.label)
    return missing


def test_every_model_says_what_it_keeps_about_people() -> None:
    assert without_promise(models_of_the_house()) == []


def test_a_model_without_promise_is_found() -> None:
    assert without_promise([apps.get_model("contenttypes.ContentType")]) == ["contenttypes.ContentType"]
