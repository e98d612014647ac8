"""Half-written forms: kept for their writer alone, given back, and forgotten."""

import datetime as dt
from uuid import UUID

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, Actor
from engawa.office.access.models import Draft, KeptPost
from engawa.office.access.walls import acting_as

KEPT_DAYS = 30
LONGEST_PATH = 500


def keep_draft(*, by: Actor, path: str, fields: dict[str, list[str]]) -> None:
    """Keep what ``by`` has typed into the form at ``path``; it replaces what was kept before, and nothing drops it."""
    if not fields:
        drop_draft(by=by, path=path)
        return
    with acting_as(by):
        Draft.objects.update_or_create(staff_id=by.id, path=path[:LONGEST_PATH], defaults={"fields": fields})


def drop_draft(*, by: Actor, path: str) -> None:
    """Forget what was kept for the page: it was saved, or is not wanted any more."""
    with acting_as(by):
        Draft.objects.filter(staff_id=by.id, path=path[:LONGEST_PATH]).delete()


def keep_post(*, by: Actor, path: str, fields: dict[str, list[str]]) -> KeptPost:
    """Keep what ``by`` sent to ``path`` after they had been signed off."""
    with acting_as(by):
        return KeptPost.objects.create(staff_id=by.id, path=path, fields=fields)


def drop_post(*, by: Actor, kept: KeptPost) -> None:
    """Forget a kept post: it was sent again, or is not wanted any more."""
    with acting_as(by):
        KeptPost.objects.filter(pk=kept.pk, staff_id=by.id).delete()


def drop_what_was_kept(*, by: Actor, post: str, draft: str) -> None:
    """A form was saved: forget the kept post and the draft it came from, where it names them."""
    if draft:
        drop_draft(by=by, path=draft)
    if post:
        with acting_as(by):
            KeptPost.objects.filter(pk__in=_uuid(post), staff_id=by.id).delete()


def _uuid(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


def purge_drafts() -> int:
    """Forget drafts and posts that nobody came back to; how many there were."""
    before = clock.now() - dt.timedelta(days=KEPT_DAYS)
    with acting_as(KEEPER):
        drafts, _ = Draft.objects.filter(saved_at__lt=before).delete()
        posts, _ = KeptPost.objects.filter(kept_at__lt=before).delete()
    return drafts + posts
