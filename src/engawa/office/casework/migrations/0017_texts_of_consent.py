"""The texts of the house by which consent is asked for."""

from django.db import migrations

SHARING = """あなたの力になれそうなところと、いっしょに考えるために、お話の一部を伝えてもよいか、おたずねします。

・伝える相手、内容、期間は、あなたが選べます。選ばなかったことは伝えません。
・伝えた先は、この目的のためだけに使い、ほかには話しません。
・いつでも取りやめられます。理由はいりません。取りやめると、その先はすぐに記録を見られなくなります。
・断っても、これまでどおり相談できます。不利になることはありません。
・命に危険があるときは、同意がなくても、必要なところに伝えることがあります。そのときは、あとで必ずお知らせします。"""

SUPPORT = """お話をうかがい、いっしょに考えていくために、記録を残してもよいか、おたずねします。

・名前は言わなくてかまいません。呼び名だけでも相談できます。
・記録を読めるのは、担当する機関の職員だけです。だれが読んだかも残ります。
・記録は、決められた年数のあと、読めないように消します。
・自分の記録は、いつでも見せてほしいと言えます。まちがいは直せます。
・数だけをまとめた統計に使います。あなたのことだとわかる形では使いません。"""

CONFERENCE = """いくつかの機関が集まって、これからの手伝い方を話し合うことがあります。そこでお話の一部を伝えてもよいか、おたずねします。

・集まる機関と、伝える内容を、先にお伝えします。
・出席する人には、聞いたことを外で話さない約束があります。
・話し合いには、望めばあなたも出られます。出なくてもかまいません。決まったことは、あとでお伝えします。
・いつでも取りやめられます。断っても、これまでどおり相談できます。"""

TEXTS = [
    ("sharing", "ほかの機関に伝えることについて", SHARING),
    ("support", "相談と記録について", SUPPORT),
    ("conference", "話し合いの場に出すことについて", CONFERENCE),
]


def fill(apps, _editor):
    text = apps.get_model("casework", "ConsentText")
    text.objects.bulk_create(text(code=code, title=title, body=body) for code, title, body in TEXTS)


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_lists_of_plans")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
