"""The family map and the support map on paper, with what they show in words beneath."""

from engawa.kernel import clock
from engawa.kernel.japanese import written_in_japanese
from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case
from engawa.office.casework.maps.drawings import Drawing, family_map, support_map
from engawa.office.casework.maps.people import Carried, people_of
from engawa.office.casework.maps.queries import team_of
from engawa.office.casework.papers.queries.heads import Head, head_of
from engawa.office.casework.papers.rules import Paper, Picture, Section, day, joined


@written_in_japanese
def family_paper(actor: AnyActor, case: Case) -> Paper:
    """家族図（ジェノグラム）with the members, what troubles them and what carries them."""
    drawing = family_map(actor, case, paper=True)
    people = [_carried(one) for one in people_of(actor, case, clock.today())]
    columns = ("世帯員", "課題", "支えているところ")
    sections = [Section("世帯", people, columns, (6, 5, 5))] if people else []
    return _paper("家族図（ジェノグラム）", case, drawing, sections)


@written_in_japanese
def support_paper(actor: AnyActor, case: Case) -> Paper:
    """支援の輪（エコマップ）with the support team."""
    drawing = support_map(actor, case, paper=True)
    team = [
        (one.called, str(one.get_role_display()), one.contact_person, one.phone, day(one.since))
        for one in team_of(case)
    ]
    columns = ("機関", "役割", "担当の人", "連絡先", "いつから")
    sections = [Section("支援チーム", team, columns, (6, 3, 4, 4, 4))] if team else []
    return _paper("支援の輪（エコマップ）", case, drawing, sections)


def _paper(title: str, case: Case, drawing: Drawing, sections: list[Section]) -> Paper:
    picture = Picture(drawing.svg, drawing.width, drawing.height, " ".join(drawing.sentences))
    said = Section("図が示すこと", [(sentence,) for sentence in drawing.sentences], widths=(1,))
    head: Head = [*head_of(case), ("作成日", day(clock.today())), ("担当機関", case.organisation.name)]
    return Paper(title, head, [*sections, said], picture=picture)


def _carried(one: Carried) -> tuple[str, str, str]:
    who = one.sentence or "世帯全体"
    needs = "、".join(joined(need.kind.name if need.kind else "", need.words) for need in one.needs)
    return who, needs, "、".join(one.supporters)
