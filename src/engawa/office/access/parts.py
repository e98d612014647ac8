"""The parts of a case（共有する範囲）that a right to see it may be limited to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Part(TextChoices):
    """One part of a case. Whoever sees any part sees the basics: without number and name nobody can speak of it."""

    BASICS = "basics", _("基本")
    COURSE = "course", _("経過")
    ASSESSMENTS = "assessments", _("アセスメント")
    PLANS = "plans", _("計画")
    FAMILY = "family", _("家族")
    DOCUMENTS = "documents", _("書類")


WHOLE = frozenset(Part)


def needed(part: Part | None) -> frozenset[Part]:
    """What must be seen for a page about ``part``: the whole case, where a page names none."""
    return WHOLE if part is None else frozenset({part})
