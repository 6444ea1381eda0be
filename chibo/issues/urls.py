"""Addresses of limitations, their causes and remedies."""

from django.urls import path

from chibo.issues.views import register, remedying, writing

app_name = "issues"
urlpatterns = [
    path("don-vi/<int:pk>/han-che/", register.register, name="register"),
    path("don-vi/<int:pk>/han-che/excel/", register.workbook, name="workbook"),
    path("don-vi/<int:pk>/han-che/ghi/", writing.write, name="write"),
    path("han-che/<uuid:pk>/", register.limitation, name="limitation"),
    path("han-che/<uuid:pk>/nguyen-nhan/", writing.cause, name="cause"),
    path("nguyen-nhan/<uuid:pk>/rut/", writing.cause_withdrawal, name="cause_withdrawal"),
    path("han-che/<uuid:pk>/mo-lai/", writing.reopening, name="reopening"),
    path("han-che/<uuid:pk>/bien-phap/", remedying.give, name="give"),
    path("bien-phap/<uuid:pk>/", remedying.remedy, name="remedy"),
    path("bien-phap/<uuid:pk>/thoi/", remedying.remedy_withdrawal, name="remedy_withdrawal"),
    path("bao-xong/<uuid:pk>/", remedying.check, name="check"),
    path("bao-xong/<uuid:pk>/tep/", remedying.proof, name="proof"),
]
