"""Addresses of the categories."""

from django.urls import path

from longzhong.register.categories.pages.category import add, category_page, map_code, rename, retire, unmap_code
from longzhong.register.categories.pages.tree import tree_page

app_name = "categories"
urlpatterns = [
    path("", tree_page, name="tree"),
    path("<int:category_id>/", category_page, name="category"),
    path("<int:category_id>/add/", add, name="add"),
    path("<int:category_id>/rename/", rename, name="rename"),
    path("<int:category_id>/retire/", retire, name="retire"),
    path("<int:category_id>/map/", map_code, name="map"),
    path("<int:category_id>/unmap/<int:external_id>/", unmap_code, name="unmap"),
]
