"""Members of a household, their relations, needs and events of life."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.age import Age
from engawa.kernel.words import translated
from engawa.office.access.actors import Actor
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import visible_cases
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.fields import AgeField, Day, Named, Seen, Written, offer
from engawa.office.casework.households.models import (
    Household,
    LifeEvent,
    LifeEventKind,
    Member,
    Need,
    NeedKind,
    Relation,
    Secret,
)
from engawa.office.casework.maps.queries import Known, in_force, version_of
from engawa.office.casework.maps.rules.kin import AS
from engawa.office.casework.maps.sentences import called
from engawa.office.casework.people.models import Person


class Whom(forms.ChoiceField):
    """A member of the household, by what they are called; ``none`` is the word for nobody in particular."""

    def __init__(self, *, none: Any = "", **options: Any) -> None:
        super().__init__(**options)
        self.none = none
        self.members: dict[str, Member] = {}

    def offer(self, members: Sequence[Known]) -> None:
        """Let the field choose among these members."""
        self.members = {one.key: one.member for one in members}
        nobody = [("", self.none)] if self.none else []
        self.choices = [*nobody, *((one.key, called(one)) for one in members)]

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, Member) else value

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        return self.members.get(key)


def offer_members(form: forms.Form, members: Sequence[Known]) -> None:
    """Let every field of the form that asks for a member choose among these."""
    for field in form.fields.values():
        if isinstance(field, Whom):
            field.offer(members)


def keep_whom(form: forms.Form) -> None:
    """Ask nothing about whom it is, where that is somebody who cannot be offered: then it stays as it is."""
    member, whom = form.initial.get("member"), form.fields["member"]
    if member and isinstance(whom, Whom) and str(member) not in whom.members:
        del form.fields["member"]


class MemberForm(forms.Form):
    """A member as far as they are known. 母 or 兄 is enough."""

    called = Written(label=_("続柄・呼び名"), help_text=_("母、兄、母方のおばなど。名前がわからなくてもかまいません"))
    name = Written(label=_("氏名"))
    reading = Written(label=_("よみ"))
    sex = forms.ChoiceField(label=_("性別"), choices=Person.Sex.choices, required=False)
    birth_date = Day(label=_("生年月日"), required=False, initial=None)
    age = AgeField(label=_("年齢"), required=False, help_text=_("78、70代、不明など"))
    birth_order = forms.IntegerField(
        label=_("きょうだいの順"), required=False, min_value=1, max_value=30, help_text=_("生年月日がわからないとき")
    )
    lives_here = forms.BooleanField(label=_("同居している"), required=False, initial=True)
    whereabouts = Written(
        label=_("いまいるところ"),
        help_text=_("入院先、施設、別居先など。人に知られてはならない居場所は、ここではなく「秘匿を書く」から"),
    )
    occupation = Written(label=_("しごと・学校"))
    deceased = forms.BooleanField(label=_("亡くなっている"), required=False)
    died_on = Day(label=_("亡くなった日"), required=False, initial=None)
    note = Written(label=_("メモ"), rows=3)
    seen = Seen()

    def facts(self) -> dict[str, Any]:
        """What ``correct_member`` takes."""
        facts = dict(self.cleaned_data)
        age: Age = facts.pop("age")
        facts["sex"] = facts["sex"] or Person.Sex.UNKNOWN
        return facts | {"age_years": age.years, "age_band": "" if age.band is None else str(age)}


class NewMemberForm(MemberForm):
    """A new member: what they are to whom comes first. ``key`` makes a second submission harmless."""

    as_ = forms.ChoiceField(
        label=_("だれですか"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*((key, translated(one.label)) for key, one in AS.items()), ("", _("ほかの人・まだわからない"))],
    )
    of = Whom(label=_("だれから見て"), none="", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ("as_", "of", "called", "name", "reading", "sex")


def facts_of_member(member: Member) -> dict[str, Any]:
    """What ``MemberForm`` shows at first."""
    names = ("called", "name", "reading", "sex", "birth_date", "birth_order", "lives_here", "whereabouts")
    more = ("occupation", "deceased", "died_on", "note")
    age = str(member.age_years) if member.age_years is not None else member.age_band
    shown = {name: getattr(member, name) for name in (*names, *more)}
    return shown | {"age": age, "seen": version_of(member)}


class CorrectSecretForm(forms.Form):
    """What must not be known of a member except where it was written."""

    words = Written(label=_("秘匿する名・居場所"))
    note = Written(label=_("メモ"), rows=2, help_text=_("連絡のとり方、気をつけることなど"))
    seen = Seen()

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class SecretForm(CorrectSecretForm):
    """Something secret of a member; what stands openly can become it."""

    member = Whom(label=_("だれの"))
    kind = forms.ChoiceField(label=_("種類"), choices=Secret.Kind.choices, widget=forms.RadioSelect)
    clear = forms.BooleanField(
        label=_("家族の欄に書いてある同じ種類のことは消す"),
        required=False,
        help_text=_("前の記録からも消えます。上の欄が空なら、書いてあったことがそのまま秘匿になります"),
    )
    field_order = ("member", "kind", "words", "clear", "note")


def facts_of_secret(secret: Secret) -> dict[str, Any]:
    """What ``CorrectSecretForm`` shows at first."""
    return {"words": secret.words, "note": secret.note, "seen": version_of(secret)}


class HouseholdForm(forms.Form):
    """What the household is called, and how it goes there."""

    name = Written(label=_("世帯の呼び名"))
    note = Written(label=_("世帯のようす"), rows=5, help_text=_("住まい、暮らし、家族の間のこと"))
    seen = Seen()


def facts_of_household(household: Household | None) -> dict[str, Any]:
    """What ``HouseholdForm`` shows at first. One that nobody has written about yet begins with version 0."""
    if household is None:
        return {"seen": "0"}
    return {"name": household.name, "note": household.note, "seen": version_of(household)}


class CorrectRelationForm(forms.Form):
    """How two members are related. Years are for couples."""

    kind = forms.ChoiceField(label=_("関係"), choices=Relation.Kind.choices)
    ending = forms.ChoiceField(
        label=_("夫婦・交際のいま"), required=False, choices=[("", _("つづいている")), *Relation.Ending.choices]
    )
    since_year = forms.IntegerField(label=_("はじまりの年"), required=False, help_text=_("西暦"))
    until_year = forms.IntegerField(label=_("おわりの年"), required=False, help_text=_("西暦"))
    words = Written(label=_("どんな親族か"), help_text=_("「その他の親族」のとき。例：叔母"))
    seen = Seen()

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class RelationForm(CorrectRelationForm):
    """A relation of two members. Of parent and child, the first is the parent."""

    one = Whom(label=_("この人は（親子なら親）"))
    other = Whom(label=_("この人の（親子なら子）"))
    field_order = ("one", "other", "kind")


def facts_of_relation(relation: Relation) -> dict[str, Any]:
    """What ``CorrectRelationForm`` shows at first."""
    names = ("kind", "ending", "since_year", "until_year", "words")
    return {name: getattr(relation, name) for name in names} | {"seen": version_of(relation)}


class NeedForm(forms.Form):
    """What troubles somebody, or all of them."""

    member = Whom(label=_("だれの"), none=_("世帯全体"), required=False)
    kind = Named(label=_("課題"), queryset=NeedKind.objects.none(), required=False, empty_label=_("ことばだけで"))
    words = Written(label=_("本人・家族のことば"), rows=3)
    noted_on = Day(label=_("気づいた日"))
    settled_on = Day(label=_("落ち着いた日"), required=False, initial=None)
    seen = Seen()
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", in_force(NeedKind, clock.today()))


def facts_of_need(need: Need) -> dict[str, Any]:
    """What ``NeedForm`` shows at first."""
    names = ("member", "kind", "words", "noted_on", "settled_on")
    return {name: getattr(need, name) for name in names} | {"seen": version_of(need)}


class EventForm(forms.Form):
    """What happened in the household."""

    kind = Named(label=_("出来事"), queryset=LifeEventKind.objects.none())
    member = Whom(label=_("だれに"), none=_("世帯全体"), required=False)
    on = Day(label=_("日付"))
    about = forms.BooleanField(label=_("日付はおおよそ"), required=False)
    words = Written(label=_("ようす"), rows=4)
    seen = Seen()
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", in_force(LifeEventKind, clock.today()))


def facts_of_event(event: LifeEvent) -> dict[str, Any]:
    """What ``EventForm`` shows at first."""
    names = ("kind", "member", "on", "about", "words")
    return {name: getattr(event, name) for name in names} | {"seen": version_of(event)}


class PartForm(forms.Form):
    """Why two households are parted again."""

    reason = Written(label=_("分ける理由"), required=True, rows=3)


class JoinForm(forms.Form):
    """Another case whose household this one shares, by its number."""

    number = Written(label=_("同じ世帯のケースの番号"), required=True, help_text=_("例：E-2026-00042"))
    called = Written(
        label=_("その世帯での本人の呼び名"),
        help_text=_("むこうの家族図に本人がもう描かれているときは、その呼び名（例：弟）。いなければ空欄"),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def clean_number(self) -> Case:
        """A case that an organisation of the actor holds; others look the same as none."""
        ours = self.actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
        found = visible_cases(self.actor).filter(number=self.cleaned_data["number"].strip(), organisation__in=ours)
        case = found.first()
        if case is None:
            raise ValidationError(gettext("この番号のケースは見つかりません。番号を確かめてください"))
        return case

    def clean(self) -> dict[str, Any]:
        """The member meant, where one is."""
        data = super().clean() or {}
        case, word = data.get("number"), data.get("called", "")
        member = Member.objects.filter(household=case.household_id, called=word).first() if case and word else None
        if case and word and member is None:
            self.add_error("called", gettext("その世帯に「%(called)s」は見つかりません") % {"called": word})
        return data | {"member": member}

    def facts(self) -> dict[str, Any]:
        """What ``join_household`` takes."""
        return {"other": self.cleaned_data["number"], "member": self.cleaned_data["member"]}
