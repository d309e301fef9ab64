"""Where everything hangs. Each app keeps its own list."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

# Swagger's page writes style attributes; nothing of ours is on it. Asked for its options, it would break.
documentation = csp_update({"style-src": [UNSAFE_INLINE]})(
    SpectacularSwaggerSplitView.as_view(http_method_names=["get", "head"])
)

urlpatterns = [
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs/", documentation, name="docs"),
    path("api/v1/", include("apps.events.urls")),
    path("api/v1/", include("apps.matching.urls")),
    path("api/v1/", include("apps.bowl.urls")),
    path("api/v1/", include("apps.tips.urls")),
    path("api/v1/", include("apps.farewell.urls")),
    path("api/v1/", include("apps.pictures.urls")),
    path("api/v1/", include("apps.crew.urls")),
    path("api/v1/", include("apps.handover.urls")),
    path("", include("apps.screens.urls")),
    path("", include("apps.keepsake.urls")),
    path("", include("apps.community.urls")),
    path("", include("apps.rehearsal.urls")),
]
handler400 = "apps.screens.refusing.bad_request"
handler403 = "apps.screens.refusing.forbidden"
handler404 = "apps.screens.refusing.not_found"
handler500 = "apps.screens.refusing.server_error"
