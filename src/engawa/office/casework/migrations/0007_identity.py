import django.contrib.postgres.fields
import django.db.models.deletion
import engawa.kernel.ids
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0006_documents'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Inquiry',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inquiries', to='casework.case')),
                        ('words', models.TextField(blank=True, verbose_name='伝えること')),
                        ('asked_at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-asked_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Merge',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_in', to='casework.person')),
                        ('gone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_out', to='casework.person')),
                        ('why', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None, verbose_name='手がかり')),
                        ('reason', models.TextField(verbose_name='理由')),
                        ('moved', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                        ('filled', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                        ('merged_at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('split_at', models.DateTimeField(null=True)),
                        ('split_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('split_reason', models.TextField(blank=True, verbose_name='分ける理由')),
                    ],
                    options={
                        'ordering': ['merged_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('gone')), _negated=True), name='merge_of_two'), models.UniqueConstraint(condition=models.Q(('split_at__isnull', True)), fields=('gone',), name='merged_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Received',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('inquiry_id', models.UUIDField()),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inquiries_received', to='casework.case')),
                        ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                        ('asker_name', models.TextField(verbose_name='照会した職員')),
                        ('words', models.TextField(blank=True, verbose_name='照会のことば')),
                        ('received_at', models.DateTimeField()),
                        ('answer', models.TextField(blank=True, choices=[('contact', 'こちらから連絡する'), ('grant', 'ケースを見られるようにする'), ('decline', 'お答えできない')], verbose_name='返事')),
                        ('said', models.TextField(blank=True, verbose_name='返事のことば')),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-received_at'],
                        'constraints': [models.UniqueConstraint(fields=('inquiry_id', 'case'), name='inquiry_reaches_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Reply',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='casework.inquiry')),
                        ('answer', models.TextField(choices=[('contact', 'こちらから連絡する'), ('grant', 'ケースを見られるようにする'), ('decline', 'お答えできない')], verbose_name='返事')),
                        ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                        ('said', models.TextField(blank=True, verbose_name='返事のことば')),
                        ('replied_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['replied_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Step',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='casework.case')),
                        ('kind', models.TextField(choices=[('talk_joined', 'やりとりをケースに結んだ'), ('talk_parted', 'やりとりをケースから外した'), ('named', '名前を記録した'), ('name_taken_back', '名前を取り下げた')], verbose_name='歩み')),
                        ('agreed_by', models.TextField(choices=[('self', '本人'), ('family', '家族・親族'), ('agency', '紹介した機関'), ('not_asked', 'まだ聞いていない')], verbose_name='同意した人')),
                        ('how', models.TextField(blank=True, choices=[('phone', '電話'), ('interview', '面談'), ('mail', 'メール'), ('visit', '訪問'), ('chat', 'チャット'), ('sns', 'SNS'), ('video', 'オンライン面談'), ('letter', '手紙'), ('newsletter', 'おたより'), ('accompaniment', '同行'), ('staff_meeting', '所内会議'), ('coordination', '支援調整会議'), ('support_meeting', '支援会議'), ('agency_meeting', '他機関との会議'), ('other', 'その他')], verbose_name='確かめ方')),
                        ('on', models.DateField(verbose_name='日付')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.person')),
                        ('talk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='talks.talk')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['on', 'recorded_at', 'id'],
                    },
                ),
            ]
        ),
    ]
