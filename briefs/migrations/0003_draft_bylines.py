"""An author's lines on drafts by a name that says so; no table changes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("briefs", "0002_search_document")]

    operations = [
        migrations.AlterField(
            model_name="byline",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="draft_bylines",
                to="briefs.author",
            ),
        ),
    ]
