
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0003_initial'),
        ('organisations', '0002_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='contribution',
            name='client_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='flag',
            field=models.CharField(blank=True, choices=[('many', 'Many came from the same place in a short time'), ('trap', "A field that people don't see was filled in")], max_length=4),
        ),
        migrations.AlterField(
            model_name='contribution',
            name='state',
            field=models.CharField(choices=[('visible', 'Visible'), ('pending', 'Waits for approval'), ('hidden', 'Hidden'), ('removed', 'Taken back by the writer')], default='visible', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('thread', 'client_id'), name='one_contribution_per_form'),
        ),
    ]
