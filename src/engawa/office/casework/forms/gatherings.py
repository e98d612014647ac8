"""Family courses and meetings, who takes part, and who came."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.office.access.actors import Actor
from engawa.office.access.models import Organisation
from engawa.office.casework.access import cases_worked_on
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.fields import Day, Named, Seen, Written, offer
from engawa.office.casework.gatherings.models import Attendee, Gathering, Sitting
from engawa.office.casework.gatherings.queries import Family, present_at, version_of
from engawa.office.casework.timeline.queries import members_called


class GatheringForm(forms.Form):
    """What a gathering is."""

    kind = forms.ChoiceField(label=_("種類"), choices=Gathering.Kind.choices, widget=forms.RadioSelect)
    name = Written(label=_("名称"), required=True, help_text=_("春の家族教室、月曜の家族会など"))
    place = Written(label=_("場所"), help_text=_("オンラインのときは、そのことを"))
    leader = Written(label=_("すすめる人"), help_text=_("職員、講師、家族会の方など"))
    about = Written(label=_("どんな集まりか"), rows=3)
    seen = Seen()


class NewGatheringForm(GatheringForm):
    """A new gathering: ``key`` makes a second submission harmless."""

    organisation = Named(label=_("開く機関"), queryset=Organisation.objects.none(), empty_label=None)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ("organisation", "kind", "name")

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organisation", organisations)


class DescribeGatheringForm(GatheringForm):
    """A gathering that may be over by now."""

    ended_on = Day(label=_("おわった日"), required=False, initial=None, help_text=_("つづいているあいだは空欄"))


def facts_of_gathering(gathering: Gathering) -> dict[str, Any]:
    """What ``DescribeGatheringForm`` shows at first."""
    names = ("kind", "name", "place", "leader", "about", "ended_on")
    return {name: getattr(gathering, name) for name in names} | {"seen": version_of(gathering)}


class TakePartForm(forms.Form):
    """A family that takes part; a case is not needed."""

    number = Written(label=_("ケースの番号"), help_text=_("例：E-2026-00042。ケースのない家族は空欄"))
    who = Written(label=_("だれが来るか"), help_text=_("そのケースの家族図にある呼び名。母、兄など"))
    called = Written(label=_("呼び名"), help_text=_("名のらない家族は、本人が呼ばれたい名や「青い帽子の母」など"))
    since = Day(label=_("いつから"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        """The case and the member meant, where they are."""
        data = super().clean() or {}
        number, word = data.get("number", "").strip(), data.get("who", "")
        case = cases_worked_on(self.actor).filter(number=number).first() if number else None
        if number and case is None:
            raise ValidationError({"number": gettext("この番号のケースは見つかりません。番号を確かめてください")})
        known = {name: pk for pk, name in members_called(case).items()} if case else {}
        if word and word not in known:
            self.add_error("who", _unknown(word, list(known)))
        return data | {"case": case, "member": known.get(word)}

    def facts(self) -> dict[str, Any]:
        """What ``take_part`` takes."""
        case: Case | None = self.cleaned_data["case"]
        names = ("member", "called", "since")
        return {"case": case} | {name: self.cleaned_data[name] for name in names}


def _unknown(word: str, known: list[str]) -> str:
    """Nobody of the household is called so: who there is."""
    said = {"called": word, "names": gettext("、").join(known)}
    words = gettext("その世帯に「%(called)s」は見つかりません。家族図に加えるか、「呼び名」の欄に書いてください")
    if known:
        words = gettext("その世帯に「%(called)s」は見つかりません。家族図にいるのは、%(names)sです")
    return words % said


class SittingForm(forms.Form):
    """A day of a gathering, and who came."""

    on = Day(label=_("開いた日"))
    minutes = forms.IntegerField(label=_("所要時間（分）"), required=False, min_value=0)
    theme = Written(label=_("テーマ"))
    nameless = forms.IntegerField(
        label=_("ほかに、名のらずに来た人の数"), required=False, min_value=0, max_value=999, initial=0
    )
    seen = Seen()
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, families: list[Family], **options: Any) -> None:
        super().__init__(*args, **options)
        self.families: dict[str, Attendee] = {family.key: family.attendee for family in families}
        self.fields["present"] = forms.MultipleChoiceField(
            label=_("来た家族"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(family.key, family.name) for family in families],
        )
        self.order_fields(["on", "present", "nameless", "theme", "minutes"])

    def facts(self) -> dict[str, Any]:
        """What ``hold_sitting`` takes."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key" or value}
        present = [self.families[key] for key in self.cleaned_data["present"]]
        return said | {"present": present, "nameless": self.cleaned_data["nameless"] or 0}


def facts_of_sitting(sitting: Sitting) -> dict[str, Any]:
    """What ``SittingForm`` shows at first."""
    names = ("on", "minutes", "theme", "nameless")
    present = [str(pk) for pk in present_at(sitting)]
    return {name: getattr(sitting, name) for name in names} | {"present": present, "seen": version_of(sitting)}
