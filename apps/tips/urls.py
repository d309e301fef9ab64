"""Below `/api/v1/`."""

from django.urls import path

from . import api, log_api

WALL = "events/<str:code>/walls/<str:segment>"
TIP = f"{WALL}/tips/<str:tip>"
THEME = f"{WALL}/themes/<str:theme>"

urlpatterns = [
    path(f"{WALL}/", api.WallView.as_view(), name="wall"),
    path(f"{WALL}/tips/", api.TipsView.as_view(), name="tips"),
    path(f"{TIP}/", api.TipView.as_view(), name="tip"),
    path(f"{TIP}/vote/", api.VoteView.as_view(), name="tip-vote"),
    path(f"{TIP}/decision/", api.DecisionView.as_view(), name="tip-decision"),
    path(f"{TIP}/wording/", api.WordingView.as_view(), name="tip-wording"),
    path(f"{TIP}/claim/", api.ClaimView.as_view(), name="tip-claim"),
    path(f"{TIP}/pin/", api.PinView.as_view(), name="tip-pin"),
    path(f"{TIP}/theme/", api.PlaceView.as_view(), name="tip-place"),
    path(f"{WALL}/approvals/", api.ApprovalsView.as_view(), name="tip-approvals"),
    path(f"{WALL}/undoings/", api.UndoingsView.as_view(), name="tip-undoings"),
    path(f"{WALL}/log/", log_api.LogView.as_view(), name="tip-log"),
    path(f"{WALL}/log.<str:form>", log_api.LogFileView.as_view(), name="tip-log-file"),
    path(f"{WALL}/themes/", api.ThemesView.as_view(), name="themes"),
    path(f"{THEME}/", api.ThemeView.as_view(), name="theme"),
    path(f"{THEME}/merging/", api.MergingView.as_view(), name="theme-merging"),
    path(f"{WALL}/suggestions/<str:group>/", api.SuggestionView.as_view(), name="suggestion"),
    path(f"{WALL}/refusals/", api.RefusalsView.as_view(), name="refusals"),
]
