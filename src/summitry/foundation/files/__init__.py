"""Files that people bring: what they really are, how large they may be, who may have them.

Every file is private until somebody publishes it. Pictures are written anew, so that nothing hides in them, and keep
their credit.
"""

from summitry.foundation.files.store import Purpose, store_file

__all__ = ["Purpose", "store_file"]
