class EcsmockError(Exception):
    """What is wrong with a request to the mock, or why it does not start, in a sentence that says what to do."""
