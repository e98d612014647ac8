import django.db.models.deletion
import engawa.kernel.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0010_the_role_of_professionals'),
        ('directory', '0001_initial'),
        ('questionnaires', '0004_forms_filled_from_records'),
        ('talks', '0005_walls_by_part'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('name', models.TextField(blank=True, verbose_name='氏名')),
                        ('reading', models.TextField(blank=True, verbose_name='よみ')),
                        ('nickname', models.TextField(blank=True, verbose_name='呼び名')),
                        ('sex', models.TextField(choices=[('0', '不明'), ('1', '男'), ('2', '女'), ('9', 'その他')], default='0', verbose_name='性別')),
                        ('birth_date', models.DateField(blank=True, null=True, verbose_name='生年月日')),
                        ('age_years', models.SmallIntegerField(blank=True, null=True, verbose_name='年齢')),
                        ('age_band', models.TextField(blank=True, verbose_name='年代')),
                        ('age_on', models.DateField(blank=True, null=True, verbose_name='年齢を聞いた日')),
                        ('phone', models.TextField(blank=True, verbose_name='電話')),
                        ('address', models.TextField(blank=True, verbose_name='住所')),
                        ('merged_into', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='casework.person')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='person_merged')],
                    },
                ),
                migrations.CreateModel(
                    name='Mark',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='casework.person')),
                        ('mark', models.TextField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['mark', 'person'], name='mark_of_person')],
                    },
                ),
                migrations.CreateModel(
                    name='OtherAddress',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='いつから')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_addresses', to='casework.person')),
                        ('kind', models.TextField(choices=[('former', '前の住所'), ('registered', '住民票の住所'), ('home', '実家など連絡のつく住所'), ('secret', '秘匿の住所（DVなど）')], verbose_name='種類')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                        ('address', models.TextField(verbose_name='住所')),
                    ],
                    options={
                        'ordering': ['kind', 'starts_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='other_address_period'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'secret'), _negated=True), ('organisation__isnull', False), _connector='OR'), name='other_address_secret_belongs')],
                    },
                ),
                migrations.CreateModel(
                    name='OtherAddressPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.otheraddress')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='いつから')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.person')),
                        ('kind', models.TextField(choices=[('former', '前の住所'), ('registered', '住民票の住所'), ('home', '実家など連絡のつく住所'), ('secret', '秘匿の住所（DVなど）')], verbose_name='種類')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation')),
                        ('address', models.TextField(verbose_name='住所')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OtherName',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='いつから')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_names', to='casework.person')),
                        ('kind', models.TextField(choices=[('former', '前の名前（旧姓など）'), ('common', '通称'), ('secret', '秘匿の名（DVなど）')], verbose_name='種類')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                        ('name', models.TextField(blank=True, verbose_name='名前')),
                        ('reading', models.TextField(blank=True, verbose_name='よみ')),
                    ],
                    options={
                        'ordering': ['kind', 'starts_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('reading', ''), _negated=True), _connector='OR'), name='other_name_says_something'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='other_name_period'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'secret'), _negated=True), ('organisation__isnull', False), _connector='OR'), name='other_name_secret_belongs')],
                    },
                ),
                migrations.CreateModel(
                    name='OtherNamePast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.othername')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='いつから')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.person')),
                        ('kind', models.TextField(choices=[('former', '前の名前（旧姓など）'), ('common', '通称'), ('secret', '秘匿の名（DVなど）')], verbose_name='種類')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation')),
                        ('name', models.TextField(blank=True, verbose_name='名前')),
                        ('reading', models.TextField(blank=True, verbose_name='よみ')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PersonPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.person')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('name', models.TextField(blank=True, verbose_name='氏名')),
                        ('reading', models.TextField(blank=True, verbose_name='よみ')),
                        ('nickname', models.TextField(blank=True, verbose_name='呼び名')),
                        ('sex', models.TextField(choices=[('0', '不明'), ('1', '男'), ('2', '女'), ('9', 'その他')], default='0', verbose_name='性別')),
                        ('birth_date', models.DateField(blank=True, null=True, verbose_name='生年月日')),
                        ('age_years', models.SmallIntegerField(blank=True, null=True, verbose_name='年齢')),
                        ('age_band', models.TextField(blank=True, verbose_name='年代')),
                        ('age_on', models.DateField(blank=True, null=True, verbose_name='年齢を聞いた日')),
                        ('phone', models.TextField(blank=True, verbose_name='電話')),
                        ('address', models.TextField(blank=True, verbose_name='住所')),
                        ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.person')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='person',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_personpast" ("address", "age_band", "age_on", "age_years", "birth_date", "id", "merged_into_id", "name", "nickname", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reading", "sex") VALUES (OLD."address", OLD."age_band", OLD."age_on", OLD."age_years", OLD."birth_date", OLD."id", OLD."merged_into_id", OLD."name", OLD."nickname", NOW(), \'update\', OLD."id", OLD."phone", OLD."reading", OLD."sex"); RETURN NULL;', hash='8a7377dbd3094e59d7dea6e87b34aa89206f1cb5', operation='UPDATE', pgid='pgtrigger_update_update_aa838', table='casework_person', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='otheraddress',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_otheraddresspast" ("address", "ends_on", "id", "kind", "note", "organisation_id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."address", OLD."ends_on", OLD."id", OLD."kind", OLD."note", OLD."organisation_id", OLD."person_id", NOW(), \'update\', OLD."id", OLD."starts_on"); RETURN NULL;', hash='2d0cc6677ae025a09f732cc44e040fe0f36d101c', operation='UPDATE', pgid='pgtrigger_update_update_87770', table='casework_otheraddress', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='otheraddress',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_otheraddresspast" ("address", "ends_on", "id", "kind", "note", "organisation_id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."address", OLD."ends_on", OLD."id", OLD."kind", OLD."note", OLD."organisation_id", OLD."person_id", NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;', hash='b2971f7f90a09ae5c09d3197690e9b8333a35951', operation='DELETE', pgid='pgtrigger_delete_delete_30bef', table='casework_otheraddress', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='othername',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_othernamepast" ("ends_on", "id", "kind", "name", "note", "organisation_id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading", "starts_on") VALUES (OLD."ends_on", OLD."id", OLD."kind", OLD."name", OLD."note", OLD."organisation_id", OLD."person_id", NOW(), \'update\', OLD."id", OLD."reading", OLD."starts_on"); RETURN NULL;', hash='9ec50d4ef555a3cb0c251a8d2028012ddcbaeb9c', operation='UPDATE', pgid='pgtrigger_update_update_6eb47', table='casework_othername', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='othername',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_othernamepast" ("ends_on", "id", "kind", "name", "note", "organisation_id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading", "starts_on") VALUES (OLD."ends_on", OLD."id", OLD."kind", OLD."name", OLD."note", OLD."organisation_id", OLD."person_id", NOW(), \'delete\', OLD."id", OLD."reading", OLD."starts_on"); RETURN NULL;', hash='6f018e4244896829ce68022bd9e494a26ab6cb1e', operation='DELETE', pgid='pgtrigger_delete_delete_d2887', table='casework_othername', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='OtherReach',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='いつから')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('kind', models.TextField(choices=[('mobile', '携帯電話'), ('home', '自宅の電話'), ('mail', 'メールアドレス'), ('through', '家族などの連絡先'), ('other', 'その他の連絡先'), ('secret', '秘匿の連絡先（DVなど）')], verbose_name='種類')),
                        ('reach', models.TextField(verbose_name='連絡先')),
                        ('message', models.TextField(blank=True, choices=[('yes', '伝言してよい'), ('no', '伝言しない')], verbose_name='伝言')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_reaches', to='casework.person')),
                    ],
                    options={
                        'ordering': ['kind', 'starts_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='other_reach_period'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'secret'), _negated=True), ('organisation__isnull', False), _connector='OR'), name='other_reach_secret_belongs')],
                    },
                ),
                migrations.CreateModel(
                    name='OtherReachPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='いつから')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('kind', models.TextField(choices=[('mobile', '携帯電話'), ('home', '自宅の電話'), ('mail', 'メールアドレス'), ('through', '家族などの連絡先'), ('other', 'その他の連絡先'), ('secret', '秘匿の連絡先（DVなど）')], verbose_name='種類')),
                        ('reach', models.TextField(verbose_name='連絡先')),
                        ('message', models.TextField(blank=True, choices=[('yes', '伝言してよい'), ('no', '伝言しない')], verbose_name='伝言')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.person')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.otherreach')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='otherreach',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_otherreachpast" ("ends_on", "id", "kind", "message", "note", "organisation_id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "starts_on") VALUES (OLD."ends_on", OLD."id", OLD."kind", OLD."message", OLD."note", OLD."organisation_id", OLD."person_id", NOW(), \'update\', OLD."id", OLD."reach", OLD."starts_on"); RETURN NULL;', hash='6cf005bb8c99c6cf80dae12d3a737657dd6aa3c3', operation='UPDATE', pgid='pgtrigger_update_update_cf85f', table='casework_otherreach', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='otherreach',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_otherreachpast" ("ends_on", "id", "kind", "message", "note", "organisation_id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "starts_on") VALUES (OLD."ends_on", OLD."id", OLD."kind", OLD."message", OLD."note", OLD."organisation_id", OLD."person_id", NOW(), \'delete\', OLD."id", OLD."reach", OLD."starts_on"); RETURN NULL;', hash='1e3358af40069a50481a0719be96a758a4ea32d0', operation='DELETE', pgid='pgtrigger_delete_delete_bff77', table='casework_otherreach', when='AFTER')),
                ),
            ]
        ),
    ]
