"""The one mail that access sends: an invitation, where the house can send mail."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from engawa.office.access.models import Staff

log = logging.getLogger(__name__)


def send_invitation(staff: Staff, link: str) -> bool:
    """Send the one-time way in; False where the house has no mail, or it did not go: then show the link instead."""
    if not settings.MAIL:
        return False
    words = render_to_string("access/invitation.txt", {"staff": staff, "link": link})
    try:
        send_mail(_("えんがわへの招待"), words, None, [staff.email])
    except (SMTPException, OSError):
        log.exception("an invitation could not be sent by mail")
        return False
    return True
