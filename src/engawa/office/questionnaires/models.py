"""Question sets in versions, responses and answers. No answer is an answer of its own kind."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff
from engawa.office.questionnaires import rules


class QuestionnaireSet(models.QuerySet["Questionnaire"]):
    """Question sets as lists need them."""

    def newest_released(self) -> "QuestionnaireSet":
        """Of each assessment the version that is in use: the newest that was released."""
        released = self.filter(kind=Questionnaire.Kind.ASSESSMENT, released_at__isnull=False)
        later = released.filter(name=models.OuterRef("name"), version__gt=models.OuterRef("version"))
        return released.exclude(models.Exists(later)).order_by("position", "name")


class Questionnaire(Row):
    """A set of questions（調査、アセスメント）; a changed set is a new version.

    A version of an assessment is a draft until it is released; from then on PostgreSQL refuses every change of it and
    of its questions. ``checked_on`` is empty as long as nobody has compared the set with its original: such a set is
    shown and printed as 再現版・未確認.
    """

    class Kind(models.TextChoices):
        SURVEY = "survey", _("調査")
        ASSESSMENT = "assessment", _("アセスメント")

    kind = models.TextField("種類", choices=Kind.choices, default=Kind.SURVEY)
    name = models.TextField("調査")
    version = models.SmallIntegerField("版", default=1)
    position = models.SmallIntegerField("並び順", default=0)
    source = models.TextField("出典", blank=True)
    checked_on = models.DateField("原本と照らした日", null=True, blank=True)
    checked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    checked_against = models.TextField("照らした原本", blank=True)
    released_at = models.DateTimeField("公開した日時", null=True, editable=False)
    released_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    import_id = models.UUIDField(null=True, editable=False)

    objects = QuestionnaireSet.as_manager()

    class Meta:
        ordering = ["position", "name", "version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "version"], name="questionnaire_version"),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(kind="assessment", released_at__isnull=True),
                name="questionnaire_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return (
            self.name
            if self.version == 1
            else gettext("%(name)s（第%(version)s版）") % {"name": self.name, "version": self.version}
        )

    @property
    def reconstructed(self) -> bool:
        """Whether it was rebuilt from an original that nobody here has compared it with（再現版・未確認）."""
        return bool(self.source) and self.checked_on is None

    @property
    def unchecked(self) -> str:
        """The source of a set that is still 再現版・未確認, or nothing."""
        return self.source if self.reconstructed else ""


class QuestionSet(models.QuerySet["Question"]):
    """Questions as a report needs them."""

    def of_surveys(self) -> "QuestionSet":
        """Those of surveys, which are counted; what is asked about a person is not."""
        return self.filter(questionnaire__kind=Questionnaire.Kind.SURVEY)

    def in_print_order(self) -> "QuestionSet":
        """Questionnaire by questionnaire, each in its own order."""
        return self.select_related("questionnaire").order_by(
            "questionnaire__position", "questionnaire__name", "questionnaire__version", "position"
        )


class Question(Row):
    """One question; ``options`` in the order to print.

    ``key`` names the same question in every version of its set. ``condition`` is empty or says after which answers
    the question is asked: ``{"key": …, "any": […]}``. ``primary`` lets one of several options be the most pressing.
    ``professional`` questions are read and answered by staff with the qualification for it alone.
    """

    class Form(models.TextChoices):
        SINGLE = "single", _("単一")
        MULTIPLE = "multiple", _("複数")
        NUMBER = "number", _("数")
        DATE = "date", _("日付")
        TEXT = "text", _("自由記述")
        SCALE = "scale", _("尺度")

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    position = models.SmallIntegerField()
    key = models.TextField("符号", blank=True)
    section = models.TextField("区分", blank=True)
    text = models.TextField("設問")
    help = models.TextField("説明", blank=True)
    form = models.TextField("形式", choices=Form.choices)
    options = models.JSONField("選択肢", default=list)
    unit = models.TextField("単位", blank=True)
    required = models.BooleanField("必ず確かめる", default=False)
    primary = models.BooleanField("最も困っていることを選べる", default=False)
    condition = models.JSONField("条件", default=dict, blank=True)
    professional = models.BooleanField("専門職だけ", default=False)
    notes = models.JSONField("台帳の他の列", default=dict, blank=True)
    import_id = models.UUIDField(null=True, editable=False)

    objects = QuestionSet.as_manager()

    class Meta:
        ordering = ["questionnaire", "position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "position"], name="question_position"),
            models.UniqueConstraint(fields=["questionnaire", "text"], name="question_text"),
            models.UniqueConstraint(fields=["questionnaire", "key"], condition=~Q(key=""), name="question_key"),
        ]

    @property
    def asked(self) -> rules.Asked:
        """The question as the rules see it."""
        condition = self.condition and rules.Condition(self.condition["key"], tuple(self.condition["any"]))
        return rules.Asked(
            key=self.key,
            text=self.text,
            form=self.form,
            options=tuple(self.options),
            unit=self.unit,
            required=self.required,
            primary=self.primary,
            condition=condition or None,
        )


class Response(Row):
    """One filled-in questionnaire, without a name. ``number`` as the office numbered it; many know no day."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="responses")
    number = models.TextField("回答番号")
    answered_on = models.DateField("回答日", null=True, blank=True)
    import_id = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="response_number")]


class Answer(Row):
    """The options chosen for one question; an empty list is 無回答."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    chosen = models.JSONField("回答", default=list)
    notes = models.JSONField("台帳の他の列", default=dict, blank=True)
    import_id = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="answer_once")]


class GivenAnswer(Row):
    """An answer about a person, wherever it is kept: with its kind, a remark, and who says so（出どころ）."""

    class Kind(models.TextChoices):
        GIVEN = rules.GIVEN, _("答え")
        UNKNOWN = rules.UNKNOWN, _("不明")
        REFUSED = rules.REFUSED, _("答えたくない")

    class Source(models.TextChoices):
        SELF = "self", _("本人")
        FAMILY = "family", _("家族・親族")
        AGENCY = "agency", _("関係機関")
        JUDGEMENT = "judgement", _("見立て")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField("答えの種類", choices=Kind.choices, default=Kind.GIVEN)
    chosen = models.JSONField("回答", default=list)
    primary = models.TextField("最も困っていること", blank=True)
    note = models.TextField("補足", blank=True)
    source = models.TextField("出どころ", choices=Source.choices, blank=True)

    class Meta:
        abstract = True

    @property
    def said(self) -> rules.Said:
        """The answer as the rules see it."""
        return rules.Said(self.kind, tuple(self.chosen), self.primary, self.note, self.source)

    def say(self, said: rules.Said) -> None:
        """Take over what was said; saving is the caller's."""
        self.kind, self.chosen, self.primary = said.kind, list(said.chosen), said.primary
        self.note, self.source = said.note, said.source

    @property
    def printed(self) -> str:
        """The answer in one line."""
        return rules.printed(self.question.asked, self.said)


class NationalFormSet(models.QuerySet["NationalForm"]):
    """Forms as pages and papers need them."""

    def standing(self) -> "NationalFormSet":
        """With what the newest comparison of the present edition came to: ``found_on``, ``found_against``, ``fits``."""
        newest = FormCheck.objects.filter(form=models.OuterRef("pk"), edition=models.OuterRef("edition"))
        found = {"fits": "fits", "found_on": "on", "found_against": "against"}
        return self.annotate(**{name: models.Subquery(newest.values(field)[:1]) for name, field in found.items()})


class NationalForm(models.Model):
    """A national form that the house fills in from its records（経過、プラン、評価 など）, not from a question set.

    ``edition`` counts the shapes that the house has given it: a new shape is to be compared with the original anew.
    """

    code = models.TextField(primary_key=True)
    number = models.SmallIntegerField("様式の番号")
    name = models.TextField("帳票")
    source = models.TextField("出典")
    edition = models.SmallIntegerField("帳票の版", default=1)

    fits: bool | None
    found_on: dt.date | None
    found_against: str | None

    objects = NationalFormSet.as_manager()

    class Meta:
        ordering = ["number"]

    @property
    def reconstructed(self) -> bool:
        """Whether nobody has found it to be like its original so far（再現版・未確認）; of rows of ``standing``."""
        return not self.fits


class FormCheck(Row):
    """A comparison of a form with its original: who, when, with which edition of the original, and what came of it."""

    form = models.ForeignKey(NationalForm, on_delete=models.PROTECT, related_name="checks")
    edition = models.SmallIntegerField("帳票の版")
    on = models.DateField("照らした日")
    against = models.TextField("照らした原本")
    fits = models.BooleanField("原本と合っていた")
    note = models.TextField("ちがっていたところ", blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
