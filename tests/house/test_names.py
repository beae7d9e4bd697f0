"""One name through the house: endpoint, module, function and template are called alike."""

import ast

from tests.house.source import HOUSE, module_of, python_files

SHARED = ("errors/", "parts/", "layouts/")


def misnamed_endpoints(views: dict[str, tuple[str, str]]) -> list[str]:
    """Say which endpoints are not called like the function behind them.

    `panel/web/backend/employees.py: edit` is `backend_employees.edit`. What stands in the panel
    and, with everybody's, in the back end has its name twice: `backend_appointments.index`
    beside `appointments.index`.
    """
    return [
        f"{endpoint} is {module}.{function}"
        for endpoint, (module, function) in views.items()
        if f"{'_'.join(module.split('.')[2:])}.{function}" not in twice(endpoint, views)
    ]


def twice(endpoint: str, views: dict[str, tuple[str, str]]) -> set[str]:
    """Return the names an endpoint may have: its own, and the panel's if it stands there too."""
    in_panel = endpoint.removeprefix("backend_")
    return {endpoint} | ({in_panel} if in_panel in views else set())


def misplaced_templates(module: str, text: str) -> list[str]:
    """Say which templates a module of pages renders from a folder not called like it."""
    folder = "/".join(module.split(".")[2:]) + "/"
    return [
        f"{module} renders {name}"
        for name in rendered(text)
        if not name.startswith((folder, *SHARED))
    ]


def rendered(text: str) -> list[str]:
    """Return the names of the templates that are rendered here."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return [
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "render_template"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]


def test_it_finds_a_misnamed_endpoint():
    views = {"profile.show": ("panel.web.people", "show")}
    assert misnamed_endpoints(views) == ["profile.show is panel.web.people.show"]


def test_it_finds_a_template_in_a_strange_folder():
    text = "def show():\n    return render_template('people/show.html')"
    assert misplaced_templates("panel.web.profile", text) == [
        "panel.web.profile renders people/show.html"
    ]


def test_every_endpoint_is_called_like_its_function(app):
    views = {
        endpoint: (view.__module__, view.__name__)
        for endpoint, view in app.view_functions.items()
        if endpoint != "static"
    }
    assert misnamed_endpoints(views) == []


def test_every_template_is_called_like_its_page():
    files = {module_of(path): path.read_text() for path in python_files("panel/web")}
    assert [one for name, text in files.items() for one in misplaced_templates(name, text)] == []


def test_every_template_exists():
    names = [name for path in python_files("panel/web") for name in rendered(path.read_text())]
    assert [name for name in names if not (HOUSE / "templates" / name).exists()] == []
