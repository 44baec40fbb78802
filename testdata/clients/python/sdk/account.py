"""What an account has, and how its calls were answered."""


def owned(account):
    """The kinds of things that the account has."""
    return {kind for kind, things in account.state().items() if kind not in ("Version", "Accounts") and things}


def codes(account, action):
    """What the calls of an action were answered with; a success has no code."""
    return [call["Code"] for call in account.calls(action)]
