"""Question sets in versions, responses and answers. No answer is an answer of its own kind."""

from django.db import models

from engawa.kernel.rows import Row


class Questionnaire(Row):
    """A set of questions（調査）; a changed set is a new version."""

    name = models.TextField("調査")
    version = models.SmallIntegerField("版", default=1)
    position = models.SmallIntegerField("並び順", default=0)
    import_id = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["position", "name", "version"]
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="questionnaire_version")]

    def __str__(self) -> str:
        return self.name if self.version == 1 else f"{self.name}（第{self.version}版）"


class QuestionSet(models.QuerySet["Question"]):
    """Questions as a report needs them."""

    def in_print_order(self) -> "QuestionSet":
        """Questionnaire by questionnaire, each in its own order."""
        return self.select_related("questionnaire").order_by(
            "questionnaire__position", "questionnaire__name", "questionnaire__version", "position"
        )


class Question(Row):
    """One question; ``options`` in the order to print."""

    class Form(models.TextChoices):
        SINGLE = "single", "単一"
        MULTIPLE = "multiple", "複数"

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    position = models.SmallIntegerField()
    text = models.TextField("設問")
    form = models.TextField("形式", choices=Form.choices)
    options = models.JSONField("選択肢", default=list)
    notes = models.JSONField("台帳の他の列", default=dict, blank=True)
    import_id = models.UUIDField(null=True, editable=False)

    objects = QuestionSet.as_manager()

    class Meta:
        ordering = ["questionnaire", "position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "position"], name="question_position"),
            models.UniqueConstraint(fields=["questionnaire", "text"], name="question_text"),
        ]


class Response(Row):
    """One filled-in questionnaire, without a name. ``number`` as the office numbered it."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="responses")
    number = models.TextField("回答番号")
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
