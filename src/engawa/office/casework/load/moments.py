"""What loads add to the timeline: 担当替え."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.clock import JAPAN
from engawa.office.access.actors import AnyActor
from engawa.office.access.parts import Part
from engawa.office.casework.access import parts_of
from engawa.office.casework.cases.models import Case
from engawa.office.casework.load.models import Passing
from engawa.office.casework.load.queries import passings_of
from engawa.office.casework.timeline.sources import Moment, Wish, register


@register("passing", _("担当替え"))
def passings(actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """The case passed from one worker to another, and what of its plans passed along for those who see plans."""
    tells_plans = Part.PLANS in parts_of(actor, case)
    rows = passings_of(case)
    if wish.worker:
        rows = rows.filter(by_id=wish.worker)
    for row in rows[: wish.most]:
        said = {"giver": row.giver.name, "receiver": row.receiver.name}
        yield Moment(
            kind="passing",
            on=row.at.astimezone(JAPAN).date(),
            order=row.at,
            title=gettext("担当替え：%(giver)s → %(receiver)s") % said,
            body=row.note,
            tags=_along(row) if tells_plans else (),
            who=row.by.name if row.by else "",
        )


def _along(row: Passing) -> tuple[str, ...]:
    if not (row.plans or row.steps):
        return ()
    said = {"plans": row.plans, "steps": row.steps}
    return (gettext("計画%(plans)s件、ステップ%(steps)s件の担当も替わりました") % said,)
