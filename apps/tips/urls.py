"""Below `/api/v1/`."""

from django.urls import path

from .api.board import MergingView, PlaceView, RefusalsView, SuggestionView, ThemesView, ThemeView, WallView
from .api.log import LogFileView, LogView
from .api.moderating import ApprovalsView, ClaimView, DecisionView, PinView, UndoingsView, WordingView
from .api.writing import TipsView, TipView, VoteView

WALL = "events/<str:code>/walls/<str:segment>"
TIP = f"{WALL}/tips/<str:tip>"
THEME = f"{WALL}/themes/<str:theme>"

urlpatterns = [
    path(f"{WALL}/", WallView.as_view(), name="wall"),
    path(f"{WALL}/tips/", TipsView.as_view(), name="tips"),
    path(f"{TIP}/", TipView.as_view(), name="tip"),
    path(f"{TIP}/vote/", VoteView.as_view(), name="tip-vote"),
    path(f"{TIP}/decision/", DecisionView.as_view(), name="tip-decision"),
    path(f"{TIP}/wording/", WordingView.as_view(), name="tip-wording"),
    path(f"{TIP}/claim/", ClaimView.as_view(), name="tip-claim"),
    path(f"{TIP}/pin/", PinView.as_view(), name="tip-pin"),
    path(f"{TIP}/theme/", PlaceView.as_view(), name="tip-place"),
    path(f"{WALL}/approvals/", ApprovalsView.as_view(), name="tip-approvals"),
    path(f"{WALL}/undoings/", UndoingsView.as_view(), name="tip-undoings"),
    path(f"{WALL}/log/", LogView.as_view(), name="tip-log"),
    path(f"{WALL}/log.<str:form>", LogFileView.as_view(), name="tip-log-file"),
    path(f"{WALL}/themes/", ThemesView.as_view(), name="themes"),
    path(f"{THEME}/", ThemeView.as_view(), name="theme"),
    path(f"{THEME}/merging/", MergingView.as_view(), name="theme-merging"),
    path(f"{WALL}/suggestions/<str:group>/", SuggestionView.as_view(), name="suggestion"),
    path(f"{WALL}/refusals/", RefusalsView.as_view(), name="refusals"),
]
