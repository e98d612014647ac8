import django.db.models.deletion
import django.db.models.functions.comparison
import engawa.kernel.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0001_people'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Household',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('name', models.TextField(blank=True, verbose_name='世帯の呼び名')),
                        ('note', models.TextField(blank=True, verbose_name='世帯のようす')),
                        ('begun_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Member',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='casework.household')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='casework.person')),
                        ('called', models.TextField(blank=True, verbose_name='続柄・呼び名')),
                        ('name', models.TextField(blank=True, verbose_name='氏名')),
                        ('reading', models.TextField(blank=True, verbose_name='よみ')),
                        ('sex', models.TextField(choices=[('0', '不明'), ('1', '男'), ('2', '女'), ('9', 'その他')], default='0', verbose_name='性別')),
                        ('birth_date', models.DateField(blank=True, null=True, verbose_name='生年月日')),
                        ('age_years', models.SmallIntegerField(blank=True, null=True, verbose_name='年齢')),
                        ('age_band', models.TextField(blank=True, verbose_name='年代')),
                        ('age_on', models.DateField(blank=True, null=True, verbose_name='年齢を聞いた日')),
                        ('birth_order', models.SmallIntegerField(blank=True, null=True, verbose_name='きょうだいの何番目')),
                        ('lives_here', models.BooleanField(default=True, verbose_name='同居している')),
                        ('whereabouts', models.TextField(blank=True, verbose_name='いまいるところ')),
                        ('deceased', models.BooleanField(default=False, verbose_name='亡くなっている')),
                        ('died_on', models.DateField(blank=True, null=True, verbose_name='亡くなった日')),
                        ('occupation', models.TextField(blank=True, verbose_name='しごと・学校')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('added_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ['added_at', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('died_on__isnull', True), ('deceased', True), _connector='OR'), name='member_died'), models.CheckConstraint(condition=models.Q(('deceased', False), ('lives_here', False), _connector='OR'), name='member_dead_live_nowhere'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('household', 'person'), name='member_once')],
                    },
                ),
                migrations.CreateModel(
                    name='HouseholdPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.household')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('name', models.TextField(blank=True, verbose_name='世帯の呼び名')),
                        ('note', models.TextField(blank=True, verbose_name='世帯のようす')),
                        ('begun_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='LifeEventKind',
                    fields=[
                        ('code', models.TextField(primary_key=True, serialize=False)),
                        ('label', models.TextField(unique=True, verbose_name='名称')),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                        ('position', models.SmallIntegerField(default=0)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('effect', models.TextField(blank=True, choices=[('died', '亡くなる'), ('left', '家を出る'), ('joined', '家に入る')])),
                    ],
                    options={
                        'ordering': ['position', 'code'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='LifeEvent',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events_of_life', to='casework.household')),
                        ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events_of_life', to='casework.member')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.lifeeventkind')),
                        ('on', models.DateField(verbose_name='日付')),
                        ('about', models.BooleanField(default=False, verbose_name='おおよその日')),
                        ('words', models.TextField(blank=True, verbose_name='ようす')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['on', 'recorded_at'],
                        'indexes': [models.Index(fields=['household', 'on'], name='life_event_by_day')],
                    },
                ),
                migrations.CreateModel(
                    name='LifeEventPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.lifeevent')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.household')),
                        ('member', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.member')),
                        ('kind', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.lifeeventkind')),
                        ('on', models.DateField(verbose_name='日付')),
                        ('about', models.BooleanField(default=False, verbose_name='おおよその日')),
                        ('words', models.TextField(blank=True, verbose_name='ようす')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='MemberPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.member')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.household')),
                        ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.person')),
                        ('called', models.TextField(blank=True, verbose_name='続柄・呼び名')),
                        ('name', models.TextField(blank=True, verbose_name='氏名')),
                        ('reading', models.TextField(blank=True, verbose_name='よみ')),
                        ('sex', models.TextField(choices=[('0', '不明'), ('1', '男'), ('2', '女'), ('9', 'その他')], default='0', verbose_name='性別')),
                        ('birth_date', models.DateField(blank=True, null=True, verbose_name='生年月日')),
                        ('age_years', models.SmallIntegerField(blank=True, null=True, verbose_name='年齢')),
                        ('age_band', models.TextField(blank=True, verbose_name='年代')),
                        ('age_on', models.DateField(blank=True, null=True, verbose_name='年齢を聞いた日')),
                        ('birth_order', models.SmallIntegerField(blank=True, null=True, verbose_name='きょうだいの何番目')),
                        ('lives_here', models.BooleanField(default=True, verbose_name='同居している')),
                        ('whereabouts', models.TextField(blank=True, verbose_name='いまいるところ')),
                        ('deceased', models.BooleanField(default=False, verbose_name='亡くなっている')),
                        ('died_on', models.DateField(blank=True, null=True, verbose_name='亡くなった日')),
                        ('occupation', models.TextField(blank=True, verbose_name='しごと・学校')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('added_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='NeedKind',
                    fields=[
                        ('code', models.TextField(primary_key=True, serialize=False)),
                        ('label', models.TextField(unique=True, verbose_name='名称')),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                        ('position', models.SmallIntegerField(default=0)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['position', 'code'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Need',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='casework.household')),
                        ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='casework.member')),
                        ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.needkind')),
                        ('words', models.TextField(blank=True, verbose_name='本人・家族のことば')),
                        ('noted_on', models.DateField(verbose_name='気づいた日')),
                        ('settled_on', models.DateField(blank=True, null=True, verbose_name='落ち着いた日')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['noted_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__isnull', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='need_says_something'), models.CheckConstraint(condition=models.Q(('settled_on__isnull', True), ('settled_on__gte', models.F('noted_on')), _connector='OR'), name='need_period')],
                    },
                ),
                migrations.CreateModel(
                    name='NeedPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.need')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.household')),
                        ('member', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.member')),
                        ('kind', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.needkind')),
                        ('words', models.TextField(blank=True, verbose_name='本人・家族のことば')),
                        ('noted_on', models.DateField(verbose_name='気づいた日')),
                        ('settled_on', models.DateField(blank=True, null=True, verbose_name='落ち着いた日')),
                        ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Relation',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='casework.household')),
                        ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations_on', to='casework.member')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations_back', to='casework.member')),
                        ('kind', models.TextField(choices=[('parent', '親子（実子）'), ('adoptive', '親子（養子）'), ('foster', '親子（里子）'), ('step', '親子（継子）'), ('married', '夫婦（婚姻）'), ('common_law', '夫婦（内縁・事実婚）'), ('partner', '交際'), ('relative', 'その他の親族')], verbose_name='関係')),
                        ('ending', models.TextField(blank=True, choices=[('separated', '別居'), ('divorced', '離婚・離別')], verbose_name='いまは')),
                        ('since_year', models.SmallIntegerField(blank=True, null=True, verbose_name='はじまりの年')),
                        ('until_year', models.SmallIntegerField(blank=True, null=True, verbose_name='おわりの年')),
                        ('words', models.TextField(blank=True, verbose_name='どんな関係か')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('one', models.F('other')), _negated=True), name='relation_of_two'), models.UniqueConstraint(django.db.models.functions.comparison.Least('one', 'other'), django.db.models.functions.comparison.Greatest('one', 'other'), name='relation_once'), models.CheckConstraint(condition=models.Q(('since_year__isnull', True), ('until_year__isnull', True), ('until_year__gte', models.F('since_year')), _connector='OR'), name='relation_years')],
                    },
                ),
                migrations.CreateModel(
                    name='RelationPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.relation')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.household')),
                        ('one', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.member')),
                        ('other', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.member')),
                        ('kind', models.TextField(choices=[('parent', '親子（実子）'), ('adoptive', '親子（養子）'), ('foster', '親子（里子）'), ('step', '親子（継子）'), ('married', '夫婦（婚姻）'), ('common_law', '夫婦（内縁・事実婚）'), ('partner', '交際'), ('relative', 'その他の親族')], verbose_name='関係')),
                        ('ending', models.TextField(blank=True, choices=[('separated', '別居'), ('divorced', '離婚・離別')], verbose_name='いまは')),
                        ('since_year', models.SmallIntegerField(blank=True, null=True, verbose_name='はじまりの年')),
                        ('until_year', models.SmallIntegerField(blank=True, null=True, verbose_name='おわりの年')),
                        ('words', models.TextField(blank=True, verbose_name='どんな関係か')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='household',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_householdpast" ("begun_at", "id", "name", "note", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."begun_at", OLD."id", OLD."name", OLD."note", NOW(), \'update\', OLD."id"); RETURN NULL;', hash='e036da4c0d39b16899f5d0c806ddf63db9731513', operation='UPDATE', pgid='pgtrigger_update_update_98294', table='casework_household', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='member',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_memberpast" ("added_at", "age_band", "age_on", "age_years", "birth_date", "birth_order", "called", "deceased", "died_on", "household_id", "id", "lives_here", "name", "note", "occupation", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading", "sex", "whereabouts") VALUES (OLD."added_at", OLD."age_band", OLD."age_on", OLD."age_years", OLD."birth_date", OLD."birth_order", OLD."called", OLD."deceased", OLD."died_on", OLD."household_id", OLD."id", OLD."lives_here", OLD."name", OLD."note", OLD."occupation", OLD."person_id", NOW(), \'update\', OLD."id", OLD."reading", OLD."sex", OLD."whereabouts"); RETURN NULL;', hash='7234f8cf1fbe5022911e206084d9151dd7eaf672', operation='UPDATE', pgid='pgtrigger_update_update_55269', table='casework_member', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='member',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_memberpast" ("added_at", "age_band", "age_on", "age_years", "birth_date", "birth_order", "called", "deceased", "died_on", "household_id", "id", "lives_here", "name", "note", "occupation", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading", "sex", "whereabouts") VALUES (OLD."added_at", OLD."age_band", OLD."age_on", OLD."age_years", OLD."birth_date", OLD."birth_order", OLD."called", OLD."deceased", OLD."died_on", OLD."household_id", OLD."id", OLD."lives_here", OLD."name", OLD."note", OLD."occupation", OLD."person_id", NOW(), \'delete\', OLD."id", OLD."reading", OLD."sex", OLD."whereabouts"); RETURN NULL;', hash='47f2fb799fc4bee5196ff2b235e752ba67d78ada', operation='DELETE', pgid='pgtrigger_delete_delete_abd55', table='casework_member', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='lifeevent',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_lifeeventpast" ("about", "by_id", "household_id", "id", "kind_id", "member_id", "on", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "words", "writer") VALUES (OLD."about", OLD."by_id", OLD."household_id", OLD."id", OLD."kind_id", OLD."member_id", OLD."on", NOW(), \'update\', OLD."id", OLD."recorded_at", OLD."words", OLD."writer"); RETURN NULL;', hash='3cddeec41e4dd081434427d59500ea905faffe9d', operation='UPDATE', pgid='pgtrigger_update_update_60014', table='casework_lifeevent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='lifeevent',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_lifeeventpast" ("about", "by_id", "household_id", "id", "kind_id", "member_id", "on", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "words", "writer") VALUES (OLD."about", OLD."by_id", OLD."household_id", OLD."id", OLD."kind_id", OLD."member_id", OLD."on", NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."words", OLD."writer"); RETURN NULL;', hash='51f08d4cd9e41dca85b23451cc192734b0e27d7b', operation='DELETE', pgid='pgtrigger_delete_delete_56841', table='casework_lifeevent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='need',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_needpast" ("by_id", "household_id", "id", "kind_id", "member_id", "noted_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_on", "words", "writer") VALUES (OLD."by_id", OLD."household_id", OLD."id", OLD."kind_id", OLD."member_id", OLD."noted_on", NOW(), \'update\', OLD."id", OLD."settled_on", OLD."words", OLD."writer"); RETURN NULL;', hash='936208336b891a549d5503843dd3a926fc46ac99', operation='UPDATE', pgid='pgtrigger_update_update_d2c36', table='casework_need', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='need',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_needpast" ("by_id", "household_id", "id", "kind_id", "member_id", "noted_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_on", "words", "writer") VALUES (OLD."by_id", OLD."household_id", OLD."id", OLD."kind_id", OLD."member_id", OLD."noted_on", NOW(), \'delete\', OLD."id", OLD."settled_on", OLD."words", OLD."writer"); RETURN NULL;', hash='adfe307d9fb60b8baf09213498e32e76a043d953', operation='DELETE', pgid='pgtrigger_delete_delete_67fcb', table='casework_need', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relation',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_relationpast" ("ending", "household_id", "id", "kind", "one_id", "other_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_year", "until_year", "words") VALUES (OLD."ending", OLD."household_id", OLD."id", OLD."kind", OLD."one_id", OLD."other_id", NOW(), \'update\', OLD."id", OLD."since_year", OLD."until_year", OLD."words"); RETURN NULL;', hash='4efb1659797920e17ce1fd2d1c3b71eeaab63522', operation='UPDATE', pgid='pgtrigger_update_update_d3170', table='casework_relation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relation',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_relationpast" ("ending", "household_id", "id", "kind", "one_id", "other_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_year", "until_year", "words") VALUES (OLD."ending", OLD."household_id", OLD."id", OLD."kind", OLD."one_id", OLD."other_id", NOW(), \'delete\', OLD."id", OLD."since_year", OLD."until_year", OLD."words"); RETURN NULL;', hash='990a53bfd53a45b513d391544a5324e0d5787930', operation='DELETE', pgid='pgtrigger_delete_delete_b7f77', table='casework_relation', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='Secret',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.TextField(choices=[('name', '秘匿の名'), ('whereabouts', '秘匿の居場所・連絡先')], verbose_name='種類')),
                        ('words', models.TextField(verbose_name='秘匿すること')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='casework.household')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='casework.member')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                    ],
                    options={
                        'ordering': ['kind', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='secret_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='SecretPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('kind', models.TextField(choices=[('name', '秘匿の名'), ('whereabouts', '秘匿の居場所・連絡先')], verbose_name='種類')),
                        ('words', models.TextField(verbose_name='秘匿すること')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.household')),
                        ('member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.member')),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.secret')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='secret',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_secretpast" ("household_id", "id", "kind", "member_id", "note", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (OLD."household_id", OLD."id", OLD."kind", OLD."member_id", OLD."note", OLD."organisation_id", NOW(), \'update\', OLD."id", OLD."words"); RETURN NULL;', hash='f3a22970faaf75bb46622e1a8958f3c4907b4b44', operation='UPDATE', pgid='pgtrigger_update_update_d4372', table='casework_secret', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='secret',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_secretpast" ("household_id", "id", "kind", "member_id", "note", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (OLD."household_id", OLD."id", OLD."kind", OLD."member_id", OLD."note", OLD."organisation_id", NOW(), \'delete\', OLD."id", OLD."words"); RETURN NULL;', hash='d6f9c3c64953318858ce70be2052f448e09430e7', operation='DELETE', pgid='pgtrigger_delete_delete_35467', table='casework_secret', when='AFTER')),
                ),
            ]
        ),
    ]
