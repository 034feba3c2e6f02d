"""How one installation is put together: settings, root addresses, the ASGI door and the `summitry` command.

No domain knowledge lives here; a setting that only one room reads is still declared here, once, with its help.
"""
