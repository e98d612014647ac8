"""The maps in sentences: the text alternative that says the same as the drawing."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from engawa.kernel.age import words_of
from engawa.kernel.words import translated
from engawa.office.casework.households.models import Relation
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.maps.queries import Known
from engawa.office.casework.people.models import Person


def called(one: Known) -> str:
    """What a member is called on the maps: their name, else 母 or 兄, else 本人."""
    return one.name or translated(one.member.called) or (_("本人") if one.own else _("名のわからない人"))


def kinship(one: Known) -> str:
    """What a member is beside their name."""
    word = _("本人") if one.own else translated(one.member.called)
    return "" if word == called(one) else word


def age_of(one: Known, day: dt.date) -> str:
    """The age inside the symbol: years, a band, or nothing."""
    years = one.life.years_on(day)
    return str(years) if years is not None else translated(words_of(one.life.band))


def sentence_of(one: Known, day: dt.date) -> str:
    """A member in one sentence."""
    years = one.life.years_on(day)
    age = _("%(years)s歳") % {"years": years} if years is not None else translated(words_of(one.life.band))
    sex = str(Person.Sex(one.sex).label) if one.sex != Person.Sex.UNKNOWN else ""
    parts = [kinship(one), sex, age, one.member.occupation, _where(one)]
    return _("%(who)s：%(what)s。") % {"who": called(one), "what": "、".join(filter(None, parts))}


def _where(one: Known) -> str:
    member = one.member
    if member.deceased:
        year = member.died_on.year if member.died_on else None
        return _("%(year)s年に亡くなった") % {"year": year} if year else _("亡くなっている")
    place = _("同居") if member.lives_here else _("別居")
    return f"{place}（{member.whereabouts}）" if member.whereabouts else place


def sentence_of_relation(relation: Relation, names: dict[str, str]) -> str:
    """A relation in one sentence."""
    one, other = names[str(relation.one_id)], names[str(relation.other_id)]
    kinds = Relation.Kind
    if relation.kind in (kinds.MARRIED, kinds.COMMON_LAW, kinds.PARTNER):
        return _("%(one)sと%(other)sは%(kind)s%(years)s。%(ending)s") % {
            "one": one,
            "other": other,
            "kind": relation.get_kind_display(),
            "years": _years(relation),
            "ending": _("いまは%(what)s。") % {"what": relation.get_ending_display()} if relation.ending else "",
        }
    if relation.kind == kinds.RELATIVE:
        words = relation.words or _("親族")
        return _("%(other)sは%(one)sの%(words)s。") % {"one": one, "other": other, "words": words}
    return _("%(other)sは%(one)sの子（%(kind)s）。") % {
        "one": one,
        "other": other,
        "kind": {"parent": _("実子"), "adoptive": _("養子"), "foster": _("里子"), "step": _("継子")}[relation.kind],
    }


def years_of(since: int | None, until: int | None) -> str:
    """A period of years as short as the drawing needs it."""
    return f"{since or ''}–{until or ''}" if since or until else ""


def _years(relation: Relation) -> str:
    years = years_of(relation.since_year, relation.until_year)
    return f"（{years}）" if years else ""


def siblings(groups: Iterable[Sequence[str]], names: dict[str, str]) -> list[str]:
    """Siblings by birth, as they stand from left to right."""
    return [
        _("きょうだいは、年の順に%(who)s。") % {"who": "、".join(names[key] for key in group)}
        for group in groups
        if len(group) > 1
    ]


def together(members: Sequence[Known]) -> str:
    """Who lives together, as the dashed line says."""
    here = [called(one) for one in members if one.member.lives_here]
    if not here:
        return ""
    if len(here) == 1:
        return _("%(who)sはひとりで暮らしている。") % {"who": here[0]}
    return _("いっしょに暮らしているのは%(who)s。") % {"who": "、".join(here)}


def sentence_of_agency(agency: Agency) -> str:
    """An agency's part in the team in one sentence."""
    parts = [str(agency.get_role_display())]
    if agency.contact_person:
        parts.append(_("担当は%(who)s") % {"who": agency.contact_person})
    return _("%(who)s：%(what)s。") % {"who": agency.called, "what": "、".join(parts)}


def sentence_of_tie(tie: Tie, whose: str) -> str:
    """A tie in one sentence."""
    flow = {
        Tie.Flow.BOTH: _("互いに力が行き来している"),
        Tie.Flow.IN: _("力は相手から"),
        Tie.Flow.OUT: _("力はこちらから"),
        Tie.Flow.NONE: "",
    }[Tie.Flow(tie.flow)]
    strength = {
        Tie.Strength.STRONG: _("強い"),
        Tie.Strength.PLAIN: _("ふつう"),
        Tie.Strength.WEAK: _("弱い"),
        Tie.Strength.STRAINED: _("ぎくしゃくしている"),
        Tie.Strength.CUT: _("切れている"),
    }[Tie.Strength(tie.strength)]
    said = "、".join(filter(None, [strength, flow]))
    return _("%(whose)sと%(what)sのつながりは%(said)s。") % {"whose": whose, "what": tie.called, "said": said}
