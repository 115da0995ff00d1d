
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0004_flags_and_client_ids'),
        ('organisations', '0002_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='contribution',
            name='one_contribution_per_form',
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('thread', 'participant', 'client_id'), name='one_contribution_per_form'),
        ),
    ]
