import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db.models import Prefetch, QuerySet
from pytest_django import DjangoAssertNumQueries

from engawa.kernel import clock
from engawa.kernel.asked import asked_often, counted_often, in_few_sizes
from engawa.office.access.actors import Actor
from engawa.office.access.models import Membership, Organisation, Staff
from engawa.office.access.permissions import Permission

BUILT: list[str] = []


@asked_often
def _named(name: str, *, kind: Organisation.Kind | None = None) -> QuerySet[Organisation]:
    BUILT.append(name)
    named = Organisation.objects.filter(name=name)
    return named.filter(kind=kind) if kind else named


@asked_often
def _working(organisations: tuple[UUID, ...], day: dt.date, most: int) -> QuerySet[Membership]:
    working = Membership.objects.filter(organisation__in=organisations, starts_on__lte=day)
    return working.select_related("staff").prefetch_related("organisation").order_by("staff__email")[:most]


@counted_often
def _how_many(organisations: tuple[UUID, ...]) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation__in=organisations).order_by("starts_on")


@asked_often
def _colleagues(actor: Actor) -> QuerySet[Membership]:
    mine = actor.organisations_with(Permission.CASEWORK_CASE_VIEW)
    return Membership.objects.filter(organisation__in=mine).exclude(staff=actor.id)


@pytest.fixture
def cast(counsellor: Staff, stranger: Staff, administrator: Staff) -> list[Staff]:
    return [counsellor, stranger, administrator]


def test_a_shape_is_built_once_and_answers_for_every_value(ward: Organisation, other_ward: Organisation) -> None:
    BUILT.clear()
    assert [_named(one.name) for one in (ward, other_ward, ward)] == [[ward], [other_ward], [ward]]
    assert _named("どこにもない") == []
    assert len(BUILT) == 1
    assert _named("") == []
    assert len(BUILT) == 2


def test_another_word_of_an_enumeration_is_another_shape(ward: Organisation) -> None:
    kinds = [None, Organisation.Kind.WARD_CENTRE, Organisation.Kind.CITY, Organisation.Kind.WARD_CENTRE]
    assert [len(_named(ward.name, kind=kind)) for kind in kinds] == [1, 1, 0, 1]


def test_rows_bring_along_what_the_queryset_fetches(
    cast: list[Staff], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    places = tuple(Membership.objects.order_by("organisation").values_list("organisation", flat=True).distinct())
    rows = Membership.objects.filter(organisation__in=places).order_by("staff__email").select_related()
    expected = [(row.pk, row.staff.name, row.organisation.name) for row in rows]
    for most in (1, 2, 2):
        with django_assert_num_queries(2):
            found = [(row.pk, row.staff.name, row.organisation.name) for row in _working(places, clock.today(), most)]
        assert found == expected[:most]
    assert _working(places, dt.date(1990, 4, 1), 2) == []


def test_nothing_is_asked_where_nothing_can_answer(
    cast: list[Staff], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert _working((), clock.today(), 2) == []


def test_rows_can_be_counted(counsellor: Staff, desk_organisation: Organisation, ward: Organisation) -> None:
    there = Membership.objects.filter(organisation=desk_organisation).count()
    assert _how_many((desk_organisation.pk,)) == there > 0
    assert _how_many((ward.pk,)) == _how_many(()) == 0


def test_an_actor_is_taken_apart(
    counsellor: Staff, colleague: Staff, administrator: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    for staff in (counsellor, colleague):
        others = [row.staff_id for row in _colleagues(actor_of(staff))]
        assert others
        assert staff.pk not in others
    assert _colleagues(actor_of(administrator)) == []


@pytest.mark.parametrize(
    "build",
    [
        lambda _name: Membership.objects.filter(starts_on__lte=clock.today()),
        lambda _name: Staff.objects.filter(date_joined__lte=clock.now()),
        lambda _name: Staff.objects.filter(pk=UUID(int=1)),
        lambda name: Staff.objects.filter(name__icontains=name),
        lambda name: Staff.objects.filter(name__in=[f"相談員 {name}"]),
    ],
)
def test_what_would_stay_as_it_was_the_first_time_is_refused(
    build: Callable[[str], QuerySet[Membership]], db: None
) -> None:
    with pytest.raises(TypeError, match="make it an argument"):
        asked_often(build)("さくら")


def test_what_is_fetched_along_by_a_queryset_of_its_own_is_refused(db: None) -> None:
    mine = Prefetch("memberships", Membership.objects.filter(starts_on__lte=clock.today()))
    with pytest.raises(TypeError, match="fetched along"):
        asked_often(lambda: Staff.objects.prefetch_related(mine))()


def test_a_row_is_no_value(counsellor: Staff) -> None:
    with pytest.raises(TypeError, match="give its key"):
        asked_often(lambda staff: Membership.objects.filter(staff=staff))(counsellor)


@pytest.mark.parametrize(("given", "sizes"), [(0, 0), (1, 1), (2, 2), (3, 4), (5, 8), (8, 8), (9, 16)])
def test_ids_come_in_few_sizes_and_stay_the_same_ids(given: int, sizes: int) -> None:
    ids = {UUID(int=number) for number in range(given)}
    assert len(in_few_sizes(ids)) == sizes
    assert set(in_few_sizes(ids)) == ids
