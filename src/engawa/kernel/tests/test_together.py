from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from engawa.kernel.together import Together


def _table(name: str, **fields: models.Field) -> Operation:
    return migrations.CreateModel(name, [("id", models.AutoField(primary_key=True)), *fields.items()])


def _house() -> Together:
    return Together([_table("House"), _table("Room", house=models.ForeignKey("shop.House", models.CASCADE))])


class Step(Operation):
    def __init__(self, name: str, said: list[str]) -> None:
        self.name, self.said = name, said

    def database_forwards(self, *_where: object) -> None:
        self.said.append(f"make {self.name}")

    def database_backwards(self, *_where: object) -> None:
        self.said.append(f"undo {self.name}")


def _street() -> ProjectState:
    state = ProjectState()
    _table("Street").state_forwards("shop", state)
    assert state.apps.get_model("shop", "Street")
    return state


def _drawn(state: ProjectState) -> dict[str, type[models.Model]]:
    return state.apps.all_models["shop"]


def test_models_made_together_are_drawn_beside_those_that_stand() -> None:
    state = _street()
    street = _drawn(state)["street"]
    _house().state_forwards("shop", state)
    assert list(_drawn(state)) == ["street", "house", "room"]
    assert _drawn(state)["street"] is street
    assert _drawn(state)["room"]._meta.get_field("house").related_model is _drawn(state)["house"]


def test_where_nothing_is_drawn_yet_all_is_drawn_when_asked_for() -> None:
    state = ProjectState()
    _house().state_forwards("shop", state)
    assert "apps" not in vars(state)
    assert list(_drawn(state)) == ["house", "room"]


def test_where_a_change_waits_to_be_drawn_all_is_drawn_anew() -> None:
    state = _street()
    state.is_delayed = True
    street = _drawn(state)["street"]
    _house().state_forwards("shop", state)
    assert "apps" not in vars(state)
    assert not state.is_delayed
    assert _drawn(state)["street"] is not street


def test_the_database_is_changed_in_order_and_back_in_reverse() -> None:
    said: list[str] = []
    together = Together([Step("walls", said), Step("roof", said)])
    together.database_forwards("shop", None, None, None)
    together.database_backwards("shop", None, None, None)
    assert said == ["make walls", "make roof", "undo roof", "undo walls"]


def test_it_says_what_it_makes_and_can_be_written_down() -> None:
    house = _house()
    assert house.describe() == "Create model House; Create model Room"
    assert house.deconstruct() == ("Together", [house.operations], {})
