"""
Schools as the desk knows them.

`School` is the school today, the one that everything else on the desk points at. `Intake` is a run as it was taken in;
for each of its schools there is a `Line` (narrow: what lists show, sort and count) and a `Snapshot` (all its figures,
why each missing one is missing, and its dated history). Nothing taken in is ever changed: a page as at an earlier day
is printed from the intake that was known then.
"""

from strandline.web.schools.models.forward import AHEAD, FigureKind, ForwardFigure
from strandline.web.schools.models.intake import Intake, Line, Snapshot
from strandline.web.schools.models.local import CategorySpell, Contact, ContactBody, DataSharing, Document, SharedPart
from strandline.web.schools.models.personal import SavedList, Watch
from strandline.web.schools.models.school import School, SchoolTerm, Word, WordGram

__all__ = [
    "AHEAD",
    "CategorySpell",
    "Contact",
    "ContactBody",
    "DataSharing",
    "Document",
    "FigureKind",
    "ForwardFigure",
    "Intake",
    "Line",
    "SavedList",
    "School",
    "SchoolTerm",
    "SharedPart",
    "Snapshot",
    "Watch",
    "Word",
    "WordGram",
]
