"""Assessments with their answers, steps between stages, and how surveys class the outing question."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from engawa.kernel.words import translated
from engawa.office.access.models import Staff
from engawa.office.casework.assessments import rules
from engawa.office.casework.cases.models import Case
from engawa.office.casework.people.models import Signed
from engawa.office.questionnaires.models import GivenAnswer, Questionnaire


class Assessment(Signed):
    """One dated filling-in of one version of a question set（アセスメント）; written until it is finished（確定）.

    ``based_on`` is the earlier assessment whose answers it started from.
    """

    signed_in = "begun_by"
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+", verbose_name="質問票")
    on = models.DateField("アセスメントの日")
    based_on = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField("確定した日時", null=True)
    finished_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-begun_at"]
        indexes = [models.Index(fields=["case", "-on"], name="assessment_by_case")]

    @property
    def name(self) -> str:
        """What a choice shows."""
        return f"{self.on:%Y-%m-%d} {self.questionnaire}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    model_name="AssessmentAnswerPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class AssessmentAnswer(GivenAnswer):
    """What one assessment says to one question: who wrote it when, and every version before it.

    ``version`` counts how often it was written, so that two people who write at once are told. ``professional`` repeats
    the question's, for PostgreSQL to hide diagnoses from those without the qualification.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    professional = models.BooleanField("専門職だけ", default=False)
    version = models.SmallIntegerField("版", default=1)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    said_at = models.DateTimeField("書いた日時")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "question"], name="assessment_answer_once")]


class Stage(models.Model):
    """A stage of support（支援の段階）on one of the lines: dated data with its source."""

    class Line(models.TextChoices):
        GUIDELINE = "guideline", _("ガイドラインの支援段階")
        PATH = "path", _("支援の流れ")

    code = models.TextField(primary_key=True)
    line = models.TextField("線", choices=Line.choices)
    label = models.TextField("段階")
    position = models.SmallIntegerField()
    source = models.TextField("出典", blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["line", "position"]
        constraints = [models.UniqueConstraint(fields=["line", "position"], name="stage_position")]

    @property
    def name(self) -> str:
        """What a choice shows."""
        return translated(self.label)


class StageStep(Signed):
    """A case stands at a stage from a day on. Steps back are steps like any other; nothing is overwritten."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stage_steps")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+", verbose_name="段階")
    on = models.DateField("日付")
    note = models.TextField("ようす", blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    import_id = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["on", "recorded_at"]
        indexes = [models.Index(fields=["case", "on"], name="stage_step_by_case")]


class OutingRule(models.Model):
    """How one national survey classes the outing question（外出状況）. For counting only: it decides nothing.

    Options are numbered from 1 as the survey prints them; ``excluded`` are reasons that take somebody out of the broad
    class; ``housework_needs_silence``: a homemaker counts only without any talk outside the family for six months.
    """

    code = models.TextField(primary_key=True)
    survey = models.TextField("調査")
    youngest = models.SmallIntegerField("対象年齢（下）")
    oldest = models.SmallIntegerField("対象年齢（上）")
    semi = models.JSONField("準ひきこもりの選択肢")
    narrow = models.JSONField("狭義のひきこもりの選択肢")
    months = models.SmallIntegerField("期間（か月以上）")
    excluded = models.JSONField("除く理由")
    housework_needs_silence = models.BooleanField("家事の扱い", default=False)
    source = models.TextField("出典")
    starts_on = models.DateField("調査の年月日")

    class Meta:
        ordering = ["starts_on"]

    @property
    def definition(self) -> rules.Definition:
        """The rule as a plain value."""
        return rules.Definition(
            ages=range(self.youngest, self.oldest + 1),
            semi=frozenset(self.semi),
            narrow=frozenset(self.narrow),
            months=self.months,
            excluded=frozenset(self.excluded),
            housework_needs_silence=self.housework_needs_silence,
        )
