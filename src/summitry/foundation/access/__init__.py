"""Who may do what: actors, scoped roles, and policies that answer for one row and for many.

It holds no list of rooms: each room registers its roles and policies when it starts.
"""

from summitry.foundation.access.actor import PUBLIC, SITE, Actor, ActorKind, Scope, system
from summitry.foundation.access.policy import (
    ADMINISTRATOR,
    Policy,
    Role,
    ScopedPolicy,
    policy_for,
    register_policy,
    register_role,
    require,
    roles,
    visible,
    within,
)

__all__ = [
    "ADMINISTRATOR",
    "PUBLIC",
    "SITE",
    "Actor",
    "ActorKind",
    "Policy",
    "Role",
    "Scope",
    "ScopedPolicy",
    "policy_for",
    "register_policy",
    "register_role",
    "require",
    "roles",
    "system",
    "visible",
    "within",
]
