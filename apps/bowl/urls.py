"""Below `/api/v1/`."""

from django.urls import path

from . import api

BOWL = "events/<str:code>/bowls/<str:segment>"
DRAW = f"{BOWL}/draws/<int:number>"

urlpatterns = [
    path(f"{BOWL}/opening/", api.OpeningView.as_view(), name="bowl-opening"),
    path(f"{BOWL}/list/", api.FreezingView.as_view(), name="bowl-list"),
    path(f"{BOWL}/stirring/", api.StirringView.as_view(), name="bowl-stirring"),
    path(f"{BOWL}/proof/", api.ProofView.as_view(), name="bowl-proof"),
    path(f"{BOWL}/slips/", api.SlipsView.as_view(), name="slips"),
    path(f"{BOWL}/slips/mine/", api.MySlipView.as_view(), name="my-slip"),
    path(f"{BOWL}/slips/mine/title/", api.MyTitleView.as_view(), name="my-title"),
    path(f"{BOWL}/slips/<str:slip>/", api.SlipView.as_view(), name="slip"),
    path(f"{BOWL}/slips/<str:slip>/title/", api.TitleView.as_view(), name="title"),
    path(f"{BOWL}/draws/", api.DrawsView.as_view(), name="draws"),
    path(f"{DRAW}/", api.DrawView.as_view(), name="draw"),
    path(f"{DRAW}/acceptance/", api.AcceptanceView.as_view(), name="draw-acceptance"),
    path(f"{DRAW}/outcome/", api.OutcomeView.as_view(), name="draw-outcome"),
    path(f"{DRAW}/turn/", api.TurnView.as_view(), name="turn"),
    path(f"{DRAW}/turn/pause/", api.PauseView.as_view(), name="turn-pause"),
    path(f"{DRAW}/turn/extensions/", api.ExtensionsView.as_view(), name="turn-extensions"),
]
