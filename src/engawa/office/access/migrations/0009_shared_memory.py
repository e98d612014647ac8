"""What all processes of the office share for a while: tries counted, codes used. Only keyed hashes name them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0008_grants_carry_parts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Remembered',
            fields=[
                ('key', models.TextField(primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
