from django.urls import path

from . import staff_views, views

app_name = "contributions"
urlpatterns = [
    path("ideas/board/<str:thread_id>/", views.board, name="board"),
    path("ideas/<str:thread_id>/new/", views.new, name="new"),
    path("ideas/<str:idea_id>/", views.idea, name="idea"),
    path("ideas/<str:idea_id>/thanks/", views.thanks, name="thanks"),
    path("ideas/<str:idea_id>/comment/", views.comment, name="comment"),
    path("ideas/<str:idea_id>/support/", views.support, name="support"),
    path("ideas/<str:contribution_id>/take-back/", views.take_back, name="take_back"),
    path("staff/ideas/", staff_views.ideas, name="staff_ideas"),
    path("staff/ideas/<str:idea_id>/", staff_views.idea, name="staff_idea"),
]
