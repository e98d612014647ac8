"""Two versions side by side, for whoever was overtaken by somebody else while they wrote（見くらべ）."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext

# The code of the error at the top of a form whose writer was overtaken.
OVERTAKEN = "overtaken"


@dataclass(frozen=True)
class Beside:
    """One thing that both wrote: what stands there now, and what the one who was overtaken wrote."""

    label: str
    present: str
    mine: str


def was_overtaken(form: BaseForm) -> bool:
    """Whether the form was refused because somebody else had changed the same in the meantime."""
    return form.has_error(NON_FIELD_ERRORS, OVERTAKEN)


def beside(form: BaseForm) -> list[Beside]:
    """Where what was written differs from what stands there now, for a form that has just been overtaken."""
    if not was_overtaken(form):
        return []
    return differing(Beside(str(bound.label), present_of(bound), mine_of(bound)) for bound in form.visible_fields())


def differing(lines: Iterable[Beside]) -> list[Beside]:
    """The lines in which the two versions are not the same."""
    return [line for line in lines if line.present != line.mine]


def present_of(bound: BoundField) -> str:
    """What stands there now, in words; the form was begun with it."""
    return _in_words(bound, bound.form.initial.get(bound.name))


def mine_of(bound: BoundField) -> str:
    """What was written, in words."""
    return _in_words(bound, bound.value())


def _in_words(bound: BoundField, value: Any) -> str:
    known = bound.field.prepare_value(value)
    if isinstance(known, bool):
        return gettext("はい") if known else gettext("いいえ")
    called = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    several = known if isinstance(known, (list, tuple, set)) else [known]
    said = (str(one).replace("\r\n", "\n") for one in several if one not in {None, ""})
    return gettext("、").join(called.get(one, one) for one in said)
