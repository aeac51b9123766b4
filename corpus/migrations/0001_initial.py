import lib.ids
import lib.time
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [("lib", "0001_carrel_now")]

    operations = [
        migrations.CreateModel(
            name='Generation',
            fields=[
                ('id', models.UUIDField(default=lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=lib.time.Now(), editable=False)),
                ('corpus', models.CharField(max_length=63)),
                ('number', models.PositiveIntegerField()),
                ('table_counts', models.JSONField(default=dict)),
                ('sources', models.JSONField(default=list)),
                ('is_current', models.BooleanField(default=False)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'ordering': ['corpus', 'number'],
                'constraints': [models.UniqueConstraint(fields=('corpus', 'number'), name='corpus_generation_number_is_unique'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('corpus',), name='corpus_has_one_current_generation'), models.CheckConstraint(condition=models.Q(('is_current', False), ('published_at__isnull', False), _connector='OR'), name='corpus_current_generation_is_published')],
            },
        ),
    ]
