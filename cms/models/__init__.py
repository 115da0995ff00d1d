"""The pages that editors write. Words only; the rules are in `participation` and `surveys`."""

from .base import OrganisationPage, SitePage
from .media import File, Picture, PictureRendition
from .project import ProjectPage, ResultsPage
from .room import RoomPage
from .rooms import IdeaBoardPage, ProgrammePage, SessionPage, SurveyPage
from .theme import OrganisationTheme
from .words import HomePage, NewsIndexPage, NewsPage, StandardPage

__all__ = [
    "File",
    "HomePage",
    "IdeaBoardPage",
    "NewsIndexPage",
    "NewsPage",
    "OrganisationPage",
    "OrganisationTheme",
    "Picture",
    "PictureRendition",
    "ProgrammePage",
    "ProjectPage",
    "ResultsPage",
    "RoomPage",
    "SessionPage",
    "SitePage",
    "StandardPage",
    "SurveyPage",
]
