"""How a computation apart can end without a result."""


class ApartError(Exception):
    """No result; the subclass says why."""


class OutOfTimeError(ApartError):
    """It was ended at its deadline, or had used up its processor time."""


class OutOfMemoryError(ApartError):
    """It asked for more memory than it may have."""


class RefusedError(ApartError):
    """The problem is malformed, or has no answer that could be found; the one argument is the sentence that says so."""


class CrashedError(ApartError):
    """It ended without an answer; the one argument is the end of what it said."""
