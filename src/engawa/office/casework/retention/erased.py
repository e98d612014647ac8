"""Everything of casework, and of the floors below it, that goes with a case, and how it is found."""

from uuid import UUID

from engawa.office.access.actors import KEEPER
from engawa.office.access.privacy import GRANT
from engawa.office.casework.assessments import privacy as assessments
from engawa.office.casework.cases import privacy as cases
from engawa.office.casework.cases.erasures import HOUSEHOLD, PERSON, Erasure
from engawa.office.casework.consents import privacy as consents
from engawa.office.casework.documents import privacy as documents
from engawa.office.casework.documents.actions import shred
from engawa.office.casework.documents.models import Document
from engawa.office.casework.gatherings import privacy as gatherings
from engawa.office.casework.households import privacy as households
from engawa.office.casework.identity import privacy as identity
from engawa.office.casework.intake import privacy as intake
from engawa.office.casework.load import privacy as load
from engawa.office.casework.maps import privacy as maps
from engawa.office.casework.people import privacy as people
from engawa.office.casework.plans import privacy as plans
from engawa.office.casework.referrals import privacy as referrals
from engawa.office.casework.retention import privacy as retention
from engawa.office.casework.timeline import privacy as timeline
from engawa.office.talks import privacy as talks

_WITH_THE_CASE = (
    *(cases.STATE, cases.HANDOVER, cases.SEARCH, timeline.CONTACT, identity.STEP, identity.INQUIRY, identity.RECEIVED),
    *(
        assessments.ASSESSMENT,
        assessments.ANSWER,
        assessments.STAGE_STEP,
        maps.AGENCY,
        maps.TIE,
        maps.JOINING,
        referrals.REFERRAL,
        gatherings.ATTENDEE,
    ),
    *(load.INTENSITY, load.REVIEW, load.PASSING, retention.HOLD, retention.DISCLOSURE, plans.PLAN, plans.STAYING),
)
ERASED = (
    Erasure(cases.CASE, "id"),
    *(Erasure(keeping, "case") for keeping in _WITH_THE_CASE),
    Erasure(identity.REPLY, "inquiry__case"),
    Erasure(gatherings.ATTENDANCE, "attendee__case"),
    Erasure(intake.BROUGHT, "case", drop=True),
    *(Erasure(keeping, "plan__case") for keeping in (plans.GOAL, plans.USE, plans.REVIEW, plans.EVALUATION)),
    Erasure(plans.STEP, "goal__plan__case"),
    Erasure(plans.OUTCOME, "evaluation__plan__case"),
    Erasure(plans.QUIET, "staying__case"),
    Erasure(GRANT, "case_id"),
    Erasure(people.PERSON, "id", of=PERSON),
    *(
        Erasure(keeping, "person", of=PERSON, drop=True)
        for keeping in (people.OTHER_NAME, people.OTHER_ADDRESS, people.OTHER_REACH, people.MARK)
    ),
    Erasure(identity.MERGE, "kept", of=PERSON),
    Erasure(households.HOUSEHOLD, "id", of=HOUSEHOLD),
    *(
        Erasure(keeping, "household", of=HOUSEHOLD)
        for keeping in (households.MEMBER, households.RELATION, households.NEED, households.LIFE_EVENT)
    ),
    Erasure(households.SECRET, "household", of=HOUSEHOLD, drop=True),
    *(Erasure(keeping, "case", record_class="consent") for keeping in (consents.CONSENT, consents.REQUEST)),
    Erasure(consents.PARTY, "consent__case", record_class="consent"),
    *(Erasure(keeping, "case", record_class="document") for keeping in (documents.DOCUMENT, documents.VERSION)),
    Erasure(talks.TALK, "case_id", record_class="talk"),
    Erasure(talks.MESSAGE, "talk__case_id", record_class="talk"),
    Erasure(talks.DRAFT, "talk__case_id", record_class="talk", drop=True),
)


def shred_documents(case_id: UUID) -> int:
    """Destroy the keys of the case's documents: every version becomes unreadable, also in copies of the database."""
    documents_left = list(Document.objects.filter(case=case_id, shredded_at=None))
    for document in documents_left:
        shred(by=KEEPER, document=document)
    return len(documents_left)
