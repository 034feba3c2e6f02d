"""Every environment variable that Summitry reads, with its default and its meaning.

The reference page of the documentation is generated from `VARIABLES`; settings read values only through `value()`.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path


class SettingRefused(ValueError):
    """A variable holds what cannot be meant; the message is a sentence that names it."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, what it defaults to (as a reader would say it), and what it does."""

    name: str
    default: str
    help: str


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "DATABASE_URL",
        "SQLite file in SUMMITRY_DATA",
        "Database as a URL: `sqlite:///path` or `postgres://user:password@host:port/name`.",
    ),
    Variable(
        "SUMMITRY_DATA",
        "`var` beside a checkout, else `summitry-data` in the working folder",
        "Folder for the SQLite database, uploaded files, collected static files and the generated secret key.",
    ),
    Variable(
        "SUMMITRY_SECRET_KEY",
        "generated once into SUMMITRY_DATA",
        "Key that signs sessions and links. Set it explicitly where several machines share one database.",
    ),
    Variable(
        "SUMMITRY_URL",
        "http://127.0.0.1:8000",
        "Public base address. Its host is allowed, and https switches on secure cookies and HSTS.",
    ),
    Variable("SUMMITRY_HOSTS", "", "Further host names to answer to, separated by commas."),
    Variable(
        "SUMMITRY_TRUSTED_PROXIES", "0", "How many reverse proxies in front add X-Forwarded-For and -Proto."
    ),
    Variable("SUMMITRY_DEBUG", "0", "1 shows error details in the browser. Never on a public machine."),
    Variable(
        "SUMMITRY_CLOCK",
        "",
        "Rehearsal clock: an ISO 8601 instant that `now` starts from, or a signed number of seconds to add to it.",
    ),
    Variable(
        "SUMMITRY_JOBS",
        "embedded",
        "`embedded`: the server runs its own job worker. `none`: workers run elsewhere.",
    ),
    Variable(
        "BUS_URL",
        "local:",
        "How live updates cross processes. `local:`: within this machine, through SUMMITRY_DATA. Several machines: "
        "`nats://user:password@host:port`, or `tls://…`.",
    ),
    Variable(
        "SUMMITRY_WEBHOOKS",
        "public",
        "`public`: webhooks go to https addresses on the public internet. `any`: to http and private ones too; only "
        "for development.",
    ),
    Variable(
        "SUMMITRY_MAIL_URL",
        "console:",
        "`smtp://user:password@host:port?tls=1`, or `console:`, or `folder:PATH`.",
    ),
    Variable("SUMMITRY_MAIL_FROM", "Summitry <summitry@localhost>", "Sender of all mail."),
    Variable(
        "SUMMITRY_MAIL_BOUNCES",
        "the address of SUMMITRY_MAIL_FROM",
        "Mailbox that takes undeliverable mail; each letter returns to it under an address of its own, `box+letter@domain`.",
    ),
    Variable(
        "SUMMITRY_MAIL_PER_MINUTE", "120", "How many letters of mailings may leave in a minute, all together."
    ),
    Variable("SUMMITRY_OIDC_NAME", "", "Name of the OpenID Connect provider, as shown on the sign-in page."),
    Variable("SUMMITRY_OIDC_URL", "", "Issuer address of the OpenID Connect provider."),
    Variable("SUMMITRY_OIDC_CLIENT_ID", "", "Client identifier registered with the OpenID Connect provider."),
    Variable("SUMMITRY_OIDC_SECRET", "", "Client secret registered with the OpenID Connect provider."),
    Variable(
        "SUMMITRY_MT_URL",
        "",
        "Machine translation: the address of a service that speaks LibreTranslate's API. Empty: none is offered.",
    ),
    Variable("SUMMITRY_MT_KEY", "", "Key that the machine translation service asks for, if it does."),
    Variable(
        "SUMMITRY_APPLE_PASS_CERTIFICATE",
        "",
        "Badges in Apple's wallet: a PEM file with the pass certificate and its key, without a passphrase. Empty: none "
        "is offered.",
    ),
    Variable("SUMMITRY_APPLE_PASS_AUTHORITY", "", "PEM file with Apple's intermediate certificate (WWDR)."),
    Variable(
        "SUMMITRY_APPLE_PASS_TYPE", "", "Pass type identifier of the certificate, `pass.org.example.badge`."
    ),
    Variable("SUMMITRY_APPLE_PASS_TEAM", "", "Team identifier of the certificate, ten characters."),
    Variable(
        "SUMMITRY_GOOGLE_WALLET_KEY",
        "",
        "Badges in Google's wallet: the JSON key file of a service account. Empty: none is offered.",
    ),
    Variable(
        "SUMMITRY_GOOGLE_WALLET_CLASS", "", "Class of the passes, `issuer.name`, made in Google's console."
    ),
    Variable("SUMMITRY_UPLOAD_MB", "50", "Largest upload that is accepted, in megabytes (10^6 bytes)."),
    Variable("SUMMITRY_LOG", "INFO", "Log level of the server: DEBUG, INFO, WARNING or ERROR."),
)

_KNOWN = {variable.name for variable in VARIABLES}
_TRUE = {"1", "true", "yes", "on"}


def value(name: str, default: str = "") -> str:
    """Return the variable `name`, or `default` where it is unset or empty.

    Raises KeyError for a name that is not declared in `VARIABLES`: undeclared settings must not exist.
    """
    if name not in _KNOWN:
        raise KeyError(name)
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """Return whether the variable `name` is switched on (1, true, yes, on)."""
    return value(name).lower() in _TRUE


def number(name: str, default: int) -> int:
    """Return the variable `name` as a whole number of 0 or more. Raises SettingRefused where it is none."""
    text = value(name, str(default))
    if not (text.isascii() and text.isdigit()):
        raise SettingRefused(f"{name} must be a whole number, not “{text}”.")
    return int(text)


def choice(name: str, *allowed: str) -> str:
    """Return the variable `name`, in the capitals of `allowed`, whose first is the default; refuse anything else."""
    text = value(name, allowed[0])
    for option in allowed:
        if text.lower() == option.lower():
            return option
    raise SettingRefused(f"{name} must be one of {', '.join(allowed)}, not “{text}”.")


def address(name: str, default: str, *schemes: str) -> str:
    """Return the variable `name`, an address that begins with one of `schemes`; refuse anything else."""
    text = value(name, default)
    if not text.startswith(tuple(f"{scheme}:" for scheme in schemes)):
        raise SettingRefused(f"{name} must begin with {' or '.join(f'{scheme}:' for scheme in schemes)}.")
    return text


def moment(name: str) -> str:
    """Return the variable `name`: nothing, a number of seconds or an instant with an offset; refuse anything else."""
    text = value(name)
    try:
        float(text or "0")
    except ValueError:
        try:
            aware = dt.datetime.fromisoformat(text).tzinfo is not None
        except ValueError:
            aware = False
        if not aware:
            raise SettingRefused(f"{name} must be an instant with an offset, not “{text}”.") from None
    return text


def data_folder() -> Path:
    """Return the data folder as an absolute path; it is not created here."""
    configured = value("SUMMITRY_DATA")
    if configured:
        return Path(configured).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").exists():
        return checkout / "var"
    return Path.cwd() / "summitry-data"
