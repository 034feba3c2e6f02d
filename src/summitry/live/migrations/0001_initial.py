import django.core.validators
import django.db.models.deletion
import summitry.foundation.i18n.field
import summitry.foundation.i18n.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0002_initial"),
        ("editions", "0001_initial"),
        ("programme", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expected", "Expected"),
                            ("arrived", "Arrived"),
                            ("green_room", "In the green room"),
                            ("linked", "Link connected"),
                            ("on_stage", "On stage"),
                            ("gone", "Gone"),
                            ("missing", "Missing"),
                        ],
                        default="expected",
                        max_length=10,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "appearance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arrival",
                        to="programme.appearance",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Booth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("label", models.CharField(blank=True, max_length=100)),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="booths", to="editions.room"
                    ),
                ),
            ],
            options={
                "ordering": ("room__position", "number", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("room", "number"), name="booth_number_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="BoothPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lang", models.CharField(max_length=20)),
                ("relay", models.CharField(blank=True, max_length=20)),
                (
                    "rotation_minutes",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(30),
                        ],
                    ),
                ),
                ("swaps_lost", models.BooleanField(default=False)),
                (
                    "booth",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plans",
                        to="live.booth",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="booth_plans",
                        to="programme.session",
                    ),
                ),
            ],
            options={
                "ordering": ("session", "lang"),
                "constraints": [
                    models.UniqueConstraint(fields=("session", "lang"), name="booth_plan_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("rotation_minutes__gte", 5), ("rotation_minutes__lte", 30)),
                        name="booth_plan_rotation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(600)]
                    ),
                ),
                (
                    "what",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=300
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=300)),
                ("screen", models.CharField(blank=True, max_length=300)),
                ("sound", models.CharField(blank=True, max_length=300)),
                ("interpretation", models.CharField(blank=True, max_length=300)),
                ("broadcast", models.CharField(blank=True, max_length=300)),
                ("fixed_at", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("is_skipped", models.BooleanField(default=False)),
                (
                    "contribution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cues",
                        to="programme.contribution",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cues",
                        to="programme.session",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            models.Q(
                                ("started_at__isnull", False), ("started_at__lte", models.F("ended_at"))
                            ),
                            _connector="OR",
                        ),
                        name="cue_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("started_at__isnull", False)),
                        fields=("session",),
                        name="cue_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interpreter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pairs", models.JSONField(blank=True, default=list)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interpreters",
                        to="editions.edition",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interpreting",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "ordering": ("person__reference_name", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "person"), name="interpreter_once_per_edition")
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "lead_minutes",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(240)]
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("told_minutes", models.PositiveSmallIntegerField(default=0)),
                ("stepped_by", models.CharField(blank=True, max_length=200)),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="run",
                        to="programme.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("started_at__isnull", False), _connector="OR"
                        ),
                        name="run_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("is_swapped", models.BooleanField(default=False)),
                (
                    "interpreter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="shifts",
                        to="live.interpreter",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shifts",
                        to="live.boothplan",
                    ),
                ),
            ],
            options={
                "ordering": ("starts_at", "id"),
                "indexes": [
                    models.Index(fields=["interpreter", "starts_at"], name="live_shift_interpr_0e45bc_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="shift_in_order"
                    ),
                    models.UniqueConstraint(fields=("plan", "starts_at"), name="shift_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "interpreter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="memberships",
                        to="live.interpreter",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="live.boothplan",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "interpreter"), name="team_member_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UndertakingText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "text",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=10000
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undertaking_texts",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "number"), name="undertaking_text_number_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Undertaking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted_at", models.DateTimeField()),
                (
                    "interpreter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undertakings",
                        to="live.interpreter",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="acceptances",
                        to="live.undertakingtext",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("interpreter", "text"), name="undertaking_once")
                ],
            },
        ),
    ]
