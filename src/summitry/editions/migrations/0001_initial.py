import django.core.validators
import django.db.models.deletion
import summitry.foundation.i18n.field
import summitry.foundation.i18n.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Summit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "name",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=200
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9][a-z0-9_-]*$", "Use lower-case letters, digits and hyphens."
                            )
                        ],
                    ),
                ),
                ("acronym", models.CharField(blank=True, max_length=60)),
                (
                    "origin",
                    models.CharField(
                        choices=[("run", "Run here"), ("record", "Record of a past edition")],
                        default="run",
                        max_length=10,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "ordinal_note",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=500
                    ),
                ),
                (
                    "name",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=200
                    ),
                ),
                (
                    "formal_title",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=300
                    ),
                ),
                (
                    "motto",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=300
                    ),
                ),
                (
                    "lead",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=1000
                    ),
                ),
                (
                    "host_city",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=120
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("zone_name", models.CharField(default="UTC", max_length=64)),
                ("languages", models.JSONField(blank=True, default=list)),
                ("fallback", models.JSONField(blank=True, default=list)),
                ("website", models.URLField(blank=True)),
                ("is_public", models.BooleanField(default=False)),
                ("content_version", models.PositiveBigIntegerField(default=1)),
                ("external", models.JSONField(blank=True, default=dict)),
                (
                    "naming_profile",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="directory.namingprofile",
                    ),
                ),
                (
                    "summit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="editions.summit",
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_on", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                        name="edition_dates_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=200
                    ),
                ),
                (
                    "address",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=500
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="venues",
                        to="editions.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Building",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=200
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buildings",
                        to="editions.venue",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="Walk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="editions.building"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="editions.building"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="walk_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="walk_smaller_first"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("forums", "Forums handed in"),
                            ("biographies", "Biographies and portraits"),
                            ("slides", "Slides"),
                            ("videos", "Recordings"),
                            ("link_tests", "Tests of live links"),
                            ("translations", "Translations"),
                            ("interpretation", "Interpretation plan"),
                        ],
                        max_length=20,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("grace_hours", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "ordering": ("due_at", "id"),
                "constraints": [models.UniqueConstraint(fields=("edition", "kind"), name="deadline_unique")],
            },
        ),
        migrations.CreateModel(
            name="EditionOrganiser",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("host", "Host"),
                            ("organiser", "Organiser"),
                            ("co_organiser", "Co-organiser"),
                            ("supporter", "Supporter"),
                        ],
                        max_length=15,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisers",
                        to="editions.edition",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition_roles",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "organisation", "role"), name="edition_organiser_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edition_topics",
                        to="editions.edition",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition_topics",
                        to="directory.topic",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "topic"), name="edition_topic_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("preparation", "Preparation"),
                            ("programme_public", "Programme public"),
                            ("registration", "Registration"),
                            ("summit", "Summit"),
                            ("afterwards", "Afterwards"),
                            ("archived", "Archived"),
                        ],
                        max_length=20,
                    ),
                ),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "ordering": ("opens_at", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "kind"), name="phase_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_at__isnull", True),
                            ("opens_at__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="phase_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("forums", "Forums handed in"),
                            ("biographies", "Biographies and portraits"),
                            ("slides", "Slides"),
                            ("videos", "Recordings"),
                            ("link_tests", "Tests of live links"),
                            ("translations", "Translations"),
                            ("interpretation", "Interpretation plan"),
                        ],
                        max_length=20,
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("days_left", models.SmallIntegerField()),
                ("due_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "kind", "object_id", "days_left", "due_at"), name="reminder_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=80)),
                (
                    "name",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=200
                    ),
                ),
                ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                ("equipment", models.JSONField(blank=True, default=list)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("external", models.JSONField(blank=True, default=dict)),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rooms",
                        to="editions.building",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rooms",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [models.UniqueConstraint(fields=("edition", "code"), name="room_code_unique")],
            },
        ),
    ]
