"""How the desk is put together: settings from the environment, addresses, the server, the checks before production."""
