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


def test_models_made_together_stand_in_the_state_and_are_drawn_only_when_asked_for() -> None:
    state = ProjectState()
    assert not state.apps.all_models.get("shop")
    _house().state_forwards("shop", state)
    assert "apps" not in vars(state)
    assert state.apps.get_model("shop", "Room")._meta.get_field("house").related_model.__name__ == "House"
    assert not state.is_delayed


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
