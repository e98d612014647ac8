"""The noticeboard: each notice is the office's letter itself, as it was published last."""

from django.db import models


class DeskNotice(models.Model):
    """A consultation desk（相談窓口）. ``letter`` is an encoded ``DeskPublished``."""

    id = models.UUIDField(primary_key=True)
    position = models.IntegerField()
    letter = models.BinaryField()

    class Meta:
        ordering = ["position", "id"]


class ResourceNotice(models.Model):
    """A resource of the community（社会資源）. ``letter`` is an encoded ``ResourcePublished``."""

    id = models.UUIDField(primary_key=True)
    position = models.IntegerField()
    letter = models.BinaryField()

    class Meta:
        ordering = ["position", "id"]


class Expectation(models.Model):
    """What may be expected of a desk now. ``letter`` is an encoded ``ExpectationPublished``."""

    desk_id = models.UUIDField(primary_key=True)
    letter = models.BinaryField()


class OfficeKey(models.Model):
    """A public key of the office. Words are sealed to the one published last."""

    id = models.TextField(primary_key=True)
    public_key = models.BinaryField()
    published_at = models.DateTimeField()
