"""Addresses of people and organisations."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("organisation/", views.organisation, name="organisation"),
    path("organisation/invite/", views.invite, name="invite"),
    path("organisation/people/<uuid:pk>/", views.member, name="member"),
    path("organisation/invitations/<uuid:pk>/revoke/", views.revoke_invitation, name="revoke_invitation"),
    path("organisation/invitations/<uuid:pk>/renew/", views.renew_invitation, name="renew_invitation"),
    path("organisation/tokens/", views.tokens, name="tokens"),
    path("organisation/tokens/new/", views.issue_token, name="issue_token"),
    path("organisation/tokens/<uuid:pk>/revoke/", views.revoke_token, name="revoke_token"),
    path("invitation/<str:token>/", views.accept, name="accept"),
    path("profile/sessions/<int:number>/end/", views.end_session, name="end_session"),
    path("search/", views.find, name="search"),
    path("look-at/", views.look_at, name="look_at"),
    path("profile/", views.profile, name="profile"),
]
