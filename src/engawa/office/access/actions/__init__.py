"""The only writers of staff, roles, organisations, grants and drafts."""

from engawa.office.access.actions.drafts import (
    drop_draft,
    drop_post,
    drop_what_was_kept,
    keep_draft,
    keep_post,
    purge_drafts,
)
from engawa.office.access.actions.grants import break_glass, close_break_glass, grant, revoke
from engawa.office.access.actions.organisations import close_organisation, describe_organisation, found_organisation
from engawa.office.access.actions.staff import (
    Invitation,
    accept_invitation,
    deactivate,
    describe_self,
    end_role,
    equip,
    first_administrator,
    invite_staff,
    reactivate,
    renew_invitation,
    seal_factors,
    set_role,
)

__all__ = [
    "Invitation",
    "accept_invitation",
    "break_glass",
    "close_break_glass",
    "close_organisation",
    "deactivate",
    "describe_organisation",
    "describe_self",
    "drop_draft",
    "drop_post",
    "drop_what_was_kept",
    "end_role",
    "equip",
    "first_administrator",
    "found_organisation",
    "grant",
    "invite_staff",
    "keep_draft",
    "keep_post",
    "purge_drafts",
    "reactivate",
    "renew_invitation",
    "revoke",
    "seal_factors",
    "set_role",
]
