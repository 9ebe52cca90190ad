"""Pictures in texts: which were uploaded, and which drafts and editions show them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('briefs', '0007_comments'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='picture_count',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(help_text='In storage: its SHA-256.', max_length=100, unique=True)),
                ('width', models.PositiveIntegerField(help_text='Pixels')),
                ('height', models.PositiveIntegerField(help_text='Pixels')),
                ('size', models.PositiveIntegerField(help_text='Bytes')),
                ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='The last time.')),
                ('uploaded_by', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='EditionPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='briefs.edition')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='edition_rows', to='briefs.picture')),
                ('address', models.CharField(db_index=True, max_length=100)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='PictureUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='picture_uses', to='briefs.brief')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='briefs.picture')),
            ],
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(('height__gte', 1), ('width__gte', 1)), name='picture_has_pixels'),
        ),
        migrations.AddConstraint(
            model_name='editionpicture',
            constraint=models.UniqueConstraint(fields=('edition', 'picture'), name='edition_picture_once'),
        ),
        migrations.AddConstraint(
            model_name='pictureuse',
            constraint=models.UniqueConstraint(fields=('brief', 'picture'), name='picture_use_once'),
        ),
    ]
