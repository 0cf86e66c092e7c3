"""The admin of background tasks, with the parked ones first."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from background.models import PARKED, Task

admin.site.unregister(DBTaskResult)

STATES = {
    TaskResultStatus.READY: pgettext_lazy("task", "waits"),
    TaskResultStatus.RUNNING: pgettext_lazy("task", "runs"),
    TaskResultStatus.SUCCESSFUL: pgettext_lazy("task", "done"),
    TaskResultStatus.FAILED: pgettext_lazy("task", "failed, will run again"),
}


class StateFilter(admin.SimpleListFilter):
    """Filters the parked tasks; all if asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("parked", pgettext_lazy("task", "parked")), ("all", _("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Task]) -> QuerySet[Task]:
        return queryset if self.value() == "all" else queryset.filter(queue_name=PARKED)

    def choices(self, changelist: Any) -> Any:
        for value, label in self.lookup_choices:
            yield {
                "selected": value == (self.value() or "parked"),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }


@admin.register(Task)
class TaskAdmin(admin.ModelAdmin):
    """Tasks can be viewed and run again; nobody adds, changes or deletes one."""

    list_display = ("name", "state", "attempts", "enqueued_at", "problem")
    list_filter = (StateFilter,)
    ordering = ("-enqueued_at",)
    fields = readonly_fields = ("name", "state", "attempts", "enqueued_at", "finished_at", "trace")
    actions = ("run_again",)
    show_full_result_count = False
    search_fields = ("task_path", "traceback")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return False

    @admin.display(description=_("task"))
    def name(self, task: Task) -> str:
        return task.task_path.replace(".tasks.", ".").replace("_", " ")

    @admin.display(description=_("state"))
    def state(self, task: Task) -> str:
        if task.queue_name == PARKED:
            return str(pgettext_lazy("task", "parked"))
        return str(STATES[TaskResultStatus(task.status)])

    @admin.display(description=_("attempts"))
    def attempts(self, task: Task) -> int:
        return task.attempts

    @admin.display(description=_("problem"))
    def problem(self, task: Task) -> str:
        return "" if task.status == TaskResultStatus.RUNNING else task.problem

    @admin.display(description=_("details"))
    def trace(self, task: Task) -> str:
        return format_html("<pre>{}</pre>", task.traceback) if task.traceback else "–"

    @admin.action(description=_("Run the selected tasks again"), permissions=["view"])
    def run_again(self, request: HttpRequest, tasks: QuerySet[Task]) -> None:
        number = Task.objects.filter(pk__in=list(tasks.values_list("pk", flat=True))).run_again()
        said = ngettext("%(n)d task runs again.", "%(n)d tasks run again.", number)
        self.message_user(request, said % {"n": number}, messages.SUCCESS)
