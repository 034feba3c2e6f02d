"""The tables of the foundation."""

from summitry.foundation.models.account import Account, ApiToken, Grant
from summitry.foundation.models.audit import AuditEntry, AuditSubject
from summitry.foundation.models.file import StoredFile
from summitry.foundation.models.job import JobSchedule, WorkerBeat
from summitry.foundation.models.lists import BulkRun, SavedFilter
from summitry.foundation.models.progress import ENDED, Progress, ProgressState
from summitry.foundation.models.search import SearchDocument
from summitry.foundation.models.webhook import DeliveryState, WebhookDelivery, WebhookEndpoint

__all__ = [
    "ENDED",
    "Account",
    "ApiToken",
    "AuditEntry",
    "AuditSubject",
    "BulkRun",
    "DeliveryState",
    "Grant",
    "JobSchedule",
    "Progress",
    "ProgressState",
    "SavedFilter",
    "SearchDocument",
    "StoredFile",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WorkerBeat",
]
