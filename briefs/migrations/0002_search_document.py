"""What search matches against: text search vectors on PostgreSQL, an FTS5 table on SQLite. They
are no fields of the model, because each database has its own; see briefs/search/."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = {
    "postgresql": [
        "ALTER TABLE briefs_searchdocument ADD COLUMN words tsvector, ADD COLUMN head tsvector",
        "CREATE INDEX search_words ON briefs_searchdocument USING gin (words)",
        "CREATE INDEX search_head ON briefs_searchdocument USING gin (head)",
    ],
    "sqlite": [
        "CREATE VIRTUAL TABLE briefs_searchindex "
        "USING fts5(title, summary, around, body, tokenize='ascii')",
    ],
}
BACK = {
    "postgresql": [
        "ALTER TABLE briefs_searchdocument DROP COLUMN words, DROP COLUMN head",
    ],
    "sqlite": ["DROP TABLE briefs_searchindex"],
}


def forward(apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def back(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('briefs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_document', serialize=False, to='briefs.edition')),
                ('text', models.TextField(help_text='A passage a line: what excerpts are taken from.')),
            ],
        ),
        migrations.RunPython(forward, back),
    ]
