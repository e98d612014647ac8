"""Documents and their versions. The content lies sealed in the database: it is backed up and walled like the rest."""

from django.db import models

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Listed


class DocumentKind(Listed):
    """What a document is（書類の種類）."""


class Document(Row):
    """A document（書類）of a case.

    ``sealed_key`` is the document's own data key, sealed to the office's key ``key_id``; whoever empties it has
    erased every version for good (``actions.shred``). ``dated_on`` is the day that stands on the paper; ``member`` is
    whom of the household it is about, None the case as such.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    kind = models.ForeignKey(DocumentKind, on_delete=models.PROTECT, verbose_name="種類", related_name="+")
    title = models.TextField("題名")
    dated_on = models.DateField("書類の日付", null=True, blank=True)
    note = models.TextField("メモ", blank=True)
    member = models.UUIDField("だれについて", null=True, blank=True)
    sealed_key = models.BinaryField()
    key_id = models.TextField()
    added_at = models.DateTimeField(auto_now_add=True)
    shredded_at = models.DateTimeField("消去した日時", null=True, blank=True)

    class Meta:
        ordering = ["-added_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shredded_at__isnull=True) | models.Q(sealed_key=b""), name="shredded_has_no_key"
            )
        ]

    @property
    def name(self) -> str:
        """What a choice shows."""
        return f"{self.title}（{self.kind.name}）"


class DocumentVersion(Row):
    """A version of a document（版）, counted from 1; ``content`` and ``preview`` (JPEG) are locked by the data key."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    # Repeats the document's, so that the second wall stands around the contents, too.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.SmallIntegerField("版")
    name = models.TextField("ファイル名")
    media_type = models.TextField("形式")
    size = models.IntegerField("大きさ")
    pages = models.SmallIntegerField("ページ数", null=True, blank=True)
    cleaned = models.BooleanField("撮影情報を取り除いた", default=False)
    reason = models.TextField("新しい版の理由", blank=True)
    content = models.BinaryField()
    preview = models.BinaryField(blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_version_once")]
