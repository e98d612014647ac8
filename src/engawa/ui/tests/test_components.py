from typing import Any

import pytest
from django import forms
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from pytest_django.asserts import assertHTMLEqual

from engawa.ui.forms import Renderer
from engawa.ui.icons import NAMES
from engawa.ui.tables import Sort
from engawa.ui.variants import UnknownVariantError


def rendered(source: str, **values: Any) -> str:
    return Template(source).render(Context(values))


class Visit(forms.Form):
    words = forms.CharField(label="ことば", help_text="話したい分だけ。", widget=forms.Textarea)
    age = forms.ChoiceField(
        label="年代", choices=[("20", "20代"), ("30", "30代")], required=False, widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="読みました")
    kind = forms.ChoiceField(label="種別", choices=[("a", "あ")], required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    "source",
    [
        "{% button label='送る' kind='loud' %}",
        "{% button label='送る' size='huge' %}",
        "{% link_button label='送る' href='/' kind='loud' %}",
        "{% tag label='待ち' tone='red' %}",
        "{% icon 'rocket' %}",
        "{% card tone='red' %}{% endcard %}",
        "{% callout tone='red' %}{% endcallout %}",
        "{% empty_state title='なし' picture='party' %}{% endempty_state %}",
        "{% moment when='きょう' title='あ' tone='red' %}{% endmoment %}",
        "{% door title='あ' href='/' icon='rocket' %}{% enddoor %}",
    ],
)
def test_a_variant_that_does_not_exist_is_refused(source: str) -> None:
    with pytest.raises(UnknownVariantError, match="is none of"):
        rendered(source)


def test_a_field_width_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownVariantError, match="field: 'vast' is none of full, medium, short"):
        rendered("{% field form.words width='vast' %}", form=Visit())


@pytest.mark.parametrize("name", NAMES)
def test_each_icon_is_decoration_unless_it_is_named(name: str) -> None:
    assert 'aria-hidden="true"' in rendered("{% icon name %}", name=name)
    named = rendered("{% icon name label=label %}", name=name, label="<b>")
    assert 'role="img" aria-label="&lt;b&gt;"' in named


def test_what_people_wrote_is_escaped_in_every_component() -> None:
    html = rendered("{% card title=t %}{{ t }}{% endcard %}{% tag label=t %}{% button label=t %}", t="<script>")
    assert "<script>" not in html


def test_a_wrong_field_is_described_by_its_help_and_its_error() -> None:
    form = Visit(data={})
    html = rendered("{% field form.words %}", form=form)
    assert 'aria-describedby="id_words_helptext id_words_error"' in html
    assert 'id="id_words_helptext"' in html
    assert 'id="id_words_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = rendered("{% field form.age chips=True %}", form=Visit())
    assert '<fieldset class="field choices chips"' in html
    assert "<legend>年代" in html


def test_the_summary_leads_to_each_wrong_field() -> None:
    html = rendered("{% form_errors form %}", form=Visit(data={"age": "99"}))
    assert 'href="#id_words"' in html
    assert 'href="#id_age_0"' in html
    assert "書いたものは残っています" in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert rendered("{% form_errors form %}", form=Visit()).strip() == ""


def test_djangos_own_rendering_of_a_form_is_ours() -> None:
    html = rendered("{{ form }}", form=Visit(data={}))
    assert html.count('class="summary"') == 1
    assert html.count('name="words"') == 1
    assert '<input type="hidden" name="secret"' in html


COLUMNS = {"name": "reading", "opened": "opened_at"}


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("name", F("reading").asc()),
        ("-name", F("reading").desc()),
        (None, F("opened_at").desc()),
        ("password", F("opened_at").desc()),
        ("", F("opened_at").desc()),
    ],
)
def test_only_known_columns_sort(asked: str | None, order: OrderBy) -> None:
    assert Sort.asked(asked, columns=COLUMNS, default="-opened").order == order


def test_a_column_head_turns_the_direction_and_keeps_the_filters() -> None:
    request = RequestFactory().get("/", {"q": "やまだ", "sort": "name", "page": "3"})
    sort = Sort.asked("name", columns=COLUMNS, default="name")
    html = rendered("{% sort_header sort key='name' label='よみ' %}", request=request, sort=sort)
    assert 'aria-sort="ascending"' in html
    query = QueryDict(html.split('href="?')[1].split('"')[0].replace("&amp;", "&"))
    assert query.dict() == {"q": "やまだ", "sort": "-name"}


def test_a_spark_of_equal_values_is_a_straight_line() -> None:
    assert 'points="0.0,22.0 50.0,22.0 100.0,22.0"' in rendered("{% spark values %}", values=[3, 3, 3])


def test_numbers_to_call_are_links_and_the_rest_stays_text() -> None:
    said = rendered("{{ words|with_calls }}", words="119 / 110 ・ よりそい 0120-279-338（24時間）<b>1190</b>")
    assert said == (
        '<a href="tel:119">119</a> / <a href="tel:110">110</a> ・ よりそい '
        '<a href="tel:0120279338">0120-279-338</a>（24時間）&lt;b&gt;1190&lt;/b&gt;'
    )


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_a_list_of_choices_says_what_django_would_say(widget: type[forms.Select]) -> None:
    choices = [("", "えらばない"), ("窓口", [(1, "<東>"), (2, "西")]), (0, "そのほか")]
    select = widget(attrs={"id": "id_desk", "required": True, "disabled": False}, choices=choices)
    ours = select.render("desk", [1, 0], renderer=Renderer())
    assertHTMLEqual(ours, select.render("desk", [1, 0], renderer=DjangoTemplates()))


def test_filters_ask_by_query_string_and_keep_the_sorting() -> None:
    request = RequestFactory().get("/", {"sort": "-name", "page": "3"})
    html = rendered('{% filters label="しぼる" %}<input name="q">{% endfilters %}', request=request)
    assert '<form class="filters no-print" method="get" role="search" aria-label="しぼる">' in html
    assert '<input type="hidden" name="sort" value="-name">' in html
    assert '<input name="q">' in html
    assert "page" not in html
    assert 'name="sort"' not in rendered("{% filters %}{% endfilters %}", request=RequestFactory().get("/"))


def test_tabs_say_where_one_is_and_count_only_what_there_is() -> None:
    entries = [{"label": "計画", "url": "/a/", "here": True, "count": 3}, {"label": "<b>", "url": "/b/", "count": 0}]
    assertHTMLEqual(
        rendered("{% tabs entries=entries label='ページ' %}", entries=entries),
        '<nav aria-label="ページ"><ul class="tabs">'
        '<li><a href="/a/" aria-current="page">計画<span class="n">3</span></a></li>'
        '<li><a href="/b/">&lt;b&gt;</a></li></ul></nav>',
    )


def test_a_timeline_is_an_ordered_list_of_moments_with_their_time_heading_and_tone() -> None:
    assertHTMLEqual(
        rendered(
            "{% timeline label='これまで' %}"
            "{% moment when='8月3日' machine='2026-08-03' title=t tone='info' level=4 %}<p>川</p>{% endmoment %}"
            "{% moment when='いつか' title='あ' %}{% endmoment %}{% endtimeline %}",
            t="<i>",
        ),
        '<ol class="timeline" aria-label="これまで">'
        '<li class="moment info"><span class="knot" aria-hidden="true"></span>'
        '<time datetime="2026-08-03">8月3日</time><div><h4>&lt;i&gt;</h4><p>川</p></div></li>'
        '<li class="moment"><span class="knot" aria-hidden="true"></span>'
        "<time>いつか</time><div><h3>あ</h3></div></li></ol>",
    )


def test_rows_of_a_table_that_stacks_say_their_column_in_every_cell() -> None:
    rows = "<thead><tr><th>日</th><th>人数 & 組</th><th><span class='visually-hidden'>操作</span></th></tr></thead>"
    rows += "<tbody><tr class='x'><th>1日</th><td>4</td><td><b>直す</b></td></tr></tbody>"
    html = rendered("{% table caption='開いた日' stacks=True %}" + rows + "{% endtable %}")
    assert '<th data-label="日">1日</th><td data-label="人数 & 組">4</td><td data-label=""><b>直す</b></td>' in html
    assert 'class="table stacks"' in html
    plain = rendered("{% table caption='開いた日' %}" + rows + "{% endtable %}")
    assert "data-label" not in plain
