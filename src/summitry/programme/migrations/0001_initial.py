import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import summitry.foundation.i18n.field
import summitry.foundation.i18n.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("editions", "0001_initial"),
        ("foundation", "0001_initial"),
        ("foundation", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agenda",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("feed_token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("seen_version", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agendas",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agendas",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("edition", "account"), name="agenda_once")],
            },
        ),
        migrations.CreateModel(
            name="Capacity",
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
                            ("interpretation", "Interpretation teams"),
                            ("broadcast", "Broadcast crews"),
                            ("live_link", "Live links"),
                        ],
                        max_length=15,
                    ),
                ),
                ("lang", models.CharField(blank=True, max_length=20)),
                ("amount", models.PositiveSmallIntegerField()),
                ("setup_minutes", models.PositiveSmallIntegerField(default=0)),
                ("strike_minutes", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capacities",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "lang"),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "kind", "lang"), name="capacity_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Forum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ceremony", "Ceremony"),
                            ("main", "Main forum"),
                            ("sub", "Sub-forum"),
                            ("cafe", "Café"),
                            ("press", "Press conference"),
                            ("track", "Track"),
                        ],
                        default="sub",
                        max_length=10,
                    ),
                ),
                (
                    "title",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=300
                    ),
                ),
                (
                    "abstract",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=5000
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned with remarks"),
                            ("signed", "Signed off"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("remarks", models.TextField(blank=True, max_length=5000)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("seats", models.PositiveIntegerField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_public", models.BooleanField(default=True)),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="chaired_forums",
                        to="directory.person",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forums",
                        to="editions.edition",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="forums",
                        to="directory.topic",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "slug"), name="forum_slug_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_type", models.CharField(max_length=80)),
                ("object_id", models.BigIntegerField()),
                ("object_label", models.CharField(max_length=200)),
                ("field", models.CharField(max_length=60)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="programme.forum",
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "-id"),
                "indexes": [
                    models.Index(fields=["object_type", "object_id"], name="programme_c_object__990a37_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="ForumOrganiser",
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
                        default="co_organiser",
                        max_length=15,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisers",
                        to="programme.forum",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forum_roles",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("forum", "organisation"), name="forum_organiser_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("envelope", models.JSONField(blank=True, default=dict)),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedule_sources",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "key"), name="schedule_source_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("external_id", models.CharField(max_length=300)),
                ("object_id", models.BigIntegerField()),
                ("digests", models.JSONField(blank=True, default=dict)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="programme.schedulesource",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "kind", "external_id"), name="imported_row_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("guid", models.UUIDField(default=uuid.uuid4)),
                ("code", models.SlugField(max_length=160)),
                (
                    "title",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=500
                    ),
                ),
                (
                    "subtitle",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=500
                    ),
                ),
                (
                    "abstract",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=100000
                    ),
                ),
                ("format", models.CharField(blank=True, max_length=120)),
                ("spoken", models.JSONField(blank=True, default=list)),
                ("interpreted", models.JSONField(blank=True, default=list)),
                ("is_broadcast", models.BooleanField(default=False)),
                ("seats", models.PositiveIntegerField(blank=True, null=True)),
                ("equipment", models.JSONField(blank=True, default=list)),
                ("is_public", models.BooleanField(default=True)),
                ("external", models.JSONField(blank=True, default=dict)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="editions.edition",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="sessions",
                        to="programme.forum",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "code"), name="session_code_unique"),
                    models.UniqueConstraint(fields=("edition", "guid"), name="session_guid_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
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
                            ("keynote", "Keynote"),
                            ("speech", "Speech"),
                            ("panel", "Panel"),
                            ("dialogue", "Dialogue"),
                            ("demonstration", "Demonstration"),
                            ("announcement", "Announcement"),
                        ],
                        default="speech",
                        max_length=15,
                    ),
                ),
                (
                    "title",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=500
                    ),
                ),
                (
                    "abstract",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=20000
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("embargo_until", models.DateTimeField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="programme.session",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="Appearance",
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
                            ("chair", "Chair"),
                            ("moderator", "Moderator"),
                            ("speaker", "Speaker"),
                            ("panellist", "Panellist"),
                            ("rapporteur", "Rapporteur"),
                            ("interpreter", "Interpreter"),
                        ],
                        default="speaker",
                        max_length=12,
                    ),
                ),
                (
                    "delivery",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("live_link", "By live link"),
                            ("recorded", "Recorded"),
                        ],
                        default="in_person",
                        max_length=10,
                    ),
                ),
                (
                    "fallback",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("live_link", "By live link"),
                            ("recorded", "Recorded"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expected", "Not answered yet"),
                            ("confirmed", "Confirmed"),
                            ("declined", "Declined"),
                        ],
                        default="expected",
                        max_length=10,
                    ),
                ),
                (
                    "wished",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("live_link", "By live link"),
                            ("recorded", "Recorded"),
                        ],
                        max_length=10,
                    ),
                ),
                ("word", models.TextField(blank=True, max_length=1000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appearances",
                        to="directory.person",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appearances",
                        to="programme.contribution",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appearances",
                        to="programme.session",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("contribution__isnull", True)),
                        fields=("session", "person", "role"),
                        name="session_role_unique",
                    ),
                    models.UniqueConstraint(
                        fields=("contribution", "person", "role"), name="contribution_role_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("generation", models.PositiveIntegerField(default=1, editable=False)),
                ("assistant_generation", models.PositiveIntegerField(default=1, editable=False)),
                ("assistant_name", models.CharField(blank=True, max_length=200)),
                ("assistant_email", models.EmailField(blank=True, max_length=254)),
                ("zone_name", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("technical_needs", models.TextField(blank=True, max_length=2000)),
                ("needs_visa", models.BooleanField(blank=True, null=True)),
                ("needs_travel", models.BooleanField(blank=True, null=True)),
                (
                    "link_test",
                    models.CharField(
                        choices=[
                            ("open", "Not tested yet"),
                            ("passed", "Test passed"),
                            ("failed", "Test failed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("link_tested_at", models.DateTimeField(blank=True, null=True)),
                ("link_details", models.JSONField(blank=True, default=dict)),
                ("signed", models.JSONField(blank=True, default=dict)),
                (
                    "biography_state",
                    models.CharField(
                        choices=[
                            ("missing", "No biography yet"),
                            ("open", "Not approved yet"),
                            ("signed", "Approved"),
                        ],
                        default="missing",
                        max_length=10,
                    ),
                ),
                ("portrait_signed_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers",
                        to="editions.edition",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speaking",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "person"), name="speaker_once_per_edition")
                ],
            },
        ),
        migrations.CreateModel(
            name="Material",
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
                            ("slides", "Slides"),
                            ("video", "Recording"),
                            ("paper", "Paper"),
                            ("speech", "Text of the speech"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("is_late", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "contribution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="programme.contribution",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.storedfile",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="programme.session",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="materials",
                        to="programme.speaker",
                    ),
                ),
            ],
            options={
                "ordering": ("-number", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("session"),
                        django.db.models.functions.comparison.Coalesce("contribution", 0),
                        django.db.models.functions.comparison.Coalesce("speaker", 0),
                        models.F("kind"),
                        models.F("number"),
                        name="material_number_unique",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Availability",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="availabilities",
                        to="programme.speaker",
                    ),
                ),
            ],
            options={
                "ordering": ("starts_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="availability_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Star",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agenda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stars",
                        to="programme.agenda",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stars",
                        to="programme.session",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("agenda", "session"), name="star_once")],
            },
        ),
        migrations.CreateModel(
            name="Substitution",
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
                            ("chair", "Chair"),
                            ("moderator", "Moderator"),
                            ("speaker", "Speaker"),
                            ("panellist", "Panellist"),
                            ("rapporteur", "Rapporteur"),
                            ("interpreter", "Interpreter"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("post", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("refused", "Not accepted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("remarks", models.TextField(blank=True, max_length=1000)),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "appearance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="substitutions",
                        to="programme.appearance",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitutions",
                        to="programme.contribution",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitutions",
                        to="programme.session",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitutions",
                        to="programme.speaker",
                    ),
                ),
            ],
            options={
                "ordering": ("-proposed_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("appearance",),
                        name="substitution_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("label", models.CharField(blank=True, max_length=120)),
                ("note", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("changes", models.JSONField(blank=True, default=list)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedule_versions",
                        to="editions.edition",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "number"), name="version_number_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("number__isnull", True)),
                        fields=("edition",),
                        name="version_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", True), ("published_at__isnull", True)),
                            models.Q(("number__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="version_number_with_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(default=0)),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "title",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=500
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="slots",
                        to="editions.room",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="programme.session",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="programme.version",
                    ),
                ),
            ],
            options={
                "ordering": ("starts_at", "room__position", "id"),
                "indexes": [
                    models.Index(fields=["version", "starts_at"], name="programme_s_version_7ee053_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "session"), name="slot_once_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="slot_in_order"
                    ),
                ],
            },
        ),
    ]
