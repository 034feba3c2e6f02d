"""The tables of the foundation."""

from summitry.foundation.models.account import Account, ApiToken, Grant
from summitry.foundation.models.audit import AuditEntry
from summitry.foundation.models.file import StoredFile
from summitry.foundation.models.job import JobSchedule, WorkerBeat
from summitry.foundation.models.search import SearchDocument

__all__ = [
    "Account",
    "ApiToken",
    "AuditEntry",
    "Grant",
    "JobSchedule",
    "SearchDocument",
    "StoredFile",
    "WorkerBeat",
]
